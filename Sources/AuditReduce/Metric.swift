import AuditModel

/// A metric in one file: what it keeps of each instance, what it makes of that, and how it is shown.
///
/// What several metrics keep is kept once, in stores; a metric names those it needs and finds them in its ``Cohort``.
/// See <doc:AddingAMetric>.
///
/// ```swift
/// struct WaitingMetric: Metric {
///   static let key = MetricKey("waiting")
///   static let about = "Instances that wait for an approval."
///
///   private(set) var suspended = 0
///
///   init(plan: ReductionPlan) {}
///
///   mutating func add(_ instance: borrowing BatchedInstance) {
///     if instance.status == .suspended { suspended += 1 }
///   }
///
///   mutating func merge(_ other: WaitingMetric) {
///     suspended += other.suspended
///   }
///
///   func finish(_ cohort: Cohort) -> MetricSection {
///     MetricSection(
///       key: Self.key.rawValue, title: "Waiting", caption: "Instances that wait for an approval.",
///       sentences: ["\(DisplayFormat.count(suspended)) instances are suspended."],
///       figures: [
///         Figure(
///           "suspended", "Suspended", .count, about: "Instances that are suspended.",
///           .count(suspended))
///       ])
///   }
/// }
/// ```
protocol Metric: Reducer {
  /// Its name.
  static var key: MetricKey { get }

  /// What it computes, in a sentence or two, for `kfaudit explain`.
  static var about: String { get }
  /// What policies can ask of it, and what comparisons set against an earlier report.
  static var figures: [ReportFigure] { get }
  /// Which of them a history shows over time, beside those that it shows of every report.
  static var keyFigures: [KeyFigure] { get }
  /// The columns whose numbers stand for people, by their keys in report.json: a pseudonymised copy has others.
  static var numbersOfPeople: Set<String> { get }  // text: names of members, ours
  /// What it needs besides its own state.
  static var needs: Set<MetricNeed> { get }

  /// Whether its state grows with the instances rather than with the groups that they fall into.
  static var keepsInstances: Bool { get }
  /// Whether it is computed whatever is asked for.
  static var isAlwaysThere: Bool { get }
  /// Whether it reads the rows under their own names even where the report shows tokens.
  static var readsNames: Bool { get }
  /// A section, or a document of a shape of its own.
  associatedtype Result: MetricResult = MetricSection

  /// Starts without instances.
  init(plan: ReductionPlan)

  /// Counts an open instance that started before the window and so is not in the cohort.
  mutating func addOlder(_ instance: borrowing BatchedInstance)

  /// Holds a record, whatever its window, against the earlier pack's; `content` digests its line in instances.ndjson.
  mutating func observe(
    _ referenceID: Int64, _ status: Status, start: Instant?, content: () -> Fingerprint)

  /// Ends a part of the cohort that has an as-of instant of its own.
  mutating func closeObservation(at end: ObservationEnd)

  /// What it says about a cohort.
  func finish(_ cohort: Cohort) -> Result
}

/// What a metric can need.
enum MetricNeed {
  /// ``DurationStore``.
  case durations
  /// ``ApprovalStore``.
  case approvals
  /// ``CaseStore``.
  case cases
  /// Each ``Pattern``, which is found among the cases of ``CaseStore`` by what ``ApprovalStore`` knows.
  case patterns
  /// A business calendar in the configuration; without it the metric is left out.
  case calendar
  /// An earlier pack; without it the metric is left out.
  case earlierPack
  /// The definitions as the server describes them; where they are not read the metric is left out.
  case definitions
  /// A file of decisions; without it the metric is left out.
  case decisions
  /// Rules in the policy; without them the metric is left out.
  case rules
}

extension Metric {
  static var about: String { "" }
  static var figures: [ReportFigure] { [] }
  static var keyFigures: [KeyFigure] { [] }
  static var numbersOfPeople: Set<String> { [] }  // text: names of members, ours
  static var needs: Set<MetricNeed> { [] }
  static var isAlwaysThere: Bool { false }
  static var readsNames: Bool { false }
  static var keepsInstances: Bool { needs.contains(.cases) }

  mutating func add(_ instance: borrowing BatchedInstance) {}

  mutating func addOlder(_ instance: borrowing BatchedInstance) {}

  mutating func observe(
    _ referenceID: Int64, _ status: Status, start: Instant?, content: () -> Fingerprint
  ) {}

  mutating func closeObservation(at end: ObservationEnd) {}

  mutating func merge(_ other: Self) {}

  /// Whether a plan asks for it and has what it needs.
  static func isPossible(with plan: ReductionPlan) -> Bool {
    (isAlwaysThere || plan.metrics.contains(key))
      && (!needs.contains(.calendar) || plan.calendar != nil)
      && (!needs.contains(.earlierPack) || plan.earlier != nil)
      && (!needs.contains(.definitions) || plan.readsDefinitions)
      && (!needs.contains(.decisions) || plan.decisions != nil)
      && (!needs.contains(.rules) || !plan.rules.isEmpty)
  }

  /// Counts what another state of the same metric has counted.
  mutating func merge(any other: any Metric) {
    if let other = other as? Self { merge(other) }
  }
}

extension MetricSection {
  /// The same in a slot of the page, with what was looked for and not found there.
  func placed(in slot: String, nothingFound: [String] = []) -> MetricSection {
    var section = self
    section.slot = slot
    section.nothingFound = nothingFound
    return section
  }
}

extension [Chart] {
  /// A chart of rows; nothing where it has none.
  static func rows(_ chart: RowChart) -> [Chart] { chart.rows.isEmpty ? [] : [.rows(chart)] }
}

/// A metric's state over some instances: how they were split and in which order they came does not matter.
///
/// `merge` is associative and commutative, and an empty state is its identity. The state holds exact integers;
/// divisions come at the end, when a document is made of it.
protocol Reducer: Sendable {
  /// Counts an instance of the cohort.
  mutating func add(_ instance: borrowing BatchedInstance)

  /// Counts the cohort's instances of a batch: one dynamic call for all of them, and none where nothing is kept.
  mutating func add(_ batch: borrowing InstanceBatch)

  /// Counts what another state has counted.
  mutating func merge(_ other: Self)
}

extension Reducer {
  @inline(__always)
  mutating func add(_ batch: borrowing InstanceBatch) {
    batch.forEachInstance { if !$0.quality.contains(.outOfWindow) { add($0) } }
  }
}

/// An instance in its place in a batch, for those who count it: passed on by itself, it would be copied, and each of its
/// names retained.
@dynamicMemberLookup
struct BatchedInstance: Sendable {
  /// The batch.
  let batch: InstanceBatch
  /// The place of the instance in it.
  fileprivate(set) var index: Int

  /// A member of the instance.
  @inline(__always)
  subscript<Value>(dynamicMember member: KeyPath<Instance, Value>) -> Value {
    batch.instances[index][keyPath: member]
  }

  /// Whether its times can be used; the instance's own `hasUsableTimes` would be computed of a copy.
  var hasUsableTimes: Bool { self.quality.isDisjoint(with: .unusableTimes) }
}

extension InstanceBatch {
  /// Calls with each instance.
  @inline(__always)
  func forEachInstance(_ body: (borrowing BatchedInstance) -> Void) {
    var instance = BatchedInstance(batch: self, index: 0)
    for index in instances.indices {
      instance.index = index
      body(instance)
    }
  }
}
