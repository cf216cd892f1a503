import AuditModel

/// Where the values of a chart of rows lie along its drawing.
struct RowScale {
  /// The ticks that have room.
  let ticks: [(x: Double, text: String)]
  private let place: (Double) -> Double

  /// Makes the scale that holds all rows of a chart.
  init(of chart: RowChart, _ size: ChartSize) {
    let (left, right) = (2.0, size.rowWidth - 2)
    switch chart.scale {
    case .shares:
      let top = IntervalPlot.top(holding: chart.largest)
      let steps = 5
      place = { left + (right - left) * min(1, $0 / top) }
      ticks = (0...steps).map { step in
        let share = top * Double(step) / Double(steps)
        return (left + (right - left) * share / top, Readable.shortPercent(share))
      }
    case .counts:
      let scale = CountScale(covering: Int(chart.largest))
      let x = { (count: Double) in left + (right - left) * count / Double(scale.top) }
      place = x
      let ticks = scale.ticks.map { (x: x(Double($0)), text: Readable.count($0)) }
      self.ticks = Self.haveRoom(ticks) ? ticks : [ticks[0], ticks[ticks.count - 1]]
    case .durations:
      let scale = TimeScale(upTo: chart.largest, left: left, right: right)
      place = scale.x
      ticks = scale.ticks
    case .days(let window):
      let length = Double(max(window.to.milliseconds(since: window.from), 1))
      place = { left + (right - left) * ($0 - Double(window.from.milliseconds)) / length }
      let days = window.days
      let plot = Plot(
        left: left, right: right, top: 0, bottom: 0, scale: CountScale(covering: 1),
        count: days.count)
      ticks = DayLabels(starts: days, letterWidth: ChartSize.letterWidth).fitting(plot)
        .map { (plot.left(of: $0.index), $0.text) }
    }
  }

  /// Where a value lies.
  func x(_ value: Double) -> Double { place(value) }

  private static func haveRoom(_ ticks: [(x: Double, text: String)]) -> Bool {
    zip(ticks, ticks.dropFirst()).allSatisfy { left, right in
      Double(left.text.count + right.text.count) / 2 * ChartSize.letterWidth + 10 < right.x - left.x
    }
  }
}

extension RowChart {
  /// The largest value of a row.
  fileprivate var largest: Double {
    rows.map { row in
      switch row.mark {
      case .parts(let parts): parts.reduce(0, +)
      case .interval(let rate): rate.high ?? 0
      case .span(let values): values.last ?? 0
      }
    }.max() ?? 0
  }
}

extension ChartSize {
  /// How wide the drawing of a row is, beside its name and its figures.
  var rowWidth: Double { self == .wide ? 360 : 320 }
}
