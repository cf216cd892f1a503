import AuditModel

/// `sla`: how many requests broke a limit on the time from start to end, per workflow type.
///
/// Definition: breach = terminal with D > L, or open with age > L; met = terminal with D ≤ L; undetermined = open with
/// age ≤ L. Rate = breach ÷ (breach + met) with its Wilson interval; hard bounds [breach ÷ N, (breach + undetermined) ÷ N].
/// Source of the limits for Revocation: CA/Browser Forum Baseline Requirements 4.9.1.1. Limits: time runs from the
/// workflow's start, not from the report of a problem; superseded instances and those with unusable times are in no count.
struct ServiceLevelMetric: Metric {
  static let key = MetricKey(ServiceLevelResult.key)
  static let about =
    "How many requests took longer than a limit, per workflow type: time runs from the start of the workflow, and open requests beyond the limit count as missed."
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
    var limitWords: String { DisplayFormat.duration(milliseconds: Double(limit)) }
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
    let judged = rows.filter { $0.instances > 0 }
    var section = MetricSection(
      key: Self.key.rawValue, title: "Service levels",
      caption:
        "Time from the start of the workflow to its end against a limit. For Revocation the limits are those of the "
        + "CA/Browser Forum's Baseline Requirements 4.9.1.1, which there run from the report of a problem. An open request "
        + "that is older than the limit has missed it. Source: tables/sla.csv; duration_ms in instances.csv.",
      sentences: judged.map(Self.sentence), charts: .rows(Self.chart(of: judged)),
      tables: [
        MetricTable(
          .init(key: "byWorkflowType", file: "sla", isOnPage: false),
          title: "Limits and how they were kept", columns: Self.columns, rows: rows)
      ],
      limitation:
        "Service levels are measured from the start of the workflow: what happened before it, such as a "
        + "report of a compromised key, is not in the Keyfactor API."
    ).placed(
      in: "service-levels", nothingFound: judged.isEmpty ? ["requests with a service level"] : [])
    section.followUp = Self.followUp(rows)
    return section
  }

  /// The limits that were missed, in one fact.
  private static func followUp(_ rows: [Row]) -> [FollowUp] {
    let missed = rows.filter { $0.breached > 0 }
    if missed.isEmpty { return [] }
    let words = missed.map { row -> Sentence in
      """
      \(DisplayFormat.count(row.breached)) of \(Counted(row.breached + row.met, "request").phrase) of type \
      \(name: row.workflowType.string) took longer than \(row.limitWords)
      """
    }
    // What missed a long limit has missed the shorter ones of its type too.
    let late = Dictionary(grouping: missed, by: \.workflowType).values.map { rows in
      rows.map(\.breached).max() ?? 0
    }
    return [
      FollowUp(
        .serviceLevelMissed, "\(sentence: words.enumeration).", section: "service-levels",
        count: late.reduce(0, +))
    ]
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
    let waiting = Counted(row.undetermined, "more request")
    let rest =
      row.undetermined == 0
      ? ""
      : """
       \(waiting.start) \(waiting.verb) open and still within it: in the end the share that missed it lies between \
      \(DisplayFormat.percent(row.least ?? 0)) and \(DisplayFormat.percent(row.most ?? 1)).
      """
    let evaluated = row.breached + row.met
    if row.breached == 0 {
      return """
        \(Counted(evaluated, "finished request").all) of type \(name: row.workflowType.string) met the limit of \
        \(row.limitWords).\(rest)
        """
    }
    let share = row.rate.rate.map { " (\(DisplayFormat.percent($0)))" } ?? ""
    return """
      \(DisplayFormat.count(row.breached)) of \(Counted(evaluated, "request").phrase) of type \
      \(name: row.workflowType.string) took longer than \(row.limitWords)\(share).\(rest)
      """
  }

  private static func chart(of rows: [Row]) -> RowChart {
    RowChart(
      title: "How the limits were kept", subject: "Workflow type, limit",
      measure: "Share of requests", figures: "Requests", scale: .shares,
      key: [.init("Met", .good), .init("Open, within the limit", .open), .init("Missed", .bad)],
      rows: rows.map { row in
        RowChart.Row(
          "\(name: row.workflowType.string), \(row.limitWords)",
          .parts(
            [row.met, row.undetermined, row.breached].map { Double($0) / Double(row.instances) }),
          figures: """
            \(DisplayFormat.count(row.met)) met · \(DisplayFormat.count(row.breached)) missed\
            \(row.undetermined == 0 ? "" : " · \(DisplayFormat.count(row.undetermined)) open")
            """)
      })
  }

  private static let columns: [Column<Row>] =
    [
      .name("workflow_type", "Workflow type", about: "The type of workflow.") { $0.workflowType },
      .duration("limit", "Limit", about: "The longest time allowed.") { $0.limit },
      .count("instances", "n", about: "Instances judged or undetermined.") { $0.instances },
      .count("breached", "Missed", about: "Ended or open beyond the limit.") { $0.breached },
      .count("met", "Met", about: "Ended within the limit.") { $0.met },
      .count("undetermined", "Open, within limit", about: "Open, and within the limit so far.") {
        $0.undetermined
      },
    ] + Column.rate("Missed", about: "Missed ÷ (missed + met).") { $0.rate } + [
      .small { $0.rate },
      .ratio("least", "At least", about: "Missed ÷ all: no open one misses it.") { $0.least },
      .ratio("most", "At most", about: "(Missed + open) ÷ all: every open one does.") { $0.most },
    ]
}
