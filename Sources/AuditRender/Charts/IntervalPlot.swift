import AuditModel
import SafeXML

/// Rates with their intervals drawn under each other on one scale from zero, so that an overlap is seen at once.
///
/// It repeats the figures beside it and is hidden from screen readers.
struct IntervalPlot {
  /// The share at the right end.
  let top: Double

  private static let width = 132.0
  private static let height = 14.0

  /// Makes a plot that holds some rates.
  init(holding rates: [RateDocument]) {
    top = Self.top(holding: rates.compactMap(\.high).max() ?? 1)
  }

  /// The round share at the end of a scale that holds some share.
  static func top(holding share: Double) -> Double {
    [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75].first { share <= $0 } ?? 1
  }

  /// Writes the ends of the scale.
  func writeScale(to writer: inout MarkupWriter) {
    writer.element(.span, text: "0")
    writer.text(" ")
    writer.element(.span, text: "\(Int((top * 100).rounded()))%")
  }

  /// Draws one rate.
  func draw(_ rate: RateDocument, to writer: inout MarkupWriter) {
    guard let value = rate.rate, let low = rate.low, let high = rate.high else { return }
    let middle = Self.height / 2
    writer.element(
      .svg, .className("interval"), .viewBox(width: Self.width, height: Self.height), .hidden
    ) { writer in
      writer.element(
        .line, .className("grid"), .x1(0), .y1(middle), .x2(Self.width), .y2(middle)
      ) { _ in }
      writer.element(
        .rect, .className("range"), .x(x(low)), .y(middle - 2.5), .width(x(high) - x(low)),
        .height(5)
      ) { _ in }
      writer.element(
        .line, .className("value"), .x1(x(value)), .y1(1), .x2(x(value)), .y2(Self.height - 1)
      ) { _ in }
    }
  }

  private func x(_ share: Double) -> Double {
    1 + (Self.width - 2) * min(1, share / top)
  }
}
