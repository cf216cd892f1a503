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

  /// Whether it is a few words, which can stand anywhere and any number of times.
  var isText: Bool {
    switch self {
    case .window, .scope, .asOf, .toolVersion, .merkleRoot, .journalHead: true
    default: false
    }
  }

  /// The attributes it has besides its name.
  var attributes: [String] {
    switch self {
    case .population, .turnaround, .approvalLatency, .failureRates, .rejectionRates, .metrics:
      ["limit"]
    default: []
    }
  }

  /// The elements that can hold a section.
  static let containers: Set<String> = [
    "article", "aside", "body", "div", "footer", "header", "main", "nav", "section",
  ]

  /// The name nearest to a misspelt one, by edit distance.
  static func nearest(to name: String) -> String {
    let distances = allCases.map { (name: $0.rawValue, distance: distance(name, $0.rawValue)) }
    return distances.min { $0.distance < $1.distance }?.name ?? ""
  }

  /// Levenshtein's distance.
  private static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (i, letter) in left.prefix(64).enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in right.indices {
        let replaced = diagonal + (letter == right[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
      }
    }
    return row[right.count]
  }
}
