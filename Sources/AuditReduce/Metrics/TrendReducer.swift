import AuditModel

/// `trend`: starts by `s` and completions by `m` per day of the window, in the report's zone.
///
/// Definition: `started` counts instances of the cohort whose start falls on the day, `completed` terminal ones whose last
/// modification does; those on a later day are `completedAfterWindow`. Every readable date counts, odd or not: a day is a
/// count, not a duration. Limits: completions of instances that started before the window are not in the cohort,
/// so the first days show too few.
struct TrendReducer: Reducer {
  private var starts: DayTally
  private var completions: DayTally

  init(zone: CivilZone) {
    starts = DayTally(zone: zone)
    completions = DayTally(zone: zone)
  }

  mutating func add(_ instance: borrowing Instance, in batch: borrowing InstanceBatch) {
    if let start = instance.start { starts.add(start) }
    if instance.status.isTerminal, let end = instance.lastModified { completions.add(end) }
  }

  mutating func merge(_ other: TrendReducer) {
    starts.merge(other.starts)
    completions.merge(other.completions)
  }

  func finish(window: Window) -> TrendDocument {
    let days = window.days
    return TrendDocument(
      days: days.map { day in
        .init(day: day.description, started: starts[day], completed: completions[day])
      },
      completedAfterWindow: days.last.map { completions.count(after: $0) } ?? 0)
  }
}
