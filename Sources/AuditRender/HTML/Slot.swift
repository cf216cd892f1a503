import AuditModel
import SafeXML

/// What a template can ask for; the one list of slots.
enum Slot: String, CaseIterable, Sendable {
  // Text
  case window
  case scope
  case asOf = "as-of"
  case toolVersion = "tool-version"
  case merkleRoot = "merkle-root"
  case journalHead = "journal-head"
  // Blocks
  case verdict
  case contents
  // Sections, each with its heading
  case cover
  case limitations
  case keyFigures = "key-figures"
  case gates
  case trend
  case population
  case turnaround
  case approvalLatency = "approval-latency"
  case failureRates = "failure-rates"
  case rejectionRates = "rejection-rates"
  /// Every metric that has no slot of its own.
  case metrics
  case dataQuality = "data-quality"
  case method
  case appendix

  /// Whether it is a few words, which can stand anywhere and any number of times.
  var isText: Bool {
    switch self {
    case .window, .scope, .asOf, .toolVersion, .merkleRoot, .journalHead: true
    default: false
    }
  }

  /// What it is replaced by, for the documentation.
  var about: String {
    switch self {
    case .window: "The window in words, such as 1–31 October 2026."
    case .scope: "The sentence that says which instances the report covers."
    case .asOf: "The as-of instant."
    case .toolVersion: "kfaudit and its version."
    case .merkleRoot: "The Merkle root of the rows."
    case .journalHead: "The hash of the journal's last line."
    case .verdict: "Whether the report is complete, and why; every page must have it."
    case .contents: "Links to the sections that the page has, in their order."
    case .cover:
      "Scope, recipient, source, principal, query, window, counts, digests, how to verify."
    case .limitations: "What the report cannot show."
    case .keyFigures: "The figures that people look for first."
    case .gates: "The gates of a policy and how they were judged; nothing without a policy."
    case .trend:
      "Starts and ends per day (in long windows per week or month) and week, and starts by weekday and hour."
    case .population: "Instances by workflow type, definition and status."
    case .turnaround: "Time from start to end, completed only and Kaplan–Meier."
    case .approvalLatency: "The same where approval is asked for."
    case .failureRates: "Failures by user, definition, class and step."
    case .rejectionRates: "Rejections by user, definition and step."
    case .metrics: "Every other metric that was computed, in the order of the report."
    case .dataQuality: "How titles were read, and what is odd about the data."
    case .method: "What each figure means."
    case .appendix: "The first instances by reference id, at most 100, and the way to all of them."
    }
  }

  /// The table of slots in the documentation, which a test holds against this list.
  static var documentation: String {
    "| slot | attributes | replaced by |\n|---|---|---|\n"
      + allCases.map { slot in
        let attributes = slot.attributes.map { "`\($0)`" }.joined(separator: ", ")
        return "| `\(slot.rawValue)` | \(attributes) | \(slot.about) |\n"
      }.joined()
  }

  /// The attributes it has besides its name.
  var attributes: [String] {
    switch self {
    case .population, .turnaround, .approvalLatency, .failureRates, .rejectionRates, .metrics,
      .appendix:
      ["limit"]
    default: []
    }
  }

  /// The elements that can hold a section.
  static let containers: Set<String> = [  // text: names of elements
    "article", "aside", "body", "div", "footer", "header", "main", "nav", "section",
  ]

  /// The name nearest to a misspelt one, by edit distance.
  static func nearest(to name: String) -> String {
    let letters = Array(name.unicodeScalars)
    let distances = allCases.map {
      (name: $0.rawValue, distance: letters.editDistance(to: Array($0.rawValue.unicodeScalars)))
    }
    return distances.min { $0.distance < $1.distance }?.name ?? ""
  }
}
