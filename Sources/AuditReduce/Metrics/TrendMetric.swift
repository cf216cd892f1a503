package import AuditModel

/// `trend`: starts by `s` and completions by `m` per day and ISO week of the window, in the report's zone.
///
/// Definition: `started` counts instances of the cohort whose start falls on the day, `completed` terminal ones whose last
/// modification does; those on a later day are `completedAfterWindow`. Every readable date counts, odd or not: a day is a
/// count, not a duration. `open` is how many were open at the end of the day, of those with usable times; nothing after
/// the as-of instant. Limits: what started before the window is not in the cohort, so that `open` begins at 0; completions of instances that started before the window are not in the cohort,
/// so the first days show too few. Whole weeks are compared with the week before by ``RateRatio``.
struct TrendMetric: Metric {
  static let key = MetricKey("trend")
  static let about =
    "Instances that started and that finished, per day and week of the period, and whether the change between whole weeks is more than chance."

  private var starts: DayTally
  /// Ends of Complete, Rejected and Failed instances.
  private var ends: [DayTally]
  private var open: OpenTally
  private var hours = HourTally()
  private let zone: CivilZone

  init(plan: ReductionPlan) {
    zone = plan.zone
    starts = DayTally(zone: zone)
    ends = Array(repeating: DayTally(zone: zone), count: 3)
    open = OpenTally(zone: zone)
  }

  mutating func add(_ instance: borrowing BatchedInstance) {
    if let start = instance.start {
      starts.add(start)
      hours.add(start, in: zone)
    }
    open.add(instance)
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
    open.merge(other.open)
    hours.merge(other.hours)
  }

  mutating func closeObservation(at end: ObservationEnd) { open.closeObservation(at: end) }

