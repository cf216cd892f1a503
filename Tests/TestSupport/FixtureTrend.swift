import AuditModel

/// A working month: busy from Monday to Friday, quiet at the weekend, a bulge in the middle; 5,081 starts in all.
struct FixtureTrend {
  private static let started = [
    193, 207, 28, 24, 180, 205, 213, 222, 192, 31, 22, 201, 309, 305, 316, 277, 35, 26, 208, 200,
    191, 220, 182, 27, 30, 211, 205, 198, 216, 183, 24,
  ]

  var trend: TrendDocument {
    let days = Self.started.enumerated().map { index, count in
      let completed = (count * 76 + (index == 0 ? 0 : Self.started[index - 1] * 20)) / 100
      return TrendDocument.Day(
        day: CivilDate(dayNumber: 20_727 + Int64(index)).description, started: count,
        complete: completed - completed / 9 - completed / 14, rejected: completed / 14,
        failed: completed / 9)
    }
    let completed = days.map(\.completed).reduce(0, +)
    return TrendDocument(
      days: days, weeks: Self.weeks, startsByHour: Self.hours,
      completedAfterWindow: 4944 - completed)
  }

  /// Office hours, with a little around them, and a timer at two.
  private static let hours = (0..<7).map { weekday in
    (0..<24).map { hour in
      let office = weekday < 5 && 8...17 ~= hour ? 40 + 12 * (5 - abs(13 - hour)) : 3
      return hour == 2 ? office + 30 : office
    }
  }

  /// A partial week, and two whole ones that are compared.
  private static let weeks: [TrendDocument.Week] = [
    .init(
      week: "2026-W40", monday: "2026-09-28", started: 512, completed: 430, partial: true,
      startedRatio: nil, completedRatio: nil),
    .init(
      week: "2026-W41", monday: "2026-10-05", started: 1201, completed: 1188, partial: false,
      startedRatio: nil, completedRatio: nil),
    .init(
      week: "2026-W42", monday: "2026-10-12", started: 1263, completed: 1240, partial: false,
      startedRatio: .init(ratio: 1263.0 / 1201, low: 0.9708, high: 1.1393),
      completedRatio: .init(ratio: 1240.0 / 1188, low: 0.9630, high: 1.1314)),
  ]
}
