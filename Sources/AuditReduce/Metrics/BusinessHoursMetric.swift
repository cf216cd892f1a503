import AuditModel

/// `businessHours`: turnaround counted in opening hours only, per workflow type.
///
/// Definition: the length of [s, end) within the weekly calendar, in civil time of its zone; end = m of terminal and
/// superseded instances, T of open ones; then the estimates of ``TurnaroundTable``. Source: ``BusinessCalendar``.
/// Limits: instances with unusable times are left out; one to three bytes an instance are kept as a rule.
struct BusinessHoursMetric: Metric {
  static let key = MetricKey("businessHours")
  static let about =
    "Time to finish counted in opening hours only, per workflow type."
  static let figures = PercentilesDocument.quantiles.map { quantile in
    ReportFigure(
      "businessHours.\(quantile.name)", .duration, in: "businessHours.byWorkflowType",
      by: ["workflowType"], .init(quantile.name, n: "n"))
  }
  static let needs: Set<MetricNeed> = [.calendar]
  static let keepsInstances = true

  private struct Times: Sendable {
    var events = GatheredTimes()
    /// How long superseded ones were seen, and open ones until the as-of instant of their part.
    var censorings = GatheredTimes()
    var openStarts: [Instant] = []

    /// Makes ages of starts; what started after the instant was not watched at all.
    mutating func closeObservation(at asOf: Instant, by calendar: BusinessCalendar?) {
      for start in openStarts where start <= asOf {
        censorings.append(calendar?.openMilliseconds(from: start, to: asOf) ?? 0)
      }
      openStarts = []
    }

    mutating func merge(_ other: Times) {
      events.merge(other.events)
      censorings.merge(other.censorings)
      openStarts += other.openStarts
    }
  }

  private let calendar: BusinessCalendar?
  private var types: [Name?: Times] = [:]

  init(plan: ReductionPlan) {
    calendar = plan.calendar
  }

  mutating func add(_ instance: borrowing BatchedInstance) {
    guard let calendar, instance.hasUsableTimes, let start = instance.start,
      let end = instance.lastModified
    else { return }
    let type = instance.definition.workflowType
    if instance.status.isOpen {
      types[type, default: Times()].openStarts.append(start)
    } else if instance.status.isTerminal {
      types[type, default: Times()].events.append(calendar.openMilliseconds(from: start, to: end))
    } else if instance.status.isSuperseded {
      types[type, default: Times()].censorings.append(
        calendar.openMilliseconds(from: start, to: end))
    }
  }

  mutating func merge(_ other: BusinessHoursMetric) {
    for (type, times) in other.types { types[type, default: Times()].merge(times) }
  }

  mutating func closeObservation(at end: ObservationEnd) {
    for type in types.keys { types[type]?.closeObservation(at: end.asOf, by: calendar) }
  }

  private struct Row {
    var workflowType: Name?
    var observed: PercentilesDocument
    var estimate: KaplanMeierDocument
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let rows = types.map { type, times in row(of: type, times, asOf: cohort.asOf) }.inOrder {
      GroupOrder(
        count: cohort.totals.byType[$0.workflowType]?.total ?? 0, names: [$0.workflowType])
    }
    let drawn = rows.filter { $0.estimate.p50 != nil }
    return MetricSection(
      key: Self.key.rawValue, title: "In business hours",
      caption:
        "The part of the time from start to end that lies within the opening hours of \(calendar?.zone.identifier ?? ""), "
        + "configured holidays left out. Open and restarted requests count for as long as they were seen. Source: "
        + "tables/business_hours.csv; instances.csv, columns workflow_type, start and last_modified.",
      sentences: [],
      figures: [
        Figure(
          "time_zone", "Time zone", .text, about: "The zone of the opening hours.",
          .text(calendar?.zone.identifier)
        ).asDetail
      ],
      charts: .rows(Self.chart(of: drawn)),
      tables: [
        MetricTable(
          .init(key: "byWorkflowType", file: "business_hours", isOnPage: false),
          title: "Time from start to end in business hours", columns: Self.columns, rows: rows)
      ]
    ).placed(
      in: "time-to-finish", nothingFound: drawn.isEmpty ? ["time in business hours"] : [])
  }

  private func row(of type: Name?, _ times: Times, asOf: Instant) -> Row {
    var times = times
    times.closeObservation(at: asOf, by: calendar)
    let events = times.events.ascending
    return Row(
      workflowType: type, observed: QuantileType7.percentiles(of: events),
      estimate: KaplanMeier(events: events, censorings: times.censorings.ascending).document)
  }

  private static func chart(of rows: [Row]) -> RowChart {
    RowChart(
      title: "Opening hours until half, 75%, 90% and 95% of requests have finished",
      subject: "Workflow type", measure: "Opening hours since the start", figures: "Half · 95%",
      scale: .durations,
      rows: rows.map { row in
        let quantiles = [row.estimate.p50, row.estimate.p75, row.estimate.p90, row.estimate.p95]
        return RowChart.Row(
          "\(name: row.workflowType?.string, or: "none")", .span(quantiles.compactMap { $0 }),
          figures: "\(words(quantiles[0])) · \(words(quantiles[3]))")
      })
  }

  private static func words(_ time: Double?) -> String {
    guard let time else { return "not reached" }
    return time == 0 ? "outside hours" : DisplayFormat.duration(milliseconds: time)
  }

  private static let columns: [Column<Row>] =
    [
      .name("workflow_type", "Workflow type", about: "The type of workflow.") { $0.workflowType }
    ] + Column.percentiles { $0.observed } + Column.kaplanMeier { $0.estimate }
}
