import AuditModel

/// `trend`: starts by `s` and completions by `m` per day of the window, in the report's zone.
///
/// Definition: `started` counts instances of the cohort whose start falls on the day, `completed` terminal ones whose last
/// modification does; later ones are `completedAfterWindow`. Limits: completions of instances that started before
/// the window are not in the cohort, so the first days show too few.
struct TrendReducer: Reducer {
  private struct Day {
    var started = 0
    var completed = 0
  }

  private let zone: CivilZone
  private var days: [Int64: Day] = [:]
  /// The bounds of the day that was looked up last: instants come in order, mostly.
  private var current: (from: Instant, to: Instant, number: Int64)?

  init(zone: CivilZone) {
    self.zone = zone
  }

  mutating func add(_ instance: Instance, in batch: InstanceBatch) {
    if let start = instance.start { days[number(of: start), default: Day()].started += 1 }
    if instance.status.isTerminal, let lastModified = instance.lastModified {
      days[number(of: lastModified), default: Day()].completed += 1
    }
  }

  mutating func merge(_ other: TrendReducer) {
    days.merge(other.days) { left, right in
      Day(started: left.started + right.started, completed: left.completed + right.completed)
    }
  }

  private mutating func number(of instant: Instant) -> Int64 {
    if let current, current.from <= instant, instant < current.to { return current.number }
    let date = zone.date(of: instant)
    let next = CivilDate(dayNumber: date.dayNumber + 1)
    current = (zone.start(of: date), zone.start(of: next), date.dayNumber)
    return date.dayNumber
  }

  func finish(window: Window) -> TrendDocument {
    let dates = window.days
    let last = dates.last?.dayNumber ?? .max
    return TrendDocument(
      days: dates.map { date in
        let day = days[date.dayNumber] ?? Day()
        return .init(day: date.description, started: day.started, completed: day.completed)
      },
      completedAfterWindow: days.reduce(0) { $1.key > last ? $0 + $1.value.completed : $0 })
  }
}
