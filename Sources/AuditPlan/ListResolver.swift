import AuditModel
import AuditReduce

/// Decides formats, metrics, the page size and folders.
struct ListResolver {
  /// What the user said.
  var options: AuditOptions

  /// The formats to write.
  func formats(configured: Set<OutputFormat>?, _ mistakes: inout PlanMistakes) -> Set<OutputFormat>
  {
    guard let text = options.format else { return configured ?? OutputFormat.standard }
    var formats: Set<OutputFormat> = []
    for name in names(in: text, of: "--format", &mistakes) {
      if let format = OutputFormat(rawValue: name) {
        formats.insert(format)
      } else {
        mistakes.usage("--format: " + Self.complaint(aboutFormat: name))
      }
    }
    return formats
  }

  /// Why a word is no format.
  static func complaint(aboutFormat name: String) -> String {
    "there is no format \(NamedValue.shown(name))"
      + Nearest.hint(for: name, among: OutputFormat.allCases.map(\.rawValue))
  }

  /// The metrics to compute, in the order of the report; all that the configuration allows when nobody chooses.
  func metrics(
    known: [MetricKey], hasCalendar: Bool, _ mistakes: inout PlanMistakes
  ) -> [String] {
    guard let text = options.metrics else {
      return known.filter { hasCalendar || !$0.needsCalendar }.map(\.rawValue)
    }
    let names = names(in: text, of: "--metrics", &mistakes)
    for name in names {
      guard let metric = known.first(where: { $0.rawValue == name }) else {
        mistakes.usage(
          "--metrics: there is no metric \(NamedValue.shown(name))"
            + Nearest.hint(for: name, among: known.map(\.rawValue)))
        continue
      }
      if metric.needsCalendar, !hasCalendar {
        mistakes.usage("--metrics: \(name) needs opening hours: give --config with a calendar.")
      }
    }
    return known.map(\.rawValue).filter { names.contains($0) }
  }

  /// How many instances a request asks for.
  func pageSize(configured: Int?, _ mistakes: inout PlanMistakes) -> Int {
    guard let text = options.pageSize else { return configured ?? 500 }
    guard let size = Int(text), Self.pageSizes.contains(size) else {
      mistakes.usage(
        "--page-size \(NamedValue.shown(text)): it must be a whole number from 1 to 1000; "
          + "servers slow down beyond that.")
      return 500
    }
    return size
  }

  /// The page sizes that make sense: vendors' own scripts stay at 1000 or below.
  static let pageSizes = 1...1000

  /// A folder's path.
  func folder(_ path: String?, of option: String, _ mistakes: inout PlanMistakes) -> String? {
    guard let path else { return nil }
    if path.isEmpty || path.utf8.contains(0) {
      mistakes.usage("\(option): the path is empty; name a folder.")
      return nil
    }
    return path
  }

  /// The earlier pack that is named; a new chain has none.
  func previous(_ mistakes: inout PlanMistakes) -> String? {
    if options.restartChain, options.previous != nil {
      mistakes.usage(
        "--restart-chain and --previous contradict each other: a new chain follows no pack; use one of them."
      )
    }
    return folder(options.previous, of: "--previous", &mistakes)
  }

  private func names(
    in text: String, of option: String, _ mistakes: inout PlanMistakes
  ) -> [String] {
    let names = text.parts(at: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
    if names.isEmpty {
      mistakes.usage("\(option): the list is empty; leave the option out or name some.")
    }
    return names
  }
}

extension StringProtocol {
  /// The text without ASCII white space around it.
  package func trimmingSpaces() -> String {
    let isSpace = { (scalar: Unicode.Scalar) in scalar == " " || 9...13 ~= scalar.value }
    let scalars = unicodeScalars.drop(while: isSpace)
    guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(String.UnicodeScalarView(scalars[...last]))
  }
}
