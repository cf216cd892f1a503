import AuditModel

/// `indicators`: patterns that somebody should look at.
///
/// Definition: `ownRevocation`, one user enrols and revokes one common name with starts at most N days apart, the nearest
/// pair of each; `hastyApproval`, Complete in under x seconds in an approval-bearing definition; `soleRejecter`, every
/// rejection of the cohort names one id; and ``RefusedThenObtained``, ``ApprovalBypass``, ``BatchEnds`` and
/// ``ManyRequesters``. Limits: indicators, not proof; the approver is not in the feed, and all but the sole rejecter leave
/// out instances with unusable times, the last four also those without a user or a common name.
struct IndicatorsMetric: Metric {
  static let key = MetricKey("indicators")
  static let about =
    "Patterns to review: one user enrolls and revokes the same name, approvals within seconds, one person who rejects everything. They can have innocent causes."
  static let figures: [ReportFigure] = [
    .single("indicators", "ownRevocations", .count),
    .single("indicators", "hastyApprovals", .count),
    .single("indicators", "refusedThenObtained", .count),
    .single("indicators", "approvalBypass", .count),
    .single("indicators", "batchEnds", .count),
    .single("indicators", "manyRequesters", .count),
  ]
  static let numbersOfPeople: Set<String> = ["rejectedById"]  // text: names of members, ours
  static let needs: Set<MetricNeed> = [.cases, .approvals, .patterns]

  /// Rejections by the id in their message; `nil` for those that name none.
  private var rejections: [Int64?: Int] = [:]

  init(plan: ReductionPlan) {}

  mutating func add(_ instance: borrowing BatchedInstance) {
    if instance.status == .rejected { rejections[instance.rejectedByID, default: 0] += 1 }
  }

  mutating func merge(_ other: IndicatorsMetric) {
    rejections.merge(other.rejections, uniquingKeysWith: +)
  }

  private struct Row {
    var indicator: String
    var user: String?
    var commonName: String?
    var definition: String?
    var rejectedBy: Int64?
    var apart: Int64?
    var instances: Int
    var ids: [Int64]
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let settings = cohort.plan.settings
    let revocations = ownRevocations(cohort)
    let hasty = hastyApprovals(cohort)
    let sole = soleRejecter
    let patterns = cohort.patterns
    let rejected = rejections.values.reduce(0, +)
    let quick = hasty.map(\.instances).reduce(0, +)
    var sentences: [Sentence] = []
    if !revocations.isEmpty {
      sentences.append(
        """
        \(Counted(revocations.count, "time").start) one user enrolled and revoked the same common name within \
        \(Counted(Int(settings.ownRevocationDays), "day").phrase).
        """)
    }
    if quick > 0 {
      sentences.append(
        """
        \(Counted(quick, "request").start) that needed approval completed in under \
        \(String(settings.hastyApprovalSeconds)) s.
        """)
    }
    if let sole {
      sentences.append(
        """
        \(Counted(sole.instances, "rejection").all) \(Counted(sole.instances, "").choose("names", "name")) one ID\
        \(sentence: Self.called(sole.rejectedBy.flatMap { settings.rejectedBy[$0] })).
        """
      )
    }
    sentences += patterns.filter { $0.count > 0 }.map(\.sentence)
    return MetricSection(
      key: Self.key.rawValue, title: "Patterns to review",
      caption:
        "Patterns, not proof: each has innocent explanations, and the Keyfactor API does not name approvers. Looked for: one "
        + "user enrolls and revokes one common name within \(settings.ownRevocationDays) days; a request that needs approval "
        + "completes in under \(settings.hastyApprovalSeconds) s; all rejections name one ID; \(Pattern.caption(settings)) "
        + "Source: tables/indicators.csv.",
      sentences: sentences,
      figures: [
        Figure(
          "own_revocations", "Enrolled and revoked", .count, about: "Users and common names.",
          .count(revocations.count)),
        Figure(
          "hasty_approvals", "Hasty approvals", .count, about: "Instances.",
          .count(hasty.map(\.instances).reduce(0, +))),
        Figure("rejections", "Rejections", .count, about: "Rejected instances.", .count(rejected)),
        Figure(
          "rejecters", "Ids that reject", .count, about: "Distinct ids in their messages.",
          .count(rejections.keys.count { $0 != nil })),
        Figure(
          "sole_rejecter", "One id for all", .flag, about: "Whether all name one and the same id.",
          .flag(sole != nil)),
      ].map(\.asDetail) + patterns.map(\.figure.asDetail),
      charts: rejections.count > 1 ? [.rows(rejectionChart(settings.rejectedBy))] : [],
      tables: [
        MetricTable(
          .init(key: "list", file: "indicators", listed: 100), title: "What was found",
          columns: Self.columns(cohort), rows: revocations + hasty + [sole].compactMap { $0 })
      ] + patterns.map(\.table),
      limitation:
        "Patterns to review are no proof; the Keyfactor API gives neither approvers nor their decisions."
    ).placed(
      in: "patterns",
      nothingFound: (revocations.isEmpty ? ["own revocations"] : [])
        + (quick == 0 ? ["quick approvals"] : [])
        + (sole == nil ? ["one ID behind all rejections"] : [])
        + patterns.filter { $0.count == 0 }.map(\.absence))
  }

