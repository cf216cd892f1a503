import AuditModel

/// `businessHours`: turnaround counted in opening hours only, per workflow type.
///
/// Definition: the length of [s, end) within the weekly calendar, in civil time of its zone; end = m of terminal and
/// superseded instances, T of open ones; then the estimates of ``TurnaroundTable``. Source: ``BusinessCalendar``.
/// Limits: instances with unusable times are left out; eight bytes an instance are kept.
struct BusinessHoursMetric: Metric {
  static let key = MetricKey("businessHours")
  static let needs: Set<MetricNeed> = [.calendar]

  private struct Times: Sendable {
    var events: [Int64] = []
    var superseded: [Int64] = []
    var openStarts: [Instant] = []

    mutating func merge(_ other: Times) {
      events += other.events
      superseded += other.superseded
      openStarts += other.openStarts
    }
  }

  private let calendar: BusinessCalendar?
  private var types: [Name?: Times] = [:]

  init(plan: ReductionPlan) {
    calendar = plan.calendar
  }

  mutating func add(_ instance: borrowing Instance, in batch: borrowing InstanceBatch) {
    guard let calendar, instance.hasUsableTimes, let start = instance.start,
      let end = instance.lastModified
    else { return }
    let type = instance.definition.workflowType
    if instance.status.isOpen {
      types[type, default: Times()].openStarts.append(start)
    } else if instance.status.isTerminal {
      types[type, default: Times()].events.append(calendar.openMilliseconds(from: start, to: end))
    } else if instance.status.isSuperseded {
      types[type, default: Times()].superseded.append(
        calendar.openMilliseconds(from: start, to: end))
    }
  }

  mutating func merge(_ other: BusinessHoursMetric) {
    for (type, times) in other.types { types[type, default: Times()].merge(times) }
  }

  private struct Row {
    var workflowType: Name?
    var observed: PercentilesDocument
    var estimate: KaplanMeierDocument
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let rows = types.map { type, times in
      (
        tally: cohort.totals.byType[type]?.total ?? 0,
        row: row(of: type, times, asOf: cohort.asOf)
      )
    }.sorted {
      GroupOrder(count: $0.tally, names: [$0.row.workflowType])
        .precedes(GroupOrder(count: $1.tally, names: [$1.row.workflowType]))
    }.map(\.row)
    return MetricSection(
      key: Self.key.rawValue, title: "Turnaround in business hours",
      caption:
        "The part of the time from start to end that lies within the configured opening hours, which are "
        + "those of \(calendar?.zone.identifier ?? ""), without holidays. Completed only, and the Kaplan–Meier estimate "
        + "that counts open and restarted requests for as long as they were seen.",
      sentences: rows.filter { $0.estimate.n > 0 }.map(Self.sentence),
      figures: [
        Figure(
          "time_zone", "Time zone", .text, about: "The zone of the opening hours.",
          .text(calendar?.zone.identifier))
      ],
      tables: [
        MetricTable(
          .init(key: "byWorkflowType", file: "business_hours"),
          title: "Time from start to end in business hours", columns: Self.columns, rows: rows)
      ])
  }

  private func row(of type: Name?, _ times: Times, asOf: Instant) -> Row {
    let ages = times.openStarts.filter { $0 <= asOf }.map {
      calendar?.openMilliseconds(from: $0, to: asOf) ?? 0
    }
    let sorted = SortedTimes(byCause: [times.events], superseded: times.superseded, ages: ages)
    return Row(
      workflowType: type, observed: QuantileType7.percentiles(ofSorted: sorted.events),
      estimate: KaplanMeier(sorted).document)
  }

  private static func sentence(_ row: Row) -> Sentence {
    let median = row.estimate.p50.map {
      "half of all requests end within \(Readable.duration(milliseconds: $0))"
    }
    return """
      Of type \(name: row.workflowType?.string, or: "none"), \(median ?? "fewer than half of all requests have ended") \
      of opening time, open ones counted.
      """
  }

  private static let columns: [Column<Row>] =
    [
      Column("workflow_type", "Workflow type", .text, about: "The type of workflow.") {
        .text($0.workflowType?.string)
      },
      Column("n", "n", .count, about: "Observed durations, completed only.") {
        .count($0.observed.n)
      },
    ]
    + [
      percentile("p50", "Median", \.p50), percentile("p75", "75%", \.p75).asDetail,
      percentile("p90", "90%", \.p90), percentile("p95", "95%", \.p95),
      percentile("p99", "99%", \.p99).asDetail, percentile("max", "Longest", \.max).asDetail,
    ]
    + [
      Column("km_events", "Events", .count, about: "Kaplan–Meier: instances that ended.") {
        .count($0.estimate.events)
      },
      Column("km_censored", "Censored", .count, about: "Kaplan–Meier: seen without an end.") {
        .count($0.estimate.censored)
      },
    ]
    + quantile("km_p50", "Kaplan–Meier median", \.p50, \.p50)
    + quantile("km_p75", "Kaplan–Meier 75%", \.p75, \.p75)
    + quantile("km_p90", "Kaplan–Meier 90%", \.p90, \.p90)
    + quantile("km_p95", "Kaplan–Meier 95%", \.p95, \.p95)

  private static func percentile(
    _ name: String, _ title: String,
    _ value: any KeyPath<PercentilesDocument, Double?> & Sendable
  ) -> Column<Row> {
    Column(
      name, title, .duration,
      about: "Completed only, opening time, type 7; missing where there are too few."
    ) { .duration($0.observed[keyPath: value], or: .tooFew) }
  }

  private static func quantile(
    _ name: String, _ title: String,
    _ value: any KeyPath<KaplanMeierDocument, Double?> & Sendable,
    _ limits: any KeyPath<KaplanMeierDocument.QuantileLimits, KaplanMeierDocument.Limits> & Sendable
  ) -> [Column<Row>] {
    [
      Column(name, title, .duration, about: "Estimate; missing when not reached.") {
        .duration($0.estimate[keyPath: value], or: .notReached)
      },
      Column("\(name)_low", "\(title), lower limit", .duration, about: "Its lower 95 % limit.") {
        .duration($0.estimate.limits[keyPath: limits].low, or: .notReached)
      }.asDetail,
      Column("\(name)_high", "\(title), upper limit", .duration, about: "Its upper 95 % limit.") {
        .duration($0.estimate.limits[keyPath: limits].high, or: .notReached)
      }.asDetail,
    ]
  }
}
