import AuditModel

/// `approvals`: who decided, and when, as far as a file from elsewhere says so.
///
/// Definition: required = terminal instances of approval-bearing definitions; decided = those of them with a decision that
/// names them by GUID or reference id, and by nothing else; coverage = decided ÷ required. The instant of a decision is the
/// earliest `rejected`, else the latest `approved`; from the start to it an event, open and superseded instances censored
/// as in ``DurationStore``. Shares are those of all pairs of an approver and a decided instance. Limits: the file is the
/// word of whoever brings it.
struct ApprovalsMetric: Metric {
  static let key = MetricKey("approvals")
  static let about =
    "Who decided, and when, by the file of --approvals: how many decisions it covers, and patterns in them."
  static let needs: Set<MetricNeed> = [.durations, .approvals, .decisions]
  static let figures = ApprovalsDocument.figures

  /// How long after the last activity a decision still belongs to it, in milliseconds.
  private static let settling: Int64 = 300_000

  /// An instance with decisions on it.
  private struct Case: Sendable {
    var referenceID: Int64
    var id: InstanceID
    var status: Status
    var isUsable: Bool
    var start: Instant?
    var lastModified: Instant?
    var definition: Definition
    var user: User?
    var links: [DecisionLink]

    var type: TypedDefinition { TypedDefinition(definition) }
    /// When it ended; `nil` of one that has not, and where that is not known.
    var end: Instant? {
      isUsable && (status.isTerminal || status.isSuperseded) ? lastModified : nil
    }
  }

  private var indices: [DecisionIndex] = []
  private var cases: [Case] = []
  private var contradictions: [DecisionLink] = []

  init(plan: ReductionPlan) {
    if let decisions = plan.decisions { indices = [decisions] }
  }

  mutating func add(_ instance: borrowing BatchedInstance) {
    guard let index = indices.first,
      let found = index.decisions(on: instance.id, instance.referenceID)
    else { return }
    contradictions += found.contradictions.map { DecisionLink(index: index, number: $0) }
    if found.decisions.isEmpty { return }
    cases.append(
      Case(
        referenceID: instance.referenceID, id: instance.id, status: instance.status,
        isUsable: instance.hasUsableTimes, start: instance.start,
        lastModified: instance.lastModified, definition: instance.definition, user: instance.user,
        links: found.decisions.map { DecisionLink(index: index, number: $0) }))
  }

  mutating func merge(_ other: ApprovalsMetric) {
    for index in other.indices where !indices.contains(where: { $0 === index }) {
      indices.append(index)
    }
    cases += other.cases
    contradictions += other.contradictions
  }

  func finish(_ cohort: Cohort) -> ApprovalsDocument {
    let calendar = cohort.plan.calendar
    let bearing = cohort.approvalDefinitions
    var tally = Tally()
    var document = ApprovalsDocument()
    for record in cases {
      let links = Self.distinct(record.links)
      for link in record.links { tally.linked.insert(DecisionKey(link.decision)) }
      for link in links { tally.kept.insert(DecisionKey(link.decision)) }
      let isRequired =
        record.status.isTerminal && record.definition.id.map(bearing.contains) ?? false
      let deciding = Self.deciding(links.map(\.decision))
      for (place, link) in links.enumerated() {
        document.decisions.append(
          Self.row(
            link.decision, on: record, counts: isRequired, isDeciding: place == deciding, calendar,
            cohort))
      }
      guard isRequired else { continue }
      document.decided += 1
      tally.add(record, links.map(\.decision))
      if let start = record.start, record.isUsable {
        let time = links[deciding].decision.at.milliseconds(since: start)
        if time >= 0, let end = record.end {
          tally.times[record.type, default: []].append(time)
          tally.bounds[record.type, default: []].append(end.milliseconds(since: start))
        }
      }
    }
    document.decisions.sort { $0.precedes($1) }
    document.contradictions = contradictions.map(\.decision.line).sorted()
    document.required =
      cohort.totals.byDefinition.filter { $0.key.id.map(bearing.contains) ?? false }
      .values.reduce(0) { $0 + $1.terminal }
    document.decisionTime = cohort.turnaround?.over(bearing, ending: tally.times) ?? []
    document.upperBound = cohort.turnaround?.over(bearing, ending: tally.bounds) ?? []
    document.hasCalendar = calendar != nil
    enterFiles(&document, tally)
    tally.enter(&document)
    return document
  }

