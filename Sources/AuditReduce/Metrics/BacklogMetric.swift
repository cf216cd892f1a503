import AuditModel

/// `backlog`: what is still open, how old it is and how long nothing has happened to it.
///
/// Definition: every open instance of the cohort, and the older ones that a second query returned; age = `T − s`, idle =
/// `T − m`; percentiles by ``QuantileType7``. Limits: those with unusable times are listed, but in no age and no idle
/// time; instances that were open at `T` and are not returned any more are unknown.
struct BacklogMetric: Metric {
  static let key = MetricKey("backlog")
  static let about =
    "What is still open at the status date: how many requests, how old they are, how long nothing has happened to them, and what they wait for."
  static let figures: [ReportFigure] = [
    .single("backlog", "oldestAge", .duration), .single("backlog", "idleMax", .duration),
    .single("backlog", "open", .count), .single("backlog", "awaitingApproval", .count),
  ]

  /// What is kept of an open instance; names by their numbers.
  private struct Open: Sendable {
    let referenceID: Int64
    let id: InstanceID
    // In this order, what is small lies in what optional instants leave free.
    let start: Instant?
    let status: Status
    let isOlder: Bool
    let quality: DataQuality
    let lastModified: Instant?
    var workflowType: Int32
    let approvalsOutstanding: Int64?
    var definitionID: Int32
    /// Until when it was watched, where its part has an as-of instant of its own.
    var watchedUntil: Instant?
    var definitionName: Int32
    var user: Int32
    var step: Int32

    init(_ instance: borrowing BatchedInstance, isOlder: Bool, _ names: inout NameIndex) {
      referenceID = instance.referenceID
      id = instance.id
      start = instance.start
      status = instance.status
      self.isOlder = isOlder
      quality = instance.quality.subtracting(.outOfWindow)
      lastModified = instance.lastModified
      workflowType = names.number(of: instance.definition.workflowType)
      approvalsOutstanding = instance.approvalsOutstanding
      definitionID = names.number(of: instance.definition.id)
      definitionName = names.number(of: instance.definition.name)
      user = names.number(of: instance.user?.spelling)
      step = names.number(of: instance.step.name)
    }

    /// Takes other numbers for its names.
    mutating func renumber(_ number: (Int32) -> Int32) {
      workflowType = number(workflowType)
      definitionID = number(definitionID)
      definitionName = number(definitionName)
      user = number(user)
      step = number(step)
    }
  }

  /// An open instance as of T.
  private struct Row {
    let open: Open
    /// All names, by their numbers.
    let names: [Name]
    /// `nil` when its times are unusable.
    var age: Int64?
    var idle: Int64?

    var workflowType: Name? { name(open.workflowType) }
    var definitionID: Name? { name(open.definitionID) }
    var definitionName: Name? { name(open.definitionName) }
    var user: Name? { name(open.user) }
    var step: Name? { name(open.step) }

    private func name(_ number: Int32) -> Name? { number < 0 ? nil : names[Int(number)] }
  }

  /// The open instances by reference id, each row made when it is asked for.
  private struct Rows: RandomAccessCollection, Sendable {
    let startIndex = 0
    var endIndex: Int { order.count }
    private let open: [Open]
    private let names: [Name]
    private let order: [Int]
    private let asOf: Instant

    init(_ open: [Open], _ names: NameIndex, asOf: Instant) {
      self.open = open
      self.names = names.names
      self.asOf = asOf
      order = open.indices.sorted {
        (open[$0].referenceID, open[$0].id) < (open[$1].referenceID, open[$1].id)
      }
    }

    subscript(index: Int) -> Row {
      let open = open[order[index]]
      var row = Row(open: open, names: names)
      let asOf = open.watchedUntil ?? asOf
      if open.quality.isDisjoint(with: .unusableTimes), let start = open.start,
        let lastModified = open.lastModified, start <= asOf
      {
        row.age = asOf.milliseconds(since: start)
        row.idle = Swift.max(0, asOf.milliseconds(since: lastModified))
      }
      return row
    }
  }

