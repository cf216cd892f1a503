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
struct RuleTally: Reducer {
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