  /// What the files hold, whether it is linked or not.
  private func enterFiles(_ document: inout ApprovalsDocument, _ tally: Tally) {
    let all = indices.count == 1 ? indices[0] : DecisionIndex(indices.flatMap(\.files))
    document.files = all.files.map(\.name)
    document.rows = all.files.reduce(0) { $0 + $1.rows }
    document.otherRows = all.files.reduce(0) { $0 + $1.otherRows }
    document.unusedColumns = Set(all.files.flatMap(\.unusedColumns)).sorted().map(\.string)
    let unlinked = Set(all.decisions.map(DecisionKey.init)).subtracting(tally.linked)
    document.unlinked = unlinked.count
    document.duplicates = all.decisions.count - tally.kept.count - unlinked.count
  }

  /// The decisions on one instance, in order, each once.
  private static func distinct(_ links: [DecisionLink]) -> [DecisionLink] {
    let sorted = links.sorted { left, right in
      let (one, other) = (left.decision, right.decision)
      if one.at != other.at { return one.at < other.at }
      if one.approver.key != other.approver.key { return one.approver.key < other.approver.key }
      if one.outcome != other.outcome { return one.outcome == .approved }
      return (one.line, left.number) < (other.line, right.number)
    }
    return sorted.enumerated().filter { index, link in
      guard index > 0 else { return true }
      let (one, before) = (link.decision, sorted[index - 1].decision)
      return one.at != before.at || one.approver.key != before.approver.key
        || one.outcome != before.outcome
    }.map(\.element)
  }

  /// The place of the decision that ended the matter: the earliest `rejected`, else the latest `approved`.
  private static func deciding(_ decisions: [Decision]) -> Int {
    decisions.firstIndex { $0.outcome == .rejected } ?? decisions.count - 1
  }

  private static func row(
    _ decision: Decision, on record: Case, counts: Bool, isDeciding: Bool,
    _ calendar: BusinessCalendar?, _ cohort: Cohort
  ) -> ApprovalsDocument.Row {
    ApprovalsDocument.Row(
      referenceID: record.referenceID, id: record.id, status: record.status,
      workflowType: record.definition.workflowType, definitionID: record.definition.id,
      definitionName: cohort.totals.name(of: record.definition.id), user: record.user?.spelling,
      decision: decision, counts: counts, isDeciding: isDeciding,
      time: record.isUsable ? record.start.map { decision.at.milliseconds(since: $0) } : nil,
      upperBound: record.end.flatMap { end in record.start.map { end.milliseconds(since: $0) } },
      isOwn: record.user.map { $0.key == decision.approver.key },
      isAfterEnd: record.end.map { decision.at.milliseconds(since: $0) > settling },
      isOutsideHours: calendar.map { !$0.isOpen(at: decision.at) })
  }
}

extension ApprovalsMetric {
  /// What is counted over the instances with decisions.
  private struct Tally {
    /// The decisions that name an instance, and of equal ones those that count.
    var linked: Set<DecisionKey> = []
    var kept: Set<DecisionKey> = []
    /// From the start to the decision, in milliseconds, by definition.
    var times: [TypedDefinition: [Int64]] = [:]
    /// From the start to the last activity of the same instances.
    var bounds: [TypedDefinition: [Int64]] = [:]
    /// Reference ids of instances that their own requester decided.
    private var own: [Int64] = []
    private var withoutUser = 0
    private var deciders: [Name: (spelling: OldestSpelling, decided: Int)] = [:]

    mutating func add(_ record: Case, _ decisions: [Decision]) {
      if record.user == nil { withoutUser += 1 }
      if let user = record.user, decisions.contains(where: { $0.approver.key == user.key }) {
        own.append(record.referenceID)
      }
      var counted: Set<Name> = []
      for approver in decisions.map(\.approver) {
        let spelling = OldestSpelling(approver.spelling, of: record.referenceID)
        var decider = deciders[approver.key] ?? (spelling, 0)
        decider.spelling.merge(spelling)
        if counted.insert(approver.key).inserted { decider.decided += 1 }
        deciders[approver.key] = decider
      }
    }

    func enter(_ document: inout ApprovalsDocument) {
      document.selfDecided = own.sorted()
      document.withoutUser = withoutUser
      document.deciders = deciders.values.map { spelling, decided in
        (name: spelling.spelling, decided: decided)
      }.inOrder { GroupOrder(count: $0.decided, names: [$0.name]) }.map {
        .init(approver: $0.name.string, decided: $0.decided)
      }
    }
  }
}
