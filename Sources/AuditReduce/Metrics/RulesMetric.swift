package import AuditModel

/// `rules`: the instances that fulfil each rule of the policy.
///
/// Definition: k = the cohort's instances whose row of instances.csv fulfils the rule's condition, n = all instances of
/// the cohort; tests of age are made at the as-of instant. Limits: what a rule is about is the word of the policy's authors.
struct RulesMetric: Metric {
  static let key = MetricKey("rules")
  static let about =
    "The instances whose rows fulfil the rules of the policy: how many of all, and which."
  static let needs: Set<MetricNeed> = [.rules]
  static let members = ReportFigure.Members("instances", n: "rate.n")
  static let figures = [ReportFigure("rules", .count, in: "rules", by: ["id"], members)]
  /// The names that a rule compares with are those that people have.
  static let readsNames = true

  private var tallies: [RuleTally]

  init(plan: ReductionPlan) {
    tallies = plan.rules.map(RuleTally.init)
  }

  mutating func add(_ batch: borrowing InstanceBatch) {
    for index in tallies.indices { tallies[index].add(batch) }
  }

  mutating func merge(_ other: RulesMetric) {
    for index in tallies.indices { tallies[index].merge(other.tallies[index]) }
  }

  mutating func closeObservation(at end: ObservationEnd) {
    for index in tallies.indices { tallies[index].settle(asOf: end.asOf) }
  }

  func finish(_ cohort: Cohort) -> RulesDocument {
    RulesDocument(
      rules: zip(cohort.plan.rules, tallies).map { rule, tally in
        var tally = tally
        tally.settle(asOf: cohort.asOf)
        return .init(
          id: rule.id, title: rule.title, instances: tally.instances,
          all: cohort.totals.all.total, ids: tally.first.ids)
      })
  }
}

extension RowRule {
  /// How many instances fulfil it, as policy checks of the same policy ask for it.
  package var figure: ReportFigure {
    let key = RulesMetric.key.rawValue
    return ReportFigure("\(key).\(id)", .count, in: key, RulesMetric.members)
  }
}

/// The instances that fulfil one rule.
private struct RuleTally: Reducer {
  /// Where an instance begins to fulfil the rule, or ceases to, as the as-of instant gets later.
  private struct Turn: Sendable {
    var referenceID: Int64
    /// The last as-of instant before it.
    var after: Int64
  }

  private let predicate: RowPredicate
  private let ages: [(column: InstanceColumn, than: Int64)]
  /// How many fulfil it whatever the as-of instant.
  private(set) var instances = 0
  /// The first of them.
  private(set) var first = FirstIDs()
  /// What depends on the as-of instant, which is known only after the last row: an instance fulfils the rule when an odd
  /// number of its turns lies before.
  private var turns: [Turn] = []
  /// Kept for its storage.
  private var moments: [Int64] = []

  init(_ rule: RowRule) {
    predicate = rule.condition.predicate
    ages = rule.condition.ages
  }

  mutating func add(_ row: borrowing BatchedInstance) {
    var isFulfilled = predicate.holds(row, .min)
    // With one test of age there is one other answer, and for most rows it is the same.
    if ages.isEmpty || ages.count == 1 && predicate.holds(row, .max) == isFulfilled {
      if isFulfilled { count(row.referenceID) }
      return
    }
    findMoments(in: row)
    let first = turns.count
    if isFulfilled { turns.append(Turn(referenceID: row.referenceID, after: .min)) }
    for moment in moments where predicate.holds(row, moment + 1) != isFulfilled {
      isFulfilled.toggle()
      turns.append(Turn(referenceID: row.referenceID, after: moment))
    }
    if turns.count == first + 1, turns[first].after == .min {
      turns.removeLast()
      count(row.referenceID)
    }
  }

  /// The as-of instants after which one of the tests of age holds, ascending.
  private mutating func findMoments(in row: borrowing BatchedInstance) {
    moments.removeAll(keepingCapacity: true)
    for age in ages {
      if let moment = age.column.moment(of: row) { moments.append(moment.milliseconds + age.than) }
    }
    if moments.count > 1 { moments.sort() }
  }

  private mutating func count(_ referenceID: Int64) {
    instances += 1
    first.add(referenceID)
  }

  mutating func merge(_ other: RuleTally) {
    instances += other.instances
    first.merge(other.first)
    turns += other.turns
  }

  /// Counts those that fulfil the rule as of an instant, among those for which that makes a difference.
  mutating func settle(asOf: Instant) {
    let past = turns.filter { $0.after < asOf.milliseconds }.map(\.referenceID).sorted()
    turns = []
    for run in past.runs(by: ==) where !run.count.isMultiple(of: 2) { count(past[run.lowerBound]) }
  }
}

