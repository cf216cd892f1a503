import AuditModel
import SafeXML

/// What a template can ask for; the one list of slots.
enum Slot: String, CaseIterable, Sendable {
  // Text
  case window
  case scope
  case source
  case account
  case preparedFor = "prepared-for"
  case asOf = "as-of"
  case toolVersion = "tool-version"
  case merkleRoot = "merkle-root"
  case journalHead = "journal-head"
  // The first screen
  case summary
  case verdict
  case followUp = "follow-up"
  case keyFigures = "key-figures"
  case contents
  // Sections, each with its heading
  case gates
  case controls
  case controlDesign = "control-design"
  case population
  case serviceLevels = "service-levels"
  case openRequests = "open-requests"
  case failureRates = "failure-rates"
  case rejectionRates = "rejection-rates"
  case timeToFinish = "time-to-finish"
  case patterns
  case changes
  /// Every metric whose slot the template does not have.
  case metrics
  case trend
  case dataQuality = "data-quality"
  // Appendices, which have letters
  case cover
  case verify
  case limitations
  case method
  case glossary
  case evidenceSheet = "evidence-sheet"
  case signOff = "sign-off"

  /// What has taken the place of slots that are gone.
  static let successors: [(gone: String, slot: Slot)] = [
    ("turnaround", .timeToFinish), ("approval-latency", .timeToFinish), ("appendix", .cover),
  ]

  /// Whether it is a few words, which can be anywhere and any number of times.
  var isText: Bool {
    switch self {
    case .window, .scope, .source, .account, .preparedFor, .asOf, .toolVersion, .merkleRoot,
      .journalHead:
      true
    default: false
    }
  }

  /// Whether its section is an appendix.
  var isAppendix: Bool {
    switch self {
    case .cover, .evidenceSheet, .verify, .limitations, .method, .glossary, .signOff: true
    default: false
    }
  }

  /// Whether it is made of the parts of metrics.
  var isOfMetrics: Bool {
    switch self {
    case .controlDesign, .population, .serviceLevels, .openRequests, .failureRates, .rejectionRates,
      .timeToFinish, .patterns, .changes, .trend, .dataQuality:
      true
    default: false
    }
  }

  /// Its heading, and the id that links and follow-ups name.
  var heading: (id: StaticString, title: String) {
    switch self {
    case .summary: ("summary", "Summary")
    case .verdict: ("status", "Status")
    case .followUp: ("follow-up", "To follow up")
    case .keyFigures: ("key-figures", "Key figures")
    case .gates: ("gates", "Policy checks")
    case .controls: ("controls", "Controls")
    case .controlDesign: ("control-design", "Control design")
    case .population: ("population", "Outcomes and population")
    case .serviceLevels: ("service-levels", "Service levels")
    case .openRequests: ("open-requests", "Open requests")
    case .failureRates: ("failure-rates", "Failures")
    case .rejectionRates: ("rejection-rates", "Rejections")
    case .timeToFinish: ("time-to-finish", "Time to finish")
    case .patterns: ("patterns", "Patterns")
    case .changes: ("changes", "Changes and workflow definitions")
    case .metrics: ("metrics", "Other figures")
    case .trend: ("trend", "Trend")
    case .dataQuality: ("data-quality", "Data quality")
    case .cover: ("cover", "Scope and evidence")
    case .evidenceSheet: ("evidence-sheet", "Evidence sheet")
    case .verify: ("verify", "How to verify this report")
    case .limitations: ("limitations", "What this report cannot show")
    case .method: ("method", "Method")
    case .glossary: ("glossary", "Glossary")
    case .signOff: ("sign-off", "Sign-off")
    case .contents: ("contents-list", "Contents")
    case .window, .scope, .source, .account, .preparedFor, .asOf, .toolVersion, .merkleRoot,
      .journalHead:
      ("text", "")
    }
  }

  /// What it is replaced by, for the documentation.
  var about: String {
    switch self {
    case .window: "The period in words, such as 1–31 October 2026."
    case .scope: "The sentence that says which instances the report covers."
    case .source: "Where the instances came from: the server and its address."
    case .account: "The account that read them."
    case .preparedFor: "Whom the report is for, as the configuration says."
    case .asOf: "The status date."
    case .toolVersion: "kfaudit and its version."
    case .merkleRoot: "The fingerprint of all instances (Merkle root)."
    case .journalHead: "The last hash of the request log."
    case .summary: "What happened, in three sentences."
    case .verdict:
      "The four statuses: completeness, policy checks, service levels, data quality; every page must have it."
    case .followUp: "What has to be followed up, at most seven facts."
    case .keyFigures: "Figures that add up to the population, and the median time to finish."
    case .contents: "Links to the sections that the page has, in their order."
    case .gates: "The checks of a policy and how they ended; nothing without a policy."
    case .controls:
      "The controls of the policy's frameworks, and what the checks show of each; nothing without controls."
    case .controlDesign:
      "Which approval steps the workflow definitions have, and what changed; nothing unless they were read."
    case .population: "Instances by workflow type, definition and what became of them."
    case .serviceLevels: "How the limits on the time to finish were kept."
    case .openRequests: "What is still open, by age."
    case .failureRates: "Failures by user, workflow definition, category and step."
    case .rejectionRates: "Rejections by user, workflow definition and step."
    case .timeToFinish:
      "Time from start to end, with approval, in business hours, and outcomes over time."
    case .patterns:
      "Rules of the policy, restarts, repeated failures, starts outside business hours, patterns to review, concentration, first attempts; what was looked for and not found."
    case .changes: "Changes since the earlier pack, and the workflow definitions in use."
    case .metrics: "Every metric whose slot the template does not have, and those without one."
    case .trend:
      "Instances that started and finished per day (in long periods per week or month) and week, and starts by weekday and hour."
    case .dataQuality: "How titles were read, and what is odd about the data."
    case .cover:
      "Scope, recipient, reasons of the verdict, notices; merged packs; without the slot evidence-sheet also source, account, query, period, counts, digests."
    case .evidenceSheet:
      "For tests of information produced by the entity (IPE): source, parameters, run, counts, gaps, and what this report shows of sixteen requirements."
    case .verify: "How to verify the report, step by step."
    case .limitations: "What the report cannot show."
    case .method: "What each figure means, with the technical names."
    case .glossary: "The words of the report."
    case .signOff: "Lines for names, dates and signatures."
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
    // The tables of these two have the rows that they have.
    isOfMetrics && self != .trend && self != .dataQuality || self == .metrics ? ["limit"] : []
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
