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
  static let about =
    "How often the first attempt at a certificate completes, how often any attempt does, and how many attempts a success takes."
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
    let drawn = shown.filter { $0.firstTerminal > 0 }
    var section = MetricSection(
      key: Self.key.rawValue, title: "Succeeded at first attempt",
      caption:
        "An attempt series is all requests of one user for one common name and action that follow each other within 7 "
        + "days. Requests without user, common name or usable times are in none. Source: tables/first_pass_yield.csv; "
        + "instances.csv, columns user, action and common_name, by start.",
      sentences: [],
      figures: [
        Figure(
          "without_episode", "In no episode", .count,
          about: "Instances without user, common name or usable times.",
          .count(cohort.totals.all.total - cases.reduce(0) { $0 + $1.count })
        ).asDetail
      ],
      charts: .rows(Self.chart(of: drawn)),
      tables: [
        MetricTable(
          .init(key: "byAction", file: "first_pass_yield", isOnPage: false),
          title: "Success at the first attempt, by action",
          columns: Self.columns, rows: shown)
      ],
      limitation:
        "A first attempt in this period may be a repeat of one before it."
    ).placed(
      in: "patterns", nothingFound: drawn.isEmpty ? ["first attempts that finished"] : [])
    section.isLast = true
    return section
  }

  private static func name(of action: Action) -> String {
    action.rawValue.prefix(1).uppercased() + action.rawValue.dropFirst()
  }

  private static func chart(of rows: [Row]) -> RowChart {
    RowChart(
      title: "Share that succeeded at the first attempt, and eventually", subject: "Action",
      measure: "Share of attempt series, with its 95% confidence interval", scale: .shares,
      rows: rows.flatMap { row in
        let attempts =
          row.attemptsPerSuccess.map { " · \(DisplayFormat.number($0)) attempts each" } ?? ""
        return [
          ("at first", row.first, " of \(DisplayFormat.count(row.firstTerminal))"),
          ("eventually", row.eventual, attempts),
        ].map { when, rate, rest in
          RowChart.Row(
            "\(name(of: row.action)), \(when)", .interval(rate),
            figures: (rate.rate.map(DisplayFormat.percent) ?? "") + rest)
        }
      })
  }

  private static let columns: [Column<Row>] =
    [
      .word("action", "Action", about: "What was asked for.") { $0.action.rawValue },
      .count("episodes", "Episodes", about: "Episodes.") { $0.episodes },
      .count("first_terminal", "First ended", about: "Whose first instance has ended: n.") {
        $0.firstTerminal
      },
      .count("first_complete", "First Complete", about: "Whose first is Complete.") {
        $0.firstComplete
      },
    ] + Column.rate("First pass", prefix: "first_", about: "First Complete ÷ n.") { $0.first } + [
      .small { $0.first },
      .count("eventually_complete", "Complete in the end", about: "With any Complete.") {
        $0.eventuallyComplete
      }.asDetail,
    ] + Column.rate("Eventual", prefix: "eventual_", about: "These ÷ n.") { $0.eventual } + [
      .count("attempts", "Attempts", about: "Terminal instances of all episodes.") {
        $0.attempts
      }.asDetail,
      .count("successes", "Successes", about: "Complete ones among them.") { $0.successes }
        .asDetail,
      Column("attempts_per_success", "Attempts per success", .number, about: "Their ratio.") {
        .number($0.attemptsPerSuccess)
      },
    ]
}
