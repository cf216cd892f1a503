import AuditModel

/// `sla`: how many requests broke a limit on the time from start to end, per workflow type.
///
/// Definition: breach = terminal with D > L, or open with age > L; met = terminal with D ≤ L; undetermined = open with
/// age ≤ L. Rate = breach ÷ (breach + met) with its Wilson interval; hard bounds [breach ÷ N, (breach + undetermined) ÷ N].
/// Source of the limits for Revocation: CA/Browser Forum Baseline Requirements 4.9.1.1. Limits: time runs from the
/// workflow's start, not from the report of a problem; superseded instances and those with unusable times are in no count.
struct ServiceLevelMetric: Metric {
  static let key = MetricKey("sla")
  static let figures = [
    ReportFigure(
      "sla", .ratio, in: "sla.byWorkflowType", by: ["workflowType", "limit"],
      .rate(n: "instances"))
  ]
  static let needs: Set<MetricNeed> = [.durations]

  init(plan: ReductionPlan) {}

  private struct Row {
    var workflowType: Name
    var limit: Int64
    var breached = 0
    var met = 0
    var undetermined = 0

    var instances: Int { breached + met + undetermined }
    var rate: RateDocument { WilsonInterval.rate(breached, of: breached + met) }
    var least: Double? { instances == 0 ? nil : Double(breached) / Double(instances) }
    var most: Double? {
      instances == 0 ? nil : Double(breached + undetermined) / Double(instances)
    }
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let rows = cohort.plan.settings.serviceLevels.sorted { $0.key < $1.key }.flatMap {
      type, limits in
      limits.map { Self.row(of: type, $0, in: cohort) }
    }
    return MetricSection(
      key: Self.key.rawValue, title: "Service levels",
      caption:
        "Time from the start of the workflow to its end against a limit; for Revocation the limits of the "
        + "CA/Browser Forum's Baseline Requirements 4.9.1.1, which there run from the report of a problem. Open "
        + "requests that are older than the limit have broken it; younger ones are undetermined, and the bounds say "
        + "what they can still do to the share. The rows: duration_ms in instances.csv against the limit.",
      sentences: rows.filter { $0.instances > 0 }.map(Self.sentence),
      charts: Self.chart(of: rows.filter { $0.instances > 0 }),
      tables: [
        MetricTable(
          .init(key: "byWorkflowType", file: "sla"), title: "Limits and how they were kept",
          columns: Self.columns, rows: rows)
      ],
      limitation:
        "Service levels are measured from the start of the workflow: what happened before it, such as a "
        + "report of a compromised key, is not in the feed.")
  }

  private static func row(of type: Name, _ limit: Int64, in cohort: Cohort) -> Row {
    var row = Row(workflowType: type, limit: limit)
    guard let group = cohort.types.first(where: { $0.workflowType == type }) else { return row }
    let old = group.times.ages.count(beyond: limit)
    let late = group.times.events(beyond: limit)
    row.breached = late + old
    row.met = group.times.eventCount - late
    row.undetermined = group.times.ages.count - old
    return row
  }

  private static func sentence(_ row: Row) -> Sentence {
    let limit = DisplayFormat.duration(milliseconds: Double(row.limit))
    let judged = DisplayFormat.count(row.breached + row.met, "request")
    let share = row.rate.rate.map { " (\(DisplayFormat.percent($0)))" } ?? ""
    let rest =
      row.undetermined == 0
      ? "."
      : "; \(DisplayFormat.count(row.undetermined)) more are open and still within it, so that the final share lies "
        + "between \(DisplayFormat.percent(row.least ?? 0)) and \(DisplayFormat.percent(row.most ?? 1))."
    return """
      Of \(judged) of type \(name: row.workflowType.string), \(DisplayFormat.count(row.breached)) took longer \
      than \(limit)\(share)\(rest)
      """
  }

  private static func chart(of rows: [Row]) -> [Chart] {
    if rows.isEmpty { return [] }
    return [
      .rows(
        RowChart(
          title: "How the limits were kept", subject: "Limit",
          measure: "Share of requests with a limit", scale: .shares,
          key: [
            .init("Met", .good), .init("Open, still within it", .open), .init("Broken", .bad),
          ],
          rows: rows.map { row in
            RowChart.Row(
              """
              \(name: row.workflowType.string), \(DisplayFormat.duration(milliseconds: Double(row.limit)))
              """,
              .parts(
                [row.met, row.undetermined, row.breached].map {
                  Double($0) / Double(row.instances)
                }),
              figures:
                "\(DisplayFormat.count(row.breached)) of \(DisplayFormat.count(row.instances)) broken"
            )
          }))
    ]
  }

  private static let columns: [Column<Row>] =
    [
      Column("workflow_type", "Workflow type", .text, about: "The type of workflow.") {
        .text($0.workflowType.string)
      },
      Column("limit", "Limit", .duration, about: "The longest time allowed.") {
        .duration($0.limit)
      },
      Column("instances", "n", .count, about: "Instances judged or undetermined.") {
        .count($0.instances)
      },
      Column("breached", "Broken", .count, about: "Ended or open beyond the limit.") {
        .count($0.breached)
      },
      Column("met", "Met", .count, about: "Ended within the limit.") { .count($0.met) },
      Column("undetermined", "Undetermined", .count, about: "Open, and within the limit so far.") {
        .count($0.undetermined)
      },
    ] + Column.rate("Broken", about: "Broken ÷ (broken + met).") { $0.rate } + [
      .small { $0.rate },
      Column("least", "At least", .ratio, about: "Broken ÷ all: no undetermined one breaks it.") {
        .ratio($0.least)
      },
      Column("most", "At most", .ratio, about: "(Broken + undetermined) ÷ all: every one does.") {
        .ratio($0.most)
      },
    ]
}
