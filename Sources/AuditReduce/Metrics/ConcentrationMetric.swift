import AuditModel

/// `concentration`: how much of the work few users start, and how much people do against automation.
///
/// Definition: shares of the instances whose title names a user; Herfindahl–Hirschman index = Σ share², between 0 and 1.
/// Automation = the timer and the configured service users. Source: A. O. Hirschman, American Economic Review 54 (1964).
/// Limits: pools workflow types; an OAuth client counts as a person unless the configuration names it.
struct ConcentrationMetric: Metric {
  static let key = MetricKey("concentration")
  static let about =
    "How much of the work few users start, and the shares of people and automation. hhi is the Herfindahl–Hirschman index: 1 when one user does everything, near 0 when many do little each."
  static let figures: [ReportFigure] = [
    .single("concentration", "top1", .ratio, n: "named"),
    .single("concentration", "top5", .ratio, n: "named"),
    .single("concentration", "hhi", .number, n: "named"),
  ]

  init(plan: ReductionPlan) {}

  private struct Row {
    var user: Name
    var kind: User.Kind
    var isAutomation: Bool
    var instances: Int
    var share: Double
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let named = cohort.users.entries.map(\.instances).reduce(0, +)
    let rows = cohort.users.entries.map { entry in
      Row(
        user: entry.spelling.spelling, kind: entry.kind,
        isAutomation: entry.kind == .timer || cohort.plan.settings.serviceUsers.contains(entry.key),
        instances: entry.instances, share: Double(entry.instances) / Double(named))
    }.inOrder { GroupOrder(count: $0.instances, names: [$0.user]) }
    let people = rows.filter { !$0.isAutomation }.map(\.instances).reduce(0, +)
    return MetricSection(
      key: Self.key.rawValue, title: "Concentration",
      caption:
        "Shares of the requests whose title names a user, all workflow types together. Automation is the timer and the "
        + "configured service accounts. Source: tables/concentration.csv; instances.csv, column user.",
      sentences: Self.sentences(rows, named: named, people: people),
      figures: Self.figures(rows, named: named, people: people, cohort).map(\.asDetail),
      charts: .rows(Self.chart(of: rows, named: named)),
      tables: [
        MetricTable(
          .init(key: "users", file: "concentration", listed: 100, isOnPage: false),
          title: "Requests by user", columns: Self.columns, rows: rows)
      ]
    ).placed(in: "patterns", nothingFound: rows.isEmpty ? ["concentration"] : [])
  }

  /// How many users are drawn each by themselves.
  private static let drawnUsers = 5

  private static func chart(of rows: [Row], named: Int) -> RowChart {
    var drawn = 0
    var chart = RowChart(
      title: "Requests of the users with most, and of all others together", subject: "User",
      measure: "Share of all requests", figures: "Share · so far",
      scale: .shares,
      key: [.init("People", .good), .init("Automation", .open)],
      rows: rows.prefix(drawnUsers).map { row in
        drawn += row.instances
        return RowChart.Row(
          "\(name: row.user.string)", .parts(row.isAutomation ? [0, row.share] : [row.share]),
          figures: figures(row.instances, upTo: drawn, of: named))
      })
    let others = rows.dropFirst(drawnUsers)
    if !others.isEmpty {
      let shares = [false, true].map { automation in
        Double(others.filter { $0.isAutomation == automation }.map(\.instances).reduce(0, +))
          / Double(named)
      }
      chart.rows.append(
        RowChart.Row(
          "\(DisplayFormat.count(others.count, "other user"))", .parts(shares),
          figures: figures(named - drawn, upTo: named, of: named)))
    }
    return chart
  }

  private static func figures(_ instances: Int, upTo sum: Int, of named: Int) -> String {
    [instances, sum].map { DisplayFormat.percent(Double($0) / Double(named)) }
      .joined(separator: " · ")
  }

  private static func sentences(_ rows: [Row], named: Int, people: Int) -> [Sentence] {
    guard let first = rows.first else { return [] }
    let index = rows.map { $0.share * $0.share }.reduce(0, +)
    return [
      """
      Concentration: \(level(index)) (\(DisplayFormat.number(index)) on a scale of 0 to 1). \(name: first.user.string) \
      started \(DisplayFormat.percent(first.share)) of \(Counted(named, "request").phrase), the first five users together \
      \(DisplayFormat.percent(top(5, of: rows, named) ?? 0)); people started \
      \(DisplayFormat.percent(Double(people) / Double(named))).
      """
    ]
  }

  /// The bounds are those that competition authorities use for markets.
  private static func level(_ index: Double) -> String {
    index < 0.15 ? "low" : index < 0.25 ? "moderate" : "high"
  }

  /// The share of the users with most instances; one division, so that it is exact.
  private static func top(_ count: Int, of rows: [Row], _ named: Int) -> Double? {
    named == 0
      ? nil : Double(rows.prefix(count).map(\.instances).reduce(0, +)) / Double(named)
  }

  private static func figures(
    _ rows: [Row], named: Int, people: Int, _ cohort: Cohort
  ) -> [Figure] {
    [
      Figure("named", "Named", .count, about: "Instances whose title names a user.", .count(named)),
      Figure(
        "without_user", "Without user", .count, about: "Those whose title names none.",
        .count(cohort.users.withoutUser)),
      Figure("user_count", "Users", .count, about: "Distinct users.", .count(rows.count)),
      Figure(
        "top1", "First user", .ratio, about: "The share of the user with most instances.",
        .ratio(top(1, of: rows, named))),
      Figure(
        "top5", "First five", .ratio, about: "The share of the five users with most instances.",
        .ratio(top(5, of: rows, named))),
      Figure(
        "hhi", "Herfindahl–Hirschman index", .number, about: "The sum of squared shares.",
        .number(named == 0 ? nil : rows.map { $0.share * $0.share }.reduce(0, +))),
      Figure("people", "By people", .count, about: "Instances started by people.", .count(people)),
      Figure(
        "automation", "By automation", .count, about: "Instances started by automation.",
        .count(named - people)),
    ]
      + Figure.rate(
        "people", "Share of people", about: "People ÷ named.", people, of: named)
  }

  private static let columns: [Column<Row>] = [
    .name("user", "User", about: "As spelled in the smallest reference id.") { $0.user },
    .word("user_kind", "Kind", about: "timer, domain, principal or client.") { $0.kind.rawValue },
    .flag("automation", "Automation", about: "Whether it is the timer or a service.") {
      $0.isAutomation
    },
    .count("instances", "Instances", about: "Instances that the user started.") { $0.instances },
    .ratio("share", "Share", about: "Of all instances whose title names a user.") { $0.share },
  ]
}