/// `rules`: the instances that fulfil each rule of the policy, in the policy's order.
package struct RulesDocument: Sendable, Equatable {
  /// The instances that fulfil one rule.
  struct Rule: Sendable, Equatable {
    var id: String
    var title: String
    /// Instances that fulfil it: k.
    var instances: Int
    /// All instances: n.
    var all: Int
    /// The smallest reference ids of those that fulfil it.
    var ids: [Int64]

    /// k/n.
    var rate: RateDocument { WilsonInterval.rate(instances, of: all) }
  }

  var rules: [Rule]

  /// The document over several servers: one reference id names an instance on each of them.
  package var overSeveralServers: RulesDocument {
    var document = self
    for index in document.rules.indices { document.rules[index].ids = [] }
    return document
  }
}

extension RulesDocument: Encodable {
  private enum Key: String, CodingKey { case id, title, instances, rate, ids }

  /// Writes a list of rules.
  package func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    for rule in rules {
      var members = list.nestedContainer(keyedBy: Key.self)
      try members.encode(rule.id, forKey: .id)
      try members.encode(rule.title, forKey: .title)
      try members.encode(rule.instances, forKey: .instances)
      try members.encode(CountedRate(k: rule.instances, n: rule.all), forKey: .rate)
      try members.encode(rule.ids, forKey: .ids)
    }
  }
}

extension RulesDocument: MetricResult {
  /// Its key in report.json.
  package var key: String { RulesMetric.key.rawValue }

  /// The values of the figure of all rules, and of each by its name.
  package func values(of figure: ReportFigure) -> [ReportedFigure] {
    let isOfAll = RulesMetric.figures.contains(figure)
    return rules.filter { isOfAll || figure.name.isSame(as: "\(key).\($0.id)") }.map { rule in
      ReportedFigure(
        figure, group: isOfAll ? rule.id : nil, value: Double(rule.instances), n: rule.all)
    }
  }

  /// tables/rules.csv: a row a rule.
  package var tables: [MetricTable] {
    [
      MetricTable(
        .init(key: nil, file: "rules"), title: "Instances that fulfil the rules of the policy",
        columns: Self.columns, rows: rules)
    ]
  }

  /// Each rule with its count, and below it the instances that are listed.
  package func pages(in report: ReportDocument) -> [MetricPage] {
    let found = rules.count { $0.instances > 0 }
    let sentence: Sentence =
      found == 0
      ? "No instance fulfils a rule of the policy."
      : """
      \(DisplayFormat.count(found)) of \(Counted(rules.count, "rule").phrase) of the policy \
      \(Counted(found, "").choose("is", "are")) fulfilled by at least one instance.
      """
    return [
      MetricPage(
        slot: "patterns", id: "rules", title: "Rules of the policy",
        blocks: [.sentence(sentence)] + tables.map { .table(PageTable("rules-table", $0)) }
          + rules.filter { !$0.ids.isEmpty }.map { .details($0.summary, [.sentence($0.listing)]) }
          + [
            .note(
              "The policy says what a rule looks for; whether it is a fault, only a policy check can say. At most "
                + "\(FollowUp.listedIDs) reference IDs of a rule are listed. Source: tables/rules.csv."
            )
          ])
    ]
  }

  private static let columns: [Column<Rule>] = [
    .text("id", "Rule ID", about: "Its name in the policy.") { $0.id },
    .text("title", "Rule", about: "What the policy calls it.") { $0.title },
    .count("instances", "Instances", about: "Instances that fulfil it: k.") { $0.instances },
    .count("n", "Of", about: "All instances of the period: n.") { $0.all },
    Column("share", "Share (95% interval)", .ratio, about: "k/n; empty when n is 0.") {
      .rate($0.rate)
    },
    .ratio("low", "Share, lower limit", about: "The lower Wilson 95 % limit of share.") {
      $0.rate.low
    }.asDetail,
    .ratio("high", "Share, upper limit", about: "The upper Wilson 95 % limit of share.") {
      $0.rate.high
    }.asDetail,
  ]
}

extension RulesDocument.Rule {
  /// How many of its instances are listed.
  fileprivate var summary: String {
    let all = Counted(instances, "instance").phrase
    return ids.count < instances
      ? "\(id): the first \(DisplayFormat.count(ids.count)) of \(all), by reference ID"
      : "\(id): \(all), by reference ID"
  }

  /// Their reference ids.
  fileprivate var listing: Sentence {
    "\(ids.map { String($0) }.joined(separator: ", "))."
  }
}