  private func rejectionChart(_ names: [Int64: Name]) -> RowChart {
    let ids = rejections.sorted { ($1.value, $0.key ?? .max) < ($0.value, $1.key ?? .max) }
    return .counts(
      "Rejections by the ID in their message", by: "Rejected by", of: "Rejections",
      ids.map { id, count in
        let number = id.map { "ID \($0)" } ?? "no ID named"
        let name: Sentence =
          id.flatMap { names[$0] }.map { "\(name: $0.string) (\(number))" } ?? "\(number)"
        return (name: name, count: count)
      })
  }

  /// `: CORP\\ada`, when the configuration has a name.
  private static func called(_ name: Name?) -> Sentence {
    name.map { ": \(name: $0.string)" } ?? ""
  }

  private var soleRejecter: Row? {
    guard rejections.count == 1, let (id, count) = rejections.first, let id else { return nil }
    return Row(indicator: "soleRejecter", rejectedBy: id, instances: count, ids: [])
  }

  private func ownRevocations(_ cohort: Cohort) -> [Row] {
    cohort.casesByHolder.flatMap { ownRevocations(in: $0, cohort) }
      .sorted { ($0.ids[0], $0.ids[1]) < ($1.ids[0], $1.ids[1]) }
  }

  private func ownRevocations(in cases: [CaseStore.Case], _ cohort: Cohort) -> [Row] {
    let limit = cohort.plan.settings.ownRevocationDays * 86_400_000
    return cases.runs { $0.holder == $1.holder }.compactMap { run -> Row? in
      // Nearly all users only enrol, and a run of one action needs no lists.
      guard cases[run.lowerBound].action != cases[run.upperBound - 1].action else { return nil }
      let enrolments = cases[run].filter { $0.action == .enroll }
      let revocations = cases[run].filter { $0.action == .revoke }
      guard let (first, second, apart) = Self.nearest(enrolments, revocations), apart <= limit,
        let user = cohort.cases?.user(of: first),
        let commonName = cohort.cases?.commonName(of: first)
      else { return nil }
      return Row(
        indicator: "ownRevocation", user: cohort.users.spelling(of: user).string,
        commonName: commonName, apart: apart,
        instances: enrolments.count + revocations.count,
        ids: [first.referenceID, second.referenceID])
    }
  }

  /// The pair whose starts are least apart, of equal ones that with the smallest ids; both lists ascend by start.
  private static func nearest(
    _ enrolments: [CaseStore.Case], _ revocations: [CaseStore.Case]
  ) -> (CaseStore.Case, CaseStore.Case, Int64)? {
    let latest = enrolments.runs { $0.start == $1.start }.map { enrolments[$0.lowerBound] }
    let others = revocations.runs { $0.start == $1.start }.map { revocations[$0.lowerBound] }
    var best: (CaseStore.Case, CaseStore.Case, Int64)?
    var (left, right) = (0, 0)
    while left < latest.count, right < others.count {
      let distance = others[right].start.milliseconds(since: latest[left].start)
      let pair = (latest[left], others[right], abs(distance))
      if best.map({ Self.order(pair) < Self.order($0) }) ?? true { best = pair }
      if distance >= 0 { left += 1 } else { right += 1 }
    }
    return best
  }

  private static func order(
    _ pair: (CaseStore.Case, CaseStore.Case, Int64)
  ) -> (Int64, Int64, Int64) {
    (pair.2, pair.0.referenceID, pair.1.referenceID)
  }

  private func hastyApprovals(_ cohort: Cohort) -> [Row] {
    guard let store = cohort.cases else { return [] }
    let limit = cohort.plan.settings.hastyApprovalSeconds * 1000
    let approved = store.definitions(among: cohort.approvalDefinitions)
    var hasty: [Int32: (instances: Int, first: FirstIDs)] = [:]
    for record in store.cases.joined()
    where record.status == .complete
      && record.lastModified.milliseconds(since: record.start) < limit
      && approved[record.definition] != nil
    {
      hasty[record.definition, default: (0, FirstIDs())].instances += 1
      hasty[record.definition]?.first.add(record.referenceID)
    }
    return approved.sorted { $0.value < $1.value }.compactMap { number, definition in
      hasty[number].map { instances, first in
        Row(
          indicator: "hastyApproval", definition: definition.string, instances: instances,
          ids: first.ids)
      }
    }
  }

  private static func columns(_ cohort: Cohort) -> [Column<Row>] {
    let totals = cohort.totals
    let names = cohort.plan.settings.rejectedBy
    return [
      Column("indicator", "Pattern", .text, about: "Which of the patterns.") {
        .term($0.indicator, label: label(of: $0.indicator))
      },
      .text("user", "User", about: "The initiating user.") { $0.user },
      .text("common_name", "Common name", about: "What it is about.") { $0.commonName },
      Column("definition_id", "Workflow definition", .text, about: "The definition's GUID.") {
        totals.cell(of: $0.definition.map { Name($0) })
      },
      .identifier("rejected_by_id", "Rejected by ID", about: "The id in the message.") {
        $0.rejectedBy
      },
      .duration("apart_ms", "Time between", about: "Between the starts of the pair.") { $0.apart },
      .count("instances", "Instances", about: "Instances that the row is about.") { $0.instances },
      .ids("ids", "Reference IDs", about: "The pair, or the first 100 instances.") { $0.ids },
      .text(
        "rejected_by", "Rejected by", about: "The configuration's name for that id (rejectedBy)."
      ) { row in row.rejectedBy.flatMap { names[$0]?.string } },
    ]
  }

  private static func label(of indicator: String) -> String {
    switch indicator {
    case "ownRevocation": "Enrolled and revoked"
    case "hastyApproval": "Approved quickly"
    default: "One ID rejects all"
    }
  }
}