  /// The instances of one workflow type in one age bucket.
  private struct Bucket {
    var workflowType: Name?
    var from: Int64
    var to: Int64?
    var open: Int
  }

  /// The lower ends of the age buckets: 0, 4 h, 24 h, 3 d, 7 d and 30 d, in milliseconds.
  private static let bucketStarts: [Int64] = [0, 4, 24, 72, 168, 720].map { $0 * 3_600_000 }

  private var open: [Open] = []
  private var names = NameIndex()
  /// How many were open in their part and have ended since.
  private var ended = 0

  init(plan: ReductionPlan) {}

  mutating func add(_ instance: borrowing BatchedInstance) {
    if instance.status.isOpen { open.append(Open(instance, isOlder: false, &names)) }
  }

  mutating func addOlder(_ instance: borrowing BatchedInstance) {
    open.append(Open(instance, isOlder: true, &names))
  }

  mutating func merge(_ other: BacklogMetric) {
    ended += other.ended
    let moved = other.names.names.map { names.number(of: $0) }
    for var added in other.open {
      added.renumber { $0 < 0 ? $0 : moved[Int($0)] }
      open.append(added)
    }
  }

  mutating func closeObservation(at end: ObservationEnd) {
    if let endedBefore = end.endedBefore {
      let count = open.count
      open.removeAll { open in
        guard let start = open.start else { return false }
        return start < endedBefore && !end.stillOpen.contains(open.referenceID)
      }
      ended += count - open.count
    }
    for index in open.indices { open[index].watchedUntil = end.asOf }
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let rows = Rows(open, names, asOf: cohort.asOf)
    var section = MetricSection(
      key: Self.key.rawValue, title: "Open requests",
      caption:
        "Every request that is open as of the end of the read, older ones that started before the period included. Age "
        + "runs from the start, idle time from the last activity. Source: tables/backlog.csv.",
      sentences: sentences(rows), figures: figures(rows, cohort).map(\.asDetail),
      charts: rows.isEmpty ? [] : [.matrix(chart(of: rows))],
      tables: [
        MetricTable(
          .init(key: "byAge", file: nil, isOnPage: false), title: "Open requests by age",
          columns: Self.ageColumns,
          rows: buckets(of: rows)),
        MetricTable(
          .init(key: nil, file: "backlog"), title: "Open requests, by reference ID",
          columns: Self.columns, rows: rows),
      ],
      limitation: limitation(cohort)
    ).placed(in: "open-requests", nothingFound: rows.isEmpty ? ["open requests"] : [])
    section.followUp = followUp(rows, cohort)
    return section
  }

  /// For how long a request may be open where its workflow type has no service level: 7 days, in milliseconds.
  private static let longestOpen: Int64 = 7 * 86_400_000

  /// Those that are open for longer than the longest service level of their type allows.
  private func followUp(_ rows: Rows, _ cohort: Cohort) -> [FollowUp] {
    var ids: [Int64] = []
    var oldest: Row?
    for row in rows {
      guard let age = row.age else { continue }
      let limits = row.workflowType.flatMap { cohort.plan.settings.serviceLevels[$0] }
      if age <= limits?.max() ?? Self.longestOpen { continue }
      ids.append(row.open.referenceID)
      if age > oldest?.age ?? 0 { oldest = row }
    }
    guard let oldest else { return [] }
    let late = Counted(ids.count, "request")
    let what: Sentence = """
      \(name: oldest.definitionName?.string, or: "no workflow definition")\
      \(sentence: oldest.user.map { ", \(name: $0.string)" } ?? ""), open for \(Self.words(oldest.age)), idle for \
      \(Self.words(oldest.idle))\(Self.waiting(oldest))
      """
    return [
      FollowUp(
        .openTooLong,
        ids.count == 1
          ? "Request \(String(oldest.open.referenceID)) (\(sentence: what))."
          : """
          \(late.start) are open beyond their service level or 7 d; the oldest is \(String(oldest.open.referenceID)) (\(sentence: what)).
          """, section: "open-requests", ids: ids, count: ids.count)
    ]
  }

