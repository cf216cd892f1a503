import AuditFetch
import AuditModel

/// Decides how a server is read: how surely, how fast and for how long.
struct ReadResolver {
  /// What the user said.
  var options: AuditOptions

  private static let concurrencies = 1...16
  private static let deadlines: ClosedRange<Int64> = 1...86_400

  /// How sure the population shall be.
  func assurance(_ mistakes: inout PlanMistakes) -> FetchPlan.Assurance {
    guard let text = options.assurance else { return .proved }
    if let assurance = FetchPlan.Assurance(rawValue: text) { return assurance }
    mistakes.usage(
      "--assurance \(NamedValue.shown(text)): it is proved (two reads) or counted (one read, whose verdict "
        + "is unproved).")
    return .proved
  }

  /// How many requests may be under way at the same time.
  func concurrency(_ mistakes: inout PlanMistakes) -> Int {
    guard let text = options.concurrency else { return 4 }
    if let number = Int(text), Self.concurrencies.contains(number) { return number }
    mistakes.usage(
      "--concurrency \(NamedValue.shown(text)): it must be a whole number from 1 to 16.")
    return 4
  }

  /// How long the fetch may take: `90s`, `30m`, `2h`, or whole seconds.
  func deadlineSeconds(_ mistakes: inout PlanMistakes) -> Int64 {
    guard let text = options.deadline else { return 1800 }
    let units: [Unicode.Scalar: Int64] = ["s": 1, "m": 60, "h": 3600]
    let unit = text.unicodeScalars.last.flatMap { units[$0] }
    if let number = Int64(unit == nil ? text[...] : text.dropLast()) {
      let (seconds, overflow) = number.multipliedReportingOverflow(by: unit ?? 1)
      if !overflow, Self.deadlines.contains(seconds) { return seconds }
    }
    mistakes.usage(
      "--deadline \(NamedValue.shown(text)): it must be a time from 1s to 24h, such as 90s, 30m or 2h."
    )
    return 1800
  }
}
