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
  /// Writes what the colours of a chart mean.
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

  /// Writes a table in a region that can be scrolled, with the keyboard too; one that only continues another has a label
  /// of its own, and no id on its caption.
  mutating func table(
    _ id: StaticString, _ number: Int? = nil, continuing label: String? = nil,
    style: StaticString?, caption: (inout MarkupWriter) -> Void,
    head: (inout MarkupWriter) -> Void, body: (inout MarkupWriter) -> Void
  ) {
    let name = label.map { MarkupAttribute.label($0) } ?? .labelledBy(id, number)
    element(.div, .className("scroll"), .role("region"), name, .focusable) { writer in
      writer.element(.table, style.map { [.className($0)] } ?? []) { writer in
        writer.element(.caption, label == nil ? [.id(id, number)] : [], content: caption)
        writer.element(.thead) { $0.element(.tr, content: head) }
        body(&writer)
      }
    }
  }

  /// Writes the rows of a table, each on a line of its own.
  mutating func rows<Row>(
    of rows: some Sequence<Row>, write: (Row, inout MarkupWriter) -> Void
  ) {
    element(.tbody) { writer in
      for row in rows {
        writer.newline()
        write(row, &writer)
      }
    }
  }

  /// Draws a straight line.
  mutating func line(
    _ style: StaticString, from start: (x: Double, y: Double), to end: (x: Double, y: Double)
  ) {
    element(
      .line, .className(style), .x1(start.x), .y1(start.y), .x2(end.x), .y2(end.y)
    ) { _ in }
  }

  /// Draws a bar.
  mutating func bar(_ style: StaticString, x: Double, y: Double, width: Double, height: Double) {
    element(.rect, .className(style), .x(x), .y(y), .width(width), .height(height)) { _ in }
  }

  /// Draws the parts of a bar beside each other, each with where it ends.
  mutating func stack(
    _ parts: [(style: StaticString, end: Double)], from start: Double, y: Double, height: Double
  ) {
    var left = start
    for part in parts {
      // What is there is seen, however little it is.
      let right = max(part.end, left + 1.5)
      bar(part.style, x: left, y: y, width: right - left, height: height)
      left = right
    }
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
