import SafeXML

/// For which width a chart is drawn; letters keep their size, so a narrow page needs its own drawing.
enum ChartSize: Int, CaseIterable {
  case wide = 1
  case narrow = 2

  var className: StaticString { self == .wide ? "chart wide" : "chart narrow" }
  var width: Double { self == .wide ? 860 : 330 }

  /// About how wide a letter is, in user units.
  static let letterWidth = 7.0
}
