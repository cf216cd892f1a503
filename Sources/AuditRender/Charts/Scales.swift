import AuditModel
import Glibc

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
        return (left + (right - left) * share / top, DisplayFormat.shortPercent(share))
      }
    case .counts:
      let scale = CountScale(covering: Int(chart.largest))
      let x = { (count: Double) in left + (right - left) * count / Double(scale.top) }
      place = x
      let ticks = scale.ticks.map { (x: x(Double($0)), text: DisplayFormat.count($0)) }
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

/// A logarithmic axis of durations from a second: requests take from seconds to weeks.
struct TimeScale {
  let left: Double
  let right: Double
  /// The longest duration, in milliseconds.
  private let longest: Double

  private static let shortest = 1000.0
  private static let marks: [(milliseconds: Double, text: String)] = [
    (1000, "1 s"), (10_000, "10 s"), (60_000, "1 min"), (600_000, "10 min"), (3_600_000, "1 h"),
    (21_600_000, "6 h"), (86_400_000, "1 d"), (604_800_000, "7 d"), (2_592_000_000, "30 d"),
    (31_536_000_000, "1 y"),
  ]

  init(upTo longest: Double, left: Double, right: Double) {
    self.left = left
    self.right = right
    self.longest = max(longest, 60_000)
  }

  /// Where a duration lies; whatever is below a second lies at its start.
  func x(_ milliseconds: Double) -> Double {
    left + (right - left) * log(max(milliseconds, Self.shortest) / Self.shortest)
      / log(longest / Self.shortest)
  }

  /// The marks that have room.
  var ticks: [(x: Double, text: String)] {
    var ticks: [(x: Double, text: String)] = []
    for mark in Self.marks where mark.milliseconds <= longest {
      let x = x(mark.milliseconds)
      let room = Double(mark.text.count) * ChartSize.letterWidth + 14
      if let last = ticks.last, x - last.x < room { continue }
      ticks.append((x, mark.text))
    }
    return ticks
  }
}

/// An axis of counts from zero, with three to six round ticks.
struct CountScale: Equatable {
  let step: Int
  let top: Int

  /// Makes the scale for counts up to a maximum.
  init(covering maximum: Int) {
    var step = 1
    let factors = [2, 5, 10]
    var magnitude = 1
    var index = 0
    while maximum > step * 5 {
      step = magnitude * factors[index]
      index += 1
      if index == factors.count {
        index = 0
        magnitude *= 10
      }
    }
    self.step = step
    top = max((maximum + step - 1) / step, 1) * step
  }

  var ticks: [Int] { Array(stride(from: 0, through: top, by: step)) }
}

/// The labels of an axis of days: days, Mondays or months, evenly thinned until they fit.
struct DayLabels {
  /// A label under a day.
  struct Label: Equatable {
    var index: Int
    var text: String
    /// The day, week or month, counted from the epoch, so that thinning keeps an even rhythm.
    var ordinal: Int64
  }

  /// The first days of what lies along the axis: days, weeks or months.
  let starts: [CivilDate]
  let letterWidth: Double

  /// The labels for a plot, with some air between them.
  func fitting(_ plot: Plot) -> [Label] {
    let candidates = starts.indices.compactMap(label)
    for stride: Int64 in [1, 2, 3, 6, 12, 24, 60, 120] {
      let labels = candidates.filter { $0.ordinal % stride == 0 }.filter { isInside($0, of: plot) }
      let gaps = zip(labels, labels.dropFirst()).map { left, right in
        plot.centre(right.index) - plot.centre(left.index) - width(of: left) / 2 - width(of: right)
          / 2
      }
      if gaps.allSatisfy({ $0 >= 10 }) { return labels }
    }
    return []
  }

  /// The days from the first to the last.
  private var length: Int64 {
    guard let first = starts.first, let last = starts.last else { return 0 }
    return last.dayNumber - first.dayNumber + 1
  }

  private func label(at index: Int) -> Label? {
    let date = starts[index]
    if length <= 120 {
      guard length <= 14 || date.weekday == 0 else { return nil }
      return Label(
        index: index, text: DisplayFormat.shortDay(date),
        ordinal: length <= 14 ? date.dayNumber : (date.dayNumber + 3) / 7)
    }
    let (year, month, day) = date.parts
    guard index == 0 ? day == 1 : starts[index - 1].parts.month != month else { return nil }
    return Label(
      index: index, text: "\(DisplayFormat.month(date).prefix(3)) \(year)",
      ordinal: year * 12 + month - 1)
  }

  private func isInside(_ label: Label, of plot: Plot) -> Bool {
    let x = plot.centre(label.index)
    return x - width(of: label) / 2 >= 0 && x + width(of: label) / 2 <= plot.right + 4
  }

  private func width(of label: Label) -> Double {
    Double(label.text.count) * letterWidth
  }
}
