package import AuditModel

/// `trend`: starts by `s` and completions by `m` per day and ISO week of the window, in the report's zone.
///
/// Definition: `started` counts instances of the cohort whose start falls on the day, `completed` terminal ones whose last
/// modification does; those on a later day are `completedAfterWindow`. Every readable date counts, odd or not: a day is a
/// count, not a duration. Limits: completions of instances that started before the window are not in the cohort,
/// so the first days show too few. Whole weeks are compared with the week before by ``RateRatio``.
struct TrendMetric: Metric {
  static let key = MetricKey("trend")

  private var starts: DayTally
  /// Ends of Complete, Rejected and Failed instances.
  private var ends: [DayTally]
  private var hours = HourTally()
  private let zone: CivilZone

  init(plan: ReductionPlan) {
    zone = plan.zone
    starts = DayTally(zone: zone)
    ends = Array(repeating: DayTally(zone: zone), count: 3)
  }

  mutating func add(_ instance: borrowing Instance, in batch: borrowing InstanceBatch) {
    if let start = instance.start {
      starts.add(start)
      hours.add(start, in: zone)
    }
    guard let end = instance.lastModified else { return }
    switch instance.status {
    case .complete: ends[0].add(end)
    case .rejected: ends[1].add(end)
    case .failed: ends[2].add(end)
    case .running, .suspended, .canceledForRestart, .unknown: break
    }
  }

  mutating func merge(_ other: TrendMetric) {
    starts.merge(other.starts)
    for cause in ends.indices { ends[cause].merge(other.ends[cause]) }
    hours.merge(other.hours)
  }

  func finish(_ cohort: Cohort) -> TrendDocument {
    let window = cohort.window
    let days = window.days
    return TrendDocument(
      days: days.map { day in
        .init(
          day: day.description, started: starts[day], complete: ends[0][day],
          rejected: ends[1][day], failed: ends[2][day], partial: !window.covers(day, through: day))
      },
      weeks: weeks(of: days, in: window),
      startsByHour: hours.counts,
      completedAfterWindow: days.last.map { last in
        ends.reduce(0) { $0 + $1.count(after: last) }
      } ?? 0)
  }

  private func weeks(of days: [CivilDate], in window: Window) -> [TrendDocument.Week] {
    var weeks: [TrendDocument.Week] = []
    for day in days {
      let monday = day.advanced(byDays: -Int64(day.weekday))
      if weeks.last?.monday != monday.description {
        weeks.append(
          .init(
            week: monday.isoWeek, monday: monday.description, started: 0, completed: 0,
            partial: !window.covers(monday, through: monday.advanced(byDays: 6)),
            startedRatio: nil, completedRatio: nil))
      }
      weeks[weeks.count - 1].started += starts[day]
      weeks[weeks.count - 1].completed += ends.reduce(0) { $0 + $1[day] }
    }
    for (index, week) in weeks.enumerated().dropFirst() {
      let before = weeks[index - 1]
      if before.partial || week.partial { continue }
      weeks[index].startedRatio = RateRatio.of(week.started, to: before.started)
      weeks[index].completedRatio = RateRatio.of(week.completed, to: before.completed)
    }
    return weeks
  }
}

extension TrendDocument: MetricResult {
  /// Its key in report.json.
  package var key: String { TrendMetric.key.rawValue }

  /// The values of a figure of this metric.
  package func values(of figure: ReportFigure) -> [ReportedFigure] { [] }
}