  func finish(_ cohort: Cohort) -> TrendDocument {
    let window = cohort.window
    let days = window.days
    let open = open.counts(on: days, in: zone, asOf: cohort.asOf)
    return TrendDocument(
      days: zip(days, open).map { day, open in
        .init(
          day: day.description, started: starts[day], complete: ends[0][day],
          rejected: ends[1][day], failed: ends[2][day], partial: !window.covers(day, through: day),
          open: open)
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

  /// Every day and every week.
  package var tables: [MetricTable] {
    [
      MetricTable(
        .init(key: nil, file: "days"), title: "Starts and ends per day", columns: Self.dayColumns,
        rows: days),
      MetricTable(
        .init(key: nil, file: "weeks"), title: "Starts and ends per week",
        columns: Self.weekColumns, rows: weeks),
    ]
  }

  /// Starts and ends per day, or per week or month in long windows: chart and table.
  package func pages(in report: ReportDocument) -> [MetricPage] {
    let periods = TrendPeriods(of: days)
    let zone = report.cover.window.timeZone
    let (started, ended) = (
      days.map(\.started).reduce(0, +), days.map(\.completed).reduce(0, +)
    )
    var columns = Self.dayColumns
    if periods.unit != .day {
      columns[0].field.title = "\(periods.unit == .week ? "Week" : "Month") from"
    }
    let total: [Cell] =
      [.term("total", label: "All days"), .count(started), .count(ended)]
      + [days.map(\.complete), days.map(\.rejected), days.map(\.failed)]
      .map { .count($0.reduce(0, +)) } + [.missing(.none), .count(days.last?.open)]
    let within = Counted(ended, "of them")
    return [
      MetricPage(
        slot: "trend", id: "trend", title: "Trend",
        blocks: started == 0
          ? []
          : [
            .sentence(
              """
              \(Counted(started, "instance").start) started within \(Counted(days.count, "day").phrase); \
              \(within.number == 0 ? "none" : DisplayFormat.count(ended)) of them finished within the period, \
              \(completedAfterWindow == 0 ? "none" : DisplayFormat.count(completedAfterWindow)) after it.
              """)
          ]
            + (started < Self.fewestDrawn
              ? []
              : [.chart(.days(periods), number: 0), .chart(.matrix(hours(in: zone)), number: 1)])
            + [
              .table(
                PageTable(
                  "trend-weeks", "Instances per week, and the change from the week before",
                  columns: Self.shownWeekColumns, rows: weeks, file: "weeks"
                ).limited(to: 60)),
              .details(
                "The figures of the chart",
                [
                  .table(
                    PageTable(
                      "trend-table", "Instances per \(periods.unit)", columns: columns,
                      rows: periods.periods, file: "days"
                    ).totalled(total))
                ]),
              .note(
                "Days are those of \(zone). Open: instances of this period that were open at the end of the day, as far as "
                  + "it had come by the status date. Weeks that the period covers only in part are compared with none. Source: "
                  + "instances.csv, columns start, and last_modified of finished instances."),
            ], nothingFound: started == 0 ? ["starts on any day"] : [])
    ]
  }

  /// With how many instances a picture says more than a row.
  private static let fewestDrawn = 10

  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  private func hours(in zone: String) -> MatrixChart {
    MatrixChart(
      title: "Starts by weekday and hour of the day, \(zone)", axis: "Weekday",
      columns: (0..<24).map(String.init),
      rows: zip(Self.weekdays, startsByHour).map { (name: .word($0), counts: $1) })
  }
}

extension TrendDocument {
  private static let dayColumns: [Column<Day>] = [
    Column("day", "Day", .day, about: "A day of the window, in the report's time zone.") {
      .day($0.day)
    },
    .count("started", "Started", about: "Instances that started on it.") { $0.started },
    .count(
      "completed", "Finished",
      about: "Instances of the window that ended on it as Complete, Failed or Rejected."
    ) { $0.completed },
    .count("complete", "Completed", about: "Those of them that ended as Complete.") { $0.complete },
    .count("rejected", "Rejected", about: "As Rejected.") { $0.rejected },
    .count("failed", "Failed", about: "As Failed.") { $0.failed },
    .flag("partial", "Partial", about: "Whether the window covers only a part of it.") {
      $0.partial
    },
    .count(
      "open", "Open",
      about:
        "Instances of the window with usable times that were open at the end of it; empty after the as-of instant."
    ) { $0.open },
  ]

  private typealias WeekColumn = Column<Week>

  /// The columns on the page, where a ratio and its limits are one cell each.
  private static let shownWeekColumns =
    weekColumns.named("week", "monday", "started", "completed") + [
      WeekColumn("part", "Note", .text, about: "Whether it is a part of a week.") {
        $0.partial ? .term("part", label: "part week") : .missing(.blank)
      },
      WeekColumn("started_ratio", "Starts, change", .number, about: "Against the week before.") {
        change($0.startedRatio)
      },
      WeekColumn("started_limits", "95% confidence interval", .number, about: "Of that change.") {
        limits($0.startedRatio)
      },
    ]

  /// `+12.5%`.
  private static func change(_ ratio: RateRatioDocument?) -> Cell {
    guard let ratio = ratio?.ratio else { return .missing(.none) }
    return .term("change", label: signed(ratio))
  }

  private static func limits(_ ratio: RateRatioDocument?) -> Cell {
    guard let ratio else { return .missing(.none) }
    return .term(
      "limits", label: "\(signed(ratio.low)) to \(ratio.high.map(signed) ?? "unlimited")")
  }

  private static func signed(_ ratio: Double) -> String {
    (ratio >= 1 ? "+" : "") + DisplayFormat.percent(ratio - 1)
  }

  private static let weekColumns: [WeekColumn] =
    [
      WeekColumn("week", "Week", .text, about: "An ISO 8601 week, Monday to Sunday.") {
        .day($0.week)
      },
      WeekColumn("monday", "From", .day, about: "Its Monday, in the report's time zone.") {
        .day($0.monday)
      },
      .count("started", "Started", about: "Instances that started in it.") { $0.started },
      .count(
        "completed", "Finished",
        about: "Instances of the window that ended in it as Complete, Failed or Rejected."
      ) { $0.completed },
      .flag(
        "partial", "Partial",
        about: "Whether the window covers only a part of it; such a week is compared with none."
      ) { $0.partial },
    ] + ratio("started", "Starts", \.startedRatio) + ratio("completed", "Ends", \.completedRatio)

  private static func ratio(
    _ name: String, _ title: String,
    _ value: any KeyPath<Week, RateRatioDocument?> & Sendable
  ) -> [WeekColumn] {
    [
      WeekColumn(
        "\(name)_ratio", "\(title), change from previous week (ratio)", .number,
        about: "The ratio to the count of the week before; empty where they are not compared."
      ) { .number($0[keyPath: value]?.ratio) },
      WeekColumn(
        "\(name)_low", "\(title), lower limit", .number,
        about: "Its exact (conditional binomial) lower 95 % limit."
      ) { .number($0[keyPath: value]?.low) },
      WeekColumn(
        "\(name)_high", "\(title), upper limit", .number,
        about: "Its upper limit; empty when infinite."
      ) { .number($0[keyPath: value]?.high) },
    ]
  }
}