  private static func words(_ milliseconds: Int64?) -> String {
    milliseconds.map { DisplayFormat.duration(milliseconds: Double($0)) } ?? "an unknown time"
  }

  private static func waiting(_ row: Row) -> String {
    guard let approvals = row.open.approvalsOutstanding, approvals > 0 else { return "" }
    return ", waiting for \(Counted(Int(approvals), "approval").phrase)"
  }

  private func limitation(_ cohort: Cohort) -> String? {
    var sentences: [String] = []
    if let refusal = cohort.context.olderRefused {
      sentences.append(
        "Open requests lack those that started before the period: \(refusal)")
    }
    if ended > 0 {
      let instances = Counted(ended, "instance")
      let them = instances.choose("it", "them")
      sentences.append(
        "\(instances.start) that \(instances.pastVerb) open when the pack was made \(instances.verb) not among the open "
          + "requests: a later read of the server no longer found \(them) open. How and when "
          + "\(instances.choose("it", "they")) ended is in no pack; all other figures count \(them) as open."
      )
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  private func sentences(_ rows: Rows) -> [Sentence] {
    if rows.isEmpty { return [] }
    let open = Counted(rows.count, "request")
    let awaiting = rows.count { ($0.open.approvalsOutstanding ?? 0) > 0 }
    let waits =
      awaiting == 0
      ? ""
      : rows.count == 1
        ? " It is waiting for approval."
        : " \(DisplayFormat.count(awaiting)) of them \(Counted(awaiting, "").verb) waiting for approval."
    guard let oldest = Self.oldest(rows) else {
      return ["\(open.start) \(open.verb) open.\(waits)"]
    }
    let (which, age) = (String(oldest.open.referenceID), Self.words(oldest.age))
    return [
      rows.count == 1
        ? "1 request is open: \(which), for \(age).\(waits)"
        : "\(open.start) are open; the oldest, \(which), has been open for \(age).\(waits)"
    ]
  }

  private static func oldest(_ rows: Rows) -> Row? {
    // Of several the first, which has the smallest reference id.
    rows.lazy.filter { $0.age != nil }.max { ($0.age ?? 0) < ($1.age ?? 0) }
  }

  private func figures(_ rows: Rows, _ cohort: Cohort) -> [Figure] {
    let refusal = cohort.context.olderRefused
    let older = rows.count { $0.open.isOlder }
    let oldest = Self.oldest(rows)
    let idle = QuantileType7.percentiles(of: AscendingTimes(rows.compactMap(\.idle)))
    let approvals = rows.compactMap(\.open.approvalsOutstanding)
    return [
      Figure("open", "Open", .count, about: "Open requests.", .count(rows.count)),
      Figure(
        "in_window", "Of the window", .count, about: "Those that started in the window.",
        .count(rows.count - older)),
      Figure(
        "older", "Older", .count, about: "Those that started before it; missing where refused.",
        refusal == nil ? .count(older) : .missing(.none)),
      Figure(
        "older_reason", "Why not", .text, about: "Why the older ones are missing.",
        .text(refusal)),
      Figure(
        "without_times", "Without usable times", .count, about: "In no age and no idle time.",
        .count(rows.count { $0.age == nil })),
      Figure(
        "oldest_reference_id", "Oldest", .identifier, about: "The reference id of the oldest.",
        .identifier(oldest?.open.referenceID)),
      Figure(
        "oldest_age", "Its age", .duration, about: "The age of the oldest.",
        .duration(oldest?.age)),
      Figure("idle_n", "Idle times", .count, about: "Those with usable times.", .count(idle.n)),
      Figure(
        "idle_p50", "Idle, median", .duration, about: "The median of idle times.",
        .duration(idle.p50, or: .tooFew)),
      Figure(
        "idle_p90", "Idle, 90%", .duration, about: "The 90th percentile of idle times.",
        .duration(idle.p90, or: .tooFew)),
      Figure(
        "idle_max", "Idle, longest", .duration, about: "The longest idle time.",
        .duration(idle.max, or: .tooFew)),
      Figure(
        "awaiting_approval", "Awaiting approval", .count,
        about: "Requests whose message names outstanding approvals.",
        .count(approvals.count { $0 > 0 })),
      Figure(
        "approvals_outstanding", "Approvals outstanding", .count, about: "The sum of these.",
        .count(Self.sum(approvals))),
    ]
  }

  /// Messages may hold any number; a sum that is too large stops at the largest.
  private static func sum(_ numbers: [Int64]) -> Int {
    numbers.reduce(0) { sum, number in
      let (next, overflow) = sum.addingReportingOverflow(Int(number))
      return overflow ? .max : next
    }
  }

  private func buckets(of rows: Rows) -> [Bucket] {
    var types: [Name?: (all: Int, byAge: [Int])] = [:]
    for row in rows {
      var counts = types[row.workflowType] ?? (0, Self.bucketStarts.map { _ in 0 })
      counts.all += 1
      if let age = row.age {
        counts.byAge[Self.bucketStarts.partitioningIndex { $0 > age } - 1] += 1
      }
      types[row.workflowType] = counts
    }
    return types.inOrder { GroupOrder(count: $0.value.all, names: [$0.key]) }.flatMap {
      type, counts in
      Self.bucketStarts.indices.map { index in
        Bucket(
          workflowType: type, from: Self.bucketStarts[index],
          to: Self.bucketStarts.dropFirst(index + 1).first, open: counts.byAge[index])
      }
    }
  }

  private func chart(of rows: Rows) -> MatrixChart {
    let buckets = buckets(of: rows)
    return MatrixChart(
      title: "Open requests by age", axis: "Workflow type",
      columns: ["under 4 h", "4 to 24 h", "1 to 3 d", "3 to 7 d", "7 to 30 d", "30 d and more"],
      rows: buckets.runs { $0.workflowType == $1.workflowType }.map { run in
        (
          name: .name(buckets[run.lowerBound].workflowType?.string),
          counts: buckets[run].map(\.open)
        )
      })
  }

  private static let ageColumns: [Column<Bucket>] = [
    .name("workflow_type", "Workflow type", about: "The type of workflow.") { $0.workflowType },
    .duration("age_from", "From", about: "The least age in the row.") { $0.from },
    .duration("age_to", "To below", about: "The first age beyond it.") { $0.to },
    .count("open", "Open", about: "Open requests of this age.") { $0.open },
  ]

  private static let columns: [Column<Row>] = [
    .identifier("reference_id", "Reference ID", about: "The server's number.") {
      $0.open.referenceID
    },
    .word("id", "ID", about: "The instance's GUID.") { $0.open.id.description }.asDetail,
    .flag("older", "From before", about: "Whether it started before the window.") {
      $0.open.isOlder
    },
    .word("status", "Status", about: "Running or Suspended.") { $0.open.status.name }.asDetail,
    .name("workflow_type", "Workflow type", about: "The type of workflow.") { $0.workflowType },
    .name("definition_id", "Definition ID", about: "The definition's GUID.") {
      $0.definitionID
    }.asDetail,
    .name("definition_name", "Definition", about: "The definition's name.") { $0.definitionName },
    .name("user", "User", about: "The initiating user, as this instance spells it.") { $0.user },
    .name("step_name", "Step", about: "The step it stands at.") { $0.step }.asDetail,
    .instant("start", "Start", about: "When it started.") { $0.open.start }.asDetail,
    .instant("last_modified", "Last activity", about: "When it last moved.") {
      $0.open.lastModified
    }.asDetail,
    .duration("age_ms", "Age", about: "Missing when its times are unusable.") { $0.age },
    .duration("idle_ms", "Idle", about: "Missing when its times are unusable.") { $0.idle },
    .count("approvals_outstanding", "Approvals awaited", about: "As its message says.") {
      $0.open.approvalsOutstanding.map { Int($0) }
    },
    Column("data_quality", "Data quality", .text, about: "Flags joined by semicolons.") {
      $0.open.quality.isEmpty
        ? .missing(.none)
        : .term($0.open.quality.names.joined(separator: ";"), label: "odd")
    }.asDetail,
  ]
}
