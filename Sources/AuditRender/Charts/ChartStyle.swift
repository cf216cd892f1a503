import AuditModel
import SafeXML

extension RowChart.Tone {
  /// The class that a template colours.
  var style: StaticString {
    switch self {
    case .good: "complete"
    case .fair: "rejected"
    case .bad: "failed"
    case .open: "open"
    case .other: "other"
    }
  }
}

extension RowChart.KeyEntry {
  /// The ways in which an instance ends, in the order in which they are stacked.
  static let outcomes = [
    Self("Completed", .good), Self("Rejected", .fair), Self("Failed", .bad),
  ]
}

extension MarkupWriter {
  /// Writes what the colours of a chart stand for.
  mutating func key(_ entries: [RowChart.KeyEntry]) {
    for entry in entries {
      element(.span, .className(entry.tone.style), text: entry.name)
      text(" ")
    }
  }
}

extension MarkupWriter {
  /// Writes the number of a table or chart before its title.
  mutating func number(_ number: String) {
    element(.span, .className("number"), text: number)
    text(" ")
  }
}

/// For which width a chart is drawn; letters keep their size, so a narrow page needs its own drawing.
enum ChartSize: Int, CaseIterable {
  case wide = 1
  case narrow = 2

  var className: StaticString { self == .wide ? "chart wide" : "chart narrow" }
  var width: Double { self == .wide ? 860 : 330 }

  /// About how wide a letter is, in user units.
  static let letterWidth = 7.0
}
