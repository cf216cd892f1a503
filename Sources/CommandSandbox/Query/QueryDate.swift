import FoundationEssentials

/// Reads the date literals a query may hold.
enum QueryDate {
  private static let day: Int64 = 86_400_000

  /// `2026-10-01`, `2026-10-01T00:00:00.5Z`, `10/1/2026`, `%TODAY-10%`; without a zone in UTC.
  static func milliseconds(_ text: String, now: Int64) -> Int64? {
    if text.hasPrefix("%TODAY"), text.hasSuffix("%") {
      let distance = text.dropFirst(6).dropLast()
      guard let days = distance.isEmpty ? 0 : Int64(distance) else { return nil }
      return (now / day + days) * day
    }
    let american = text.split(separator: "/")
    if american.count == 3 {
      let padded = american.map { $0.count == 1 ? "0\($0)" : String($0) }
      return iso("\(padded[2])-\(padded[0])-\(padded[1])T00:00:00Z")
    }
    return text.count == 10 ? iso("\(text)T00:00:00Z") : iso(text)
  }

  private static func iso(_ text: String) -> Int64? {
    let fraction = text.split(separator: ".", maxSplits: 1)
    var zone = "Z"
    var head = text
    var milliseconds: Int64 = 0
    if fraction.count == 2 {
      let digits = fraction[1].prefix { $0.isNumber }
      let rest = fraction[1].dropFirst(digits.count)
      zone = rest.isEmpty ? "Z" : String(rest)
      head = String(fraction[0]) + zone
      milliseconds = Int64((digits + "000").prefix(3)) ?? 0
    } else if text.count == 19 {
      head = text + zone
    }
    do {
      let date = try Date.ISO8601FormatStyle().parse(head)
      return Int64(date.timeIntervalSince1970) * 1000 + milliseconds
    } catch {
      return nil
    }
  }
}
