import AuditModel

/// The days of a trend, put together to weeks or months where there are too many to be told apart.
struct TrendPeriods {
  /// What a bar of the chart stands for.
  enum Unit: String {
    case day
    case week
    case month
  }

  let unit: Unit
  /// The counts, each under its first day of the window.
  let periods: [TrendDocument.Day]

  /// How many bars a chart has at most; the last unit has no bound, for there are few months in a life.
  private static let most = 190

  init(of days: [TrendDocument.Day]) {
    let unit: Unit =
      days.count <= Self.most ? .day : days.count <= Self.most * 7 ? .week : .month
    self.unit = unit
    periods = unit == .day ? days : Self.joined(days, by: unit)
  }

  /// The first days of the periods.
  var starts: [CivilDate] { periods.compactMap { CivilDate($0.day) } }

  private static func joined(_ days: [TrendDocument.Day], by unit: Unit) -> [TrendDocument.Day] {
    var periods: [TrendDocument.Day] = []
    for day in days {
      guard let date = CivilDate(day.day) else { continue }
      if periods.isEmpty || isFirst(date, of: unit) {
        periods.append(day)
        if !isFirst(date, of: unit) { periods[periods.count - 1].partial = true }
      } else {
        periods[periods.count - 1].add(day)
      }
    }
    if let last = days.last.flatMap({ CivilDate($0.day) }),
      !isFirst(last.advanced(byDays: 1), of: unit)
    {
      periods[periods.count - 1].partial = true
    }
    return periods
  }

  private static func isFirst(_ date: CivilDate, of unit: Unit) -> Bool {
    switch unit {
    case .day: true
    case .week: date.weekday == 0
    case .month: date.parts.day == 1
    }
  }
}

extension TrendDocument.Day {
  fileprivate mutating func add(_ other: TrendDocument.Day) {
    started += other.started
    completed += other.completed
    complete += other.complete
    rejected += other.rejected
    failed += other.failed
    partial = partial || other.partial
  }
}
