import AuditModel
import Glibc
import SafeXML

/// A key figure over time: a row a group with its newest value and a drawing of all.
struct FigureOverTime {
  /// A value with its 95 % limits, where it has them.
  struct Value {
    var value: Double
    var low: Double?
    var high: Double?
  }

  /// The value of a period; `nil` where there is none.
  struct Point {
    var window: Window
    var value: Value?
  }

  /// Whom a row is about.
  enum RowName {
    case all
    case type(String?)
    case limit(String, String)
    case group(String?)
  }

  struct Row {
    var name: RowName
    var points: [Point]
  }

  var title: String
  var note: String?
  var rowTitle = "Workflow type"
  var unit: ReportFigure.Unit
  var rows: [Row]

  private static let height = 40.0

  /// Writes the table.
  func write(number: Int, _ axis: PeriodAxis, to writer: inout MarkupWriter) {
    let scale = ValueScale(unit, rows.flatMap(\.points).compactMap(\.value))
    writer.table("figure", number, style: "over-time figures") { writer in
      writer.number(writer.numbering.nextTable())
      writer.text(title)
      let parts = [note, "Drawn from \(scale.words)"].compactMap(\.self)
      writer.element(.span, .className("key"), text: parts.joined(separator: ". ") + ".")
    } head: { writer in
      writer.element(.th, .scope(.col), text: rowTitle)
      writer.element(.th, .scope(.col), .className("n"), text: "Newest")
      writer.element(.th, .scope(.col), .className("n range"), text: "Lowest – highest")
      writer.element(.th, .scope(.col), .className("timeline")) { axis.writeEnds(to: &$0) }
    } body: { writer in
      writer.rows(of: rows) { write($0, axis, scale, to: &$1) }
    }
    writer.newline()
  }

  private func write(
    _ row: Row, _ axis: PeriodAxis, _ scale: ValueScale, to writer: inout MarkupWriter
  ) {
    let values = row.points.compactMap(\.value)
    writer.element(.tr) { writer in
      writer.element(.th, .scope(.row), .className("name")) { writer in
        switch row.name {
        case .all: writer.text("All")
        case .type(let type): writer.untrusted(type, or: "No workflow type")
        case .limit(let type, let limit):
          writer.untrusted(type)
          writer.text(", within \(limit)")
        case .group(let group): writer.untrusted(group, or: "No name")
        }
      }
      writer.element(.td, .className("n")) { writer in
        if let newest = row.points.last?.value {
          writer.cell(cell(newest))
        } else {
          writer.cell(.missing(.none))
        }
      }
      writer.element(.td, .className("n range")) { writer in
        if let low = values.map(\.value).min(), let high = values.map(\.value).max() {
          writer.cell(plain(low))
          writer.text(" – ")
          writer.cell(plain(high))
        }
      }
      writer.element(.td, .className("timeline")) { draw(row, axis, scale, to: &$0) }
    }
  }

  private func cell(_ value: Value) -> Cell {
    guard unit == .ratio, let low = value.low, let high = value.high else {
      return plain(value.value)
    }
    return .rate(RateDocument(rate: value.value, low: low, high: high, small: false))
  }

  private func plain(_ value: Double) -> Cell {
    switch unit {
    case .count: .count(Int(value))
    case .ratio: .ratio(value)
    case .duration: .duration(value)
    case .number: .number(value)
    }
  }

  /// Draws the values as steps as wide as their periods, and their intervals as a band; the figures are in the files, so
  /// that it is hidden from screen readers.
  private func draw(
    _ row: Row, _ axis: PeriodAxis, _ scale: ValueScale, to writer: inout MarkupWriter
  ) {
    let y = { (value: Double) in 2 + (Self.height - 4) * (1 - scale.place(value)) }
    var bands: [[MarkupAttribute.Point]] = []
    var lines: [[MarkupAttribute.Point]] = []
    for run in row.runs {
      var (line, top, bottom):
        ([MarkupAttribute.Point], [MarkupAttribute.Point], [MarkupAttribute.Point]) =
          ([], [], [])
      for (window, value) in run {
        let range = axis.range(of: window)
        let step = { (height: Double) in
          [range.lowerBound, range.upperBound].map { MarkupAttribute.Point(x: $0, y: y(height)) }
        }
        line += step(value.value)
        if value.low != nil || value.high != nil {
          // A limit that is not reached lies beyond the scale.
          top += step(value.high ?? scale.top)
          bottom += step(value.low ?? scale.bottom)
        }
      }
      lines.append(line)
      if !top.isEmpty { bands.append(top + bottom.reversed() + [top[0]]) }
    }
    writer.element(
      .svg, .className("chart timeline-chart"),
      .viewBox(width: PeriodAxis.width, height: Self.height), .hidden
    ) { writer in
      writer.line("grid", from: (0, Self.height - 2), to: (PeriodAxis.width, Self.height - 2))
      if !bands.isEmpty { writer.element(.path, .className("band"), .path(bands)) { _ in } }
      if !lines.isEmpty { writer.element(.path, .className("ended"), .path(lines)) { _ in } }
    }
  }
}

