import AuditModel
import SafeXML

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

/// How the checks ended, as strips along one axis; reports that ended alike one after the other are one bar.
///
/// The tables of results say the same, so that it is hidden from screen readers.
struct CheckStrip {
  private let axis: PeriodAxis
  private let periods: [(range: ClosedRange<Double>, results: [Name: GateDocument.Result])]
  private static let height = 14.0

  init(_ packs: [HistoryPack]) {
    let axis = PeriodAxis(packs)
    self.axis = axis
    periods = packs.map { pack in
      let checks = pack.report?.checks ?? []
      let results = Dictionary(checks.map { (Name($0.id), $0.result) }) { first, _ in first }
      return (axis.range(of: pack.window), results)
    }
  }

  /// Draws the strip of a check.
  func draw(_ id: String, to writer: inout MarkupWriter) {
    let name = Name(id)
    var bars: [(result: GateDocument.Result, left: Double, right: Double)] = []
    for (range, results) in periods {
      guard let result = results[name] else { continue }
      if let last = bars.last, last.result == result, range.lowerBound - last.right < 0.01 {
        bars[bars.count - 1].right = range.upperBound
      } else {
        bars.append((result, range.lowerBound, range.upperBound))
      }
    }
    writer.element(
      .svg, .className("strip"), .viewBox(width: PeriodAxis.width, height: Self.height), .hidden
    ) { writer in
      // What failed is seen, however short: it is drawn last, and at least a unit wide.
      for bar in bars.filter({ $0.result != .failed }) + bars.filter({ $0.result == .failed }) {
        let isLow = bar.result == .passed
        writer.element(
          .rect, .className(bar.result.style), .x(bar.left), .y(isLow ? 5 : 0),
          .width(max(bar.right - bar.left, 1)), .height(isLow ? 4 : Self.height)
        ) { _ in }
      }
    }
  }
}

extension GateDocument.Result {
  fileprivate var style: StaticString {
    switch self {
    case .passed: "passed"
    case .failed: "failed"
    case .excepted: "waived"
    case .notJudged: "unevaluated"
    }
  }
}
