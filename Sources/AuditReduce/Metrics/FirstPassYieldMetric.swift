import AuditModel

/// `firstPassYield`: how often the first attempt at a certificate succeeds, and how often any does.
///
/// Definition: an episode is the instances of one user, action and common name; the next start more than 7 days after the
/// latest activity so far begins a new one. First-pass yield is the share of terminal first instances that are Complete;
/// eventual yield the share of the same episodes with any Complete instance; attempts per success = terminal instances ÷
/// Complete ones, over all episodes. Limits: instances without user, common name or usable times are in no episode, and
/// an episode that began before the window seems to begin in it.
struct FirstPassYieldMetric: Metric {
  static let key = MetricKey("firstPassYield")
  static let figures = [
    ReportFigure(
      "firstPassYield", .ratio, in: "firstPassYield.byAction", by: ["action"],
      .rate("first", n: "firstTerminal")),
    ReportFigure(
      "eventualYield", .ratio, in: "firstPassYield.byAction", by: ["action"],
      .rate("eventual", n: "episodes")),
  ]
  static let needs: Set<MetricNeed> = [.cases]

  init(plan: ReductionPlan) {}

  /// The silence that ends an episode, in milliseconds.
  private static let silence: Int64 = 7 * 86_400_000

  private struct Row {
    var action: Action
    var episodes = 0
    var firstTerminal = 0
    var firstComplete = 0
    var eventuallyComplete = 0
    var attempts = 0
    var successes = 0

    var first: RateDocument { WilsonInterval.rate(firstComplete, of: firstTerminal) }
    var eventual: RateDocument { WilsonInterval.rate(eventuallyComplete, of: firstTerminal) }
    var attemptsPerSuccess: Double? {
      successes == 0 ? nil : Double(attempts) / Double(successes)
    }

    /// Adds the instances of one user and common name, by start.
    mutating func add(_ cases: ArraySlice<CaseStore.Case>) {
      var first = cases.startIndex
      var activity = cases[first].lastModified
      for index in cases.indices {
        if cases[index].start.milliseconds(since: activity) > silence {
          add(episode: cases[first..<index])
          first = index
          activity = cases[index].lastModified
        }
        activity = max(activity, cases[index].lastModified)
      }
      add(episode: cases[first...])
    }

    private mutating func add(episode: ArraySlice<CaseStore.Case>) {
      episodes += 1
      attempts += episode.count { $0.status.isTerminal }
      successes += episode.count { $0.status == .complete }
      guard let first = episode.first, first.status.isTerminal else { return }
      firstTerminal += 1
      if first.status == .complete { firstComplete += 1 }
      if episode.contains(where: { $0.status == .complete }) { eventuallyComplete += 1 }
    }
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let cases = cohort.casesByHolder
    var rows = Action.allCases.map { Row(action: $0) }
    for part in cases {
      for group in part.runs(by: { ($0.holder, $0.action) == ($1.holder, $1.action) }) {
        let action = part[group.lowerBound].action
        for row in rows.indices where rows[row].action == action { rows[row].add(part[group]) }
      }
    }
    let shown = rows.filter { $0.episodes > 0 }
    return MetricSection(
      key: Self.key.rawValue, title: "First-pass yield",
      caption:
        "An episode is all requests of one user for one common name and action that follow each other within "
        + "7 days. First pass: the share of ended first requests that are Complete. Eventual: the share of the same "
        + "episodes with any Complete request. Requests without user, common name or usable times are in none. The "
        + "rows: user, action and common_name in instances.csv, by start.",
      sentences: shown.filter { $0.firstTerminal > 0 }.map(Self.sentence),
      figures: [
        Figure(
          "without_episode", "In no episode", .count,
          about: "Instances without user, common name or usable times.",
          .count(cohort.totals.all.total - cases.reduce(0) { $0 + $1.count }))
      ],
      charts: Self.chart(of: shown.filter { $0.firstTerminal > 0 }),
      tables: [
        MetricTable(
          .init(key: "byAction", file: "first_pass_yield"), title: "Yield by action",
          columns: Self.columns, rows: shown)
      ],
      limitation:
        "An episode that began before the window seems to begin in it, so that a first attempt of the window "
        + "may in truth be a later one.")
  }

  private static func sentence(_ row: Row) -> Sentence {
    let first = row.first.rate.map(DisplayFormat.percent) ?? ""
    let eventual = row.eventual.rate.map(DisplayFormat.percent) ?? ""
    let attempts =
      row.attemptsPerSuccess.map { "; a success takes \(DisplayFormat.number($0)) attempts" } ?? ""
    return """
      Of \(DisplayFormat.count(row.firstTerminal)) ended first requests to \(row.action.rawValue), \(first) are Complete at \
      once and \(eventual) in the end\(attempts).
      """
  }

  private static func chart(of rows: [Row]) -> [Chart] {
    if rows.isEmpty { return [] }
    return [
      .rows(
        RowChart(
          title: "Share of first requests that are Complete at once, and in the end",
          subject: "Action", measure: "Share of episodes, with its 95% interval", scale: .shares,
          rows: rows.flatMap { row in
            [("at once", row.first), ("in the end", row.eventual)].map { when, rate in
              RowChart.Row(
                "\(row.action.rawValue), \(when)", .interval(rate),
                figures: rate.rate.map(DisplayFormat.percent) ?? "")
            }
          }))
    ]
  }

  private static let columns: [Column<Row>] =
    [
      Column("action", "Action", .text, about: "What was asked for.") {
        .term($0.action.rawValue, label: $0.action.rawValue)
      },
      Column("episodes", "Episodes", .count, about: "Episodes.") { .count($0.episodes) },
      Column("first_terminal", "First ended", .count, about: "Whose first instance has ended: n.") {
        .count($0.firstTerminal)
      },
      Column("first_complete", "First Complete", .count, about: "Whose first is Complete.") {
        .count($0.firstComplete)
      },
    ] + Column.rate("First pass", prefix: "first_", about: "First Complete ÷ n.") { $0.first } + [
      .small { $0.first },
      Column("eventually_complete", "Complete in the end", .count, about: "With any Complete.") {
        .count($0.eventuallyComplete)
      }.asDetail,
    ] + Column.rate("Eventual", prefix: "eventual_", about: "These ÷ n.") { $0.eventual } + [
      Column("attempts", "Attempts", .count, about: "Terminal instances of all episodes.") {
        .count($0.attempts)
      }.asDetail,
      Column("successes", "Successes", .count, about: "Complete ones among them.") {
        .count($0.successes)
      }.asDetail,
      Column("attempts_per_success", "Attempts per success", .number, about: "Their ratio.") {
        .number($0.attemptsPerSuccess)
      },
    ]
}