extension FigureOverTime.Row {
  /// The points with values, in runs that nothing interrupts.
  fileprivate var runs: [[(window: Window, value: FigureOverTime.Value)]] {
    var runs: [[(window: Window, value: FigureOverTime.Value)]] = []
    var end: Instant?
    for point in points {
      guard let value = point.value else {
        end = nil
        continue
      }
      if end == point.window.from {
        runs[runs.count - 1].append((point.window, value))
      } else {
        runs.append([(point.window, value)])
      }
      end = point.window.to
    }
    return runs
  }
}

/// Where values lie between the bottom and the top of their drawings; one scale for all rows of a figure.
private struct ValueScale {
  let bottom: Double
  let top: Double
  private let unit: ReportFigure.Unit

  init(_ unit: ReportFigure.Unit, _ values: [FigureOverTime.Value]) {
    self.unit = unit
    let largest = values.map { max($0.value, $0.high ?? 0) }.max() ?? 0
    switch unit {
    case .count, .number:
      (bottom, top) = (0, Double(CountScale(covering: Int(largest.rounded(.up))).top))
    case .ratio: (bottom, top) = (0, IntervalPlot.top(holding: largest))
    case .duration:
      (bottom, top) = (
        1000, Self.tops.first { $0.milliseconds >= largest }?.milliseconds ?? largest
      )
    }
  }

  /// Round times that a scale may end at.
  private static let tops: [(milliseconds: Double, words: String)] = [
    (60_000, "1 min"), (600_000, "10 min"), (3_600_000, "1 h"), (21_600_000, "6 h"),
    (86_400_000, "1 d"), (604_800_000, "7 d"), (2_592_000_000, "30 d"), (31_536_000_000, "365 d"),
  ]

  /// Where a value lies, from 0 to 1; times on a logarithmic scale from a second.
  func place(_ value: Double) -> Double {
    let value = min(max(value, bottom), top)
    return unit == .duration
      ? log(value / bottom) / log(top / bottom) : (value - bottom) / (top - bottom)
  }

  /// The ends in words.
  var words: String {
    switch unit {
    case .count, .number: "0 to \(DisplayFormat.count(Int(top)))"
    case .ratio: "0 to \(DisplayFormat.shortPercent(top))"
    case .duration:
      "1 s to \(Self.tops.first { $0.milliseconds == top }?.words ?? DisplayFormat.duration(milliseconds: top)), logarithmic"
    }
  }
}

/// An axis of time from the first period to the end of the last; times without a pack stay empty.
struct PeriodAxis {
  static let width = 480.0
  /// The first instant, and the first after.
  private let start: Int64
  private let end: Int64
  private let ends: (first: String, last: String)

  init(_ packs: [HistoryPack]) {
    let (first, last) = (packs.first?.window, packs.last?.window)
    start = first?.from.milliseconds ?? 0
    end = max(packs.map(\.window.to.milliseconds).max() ?? 1, start + 1)
    ends = (first?.words ?? "", last?.words ?? "")
  }

  /// From where to where a period lies.
  func range(of window: Window) -> ClosedRange<Double> {
    let scale = Self.width / Double(end - start)
    let left = Double(window.from.milliseconds - start) * scale
    return left...max(left, Double(window.to.milliseconds - start) * scale)
  }

  /// Writes the first and the last period.
  func writeEnds(to writer: inout MarkupWriter) {
    writer.element(.span, text: ends.first)
    if !ends.first.isSame(as: ends.last) {
      writer.text(" ")
      writer.element(.span, text: ends.last)
    }
  }
}
