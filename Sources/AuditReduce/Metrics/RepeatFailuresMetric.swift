import AuditModel

/// `repeatFailures`: somebody fails again and again at the same thing.
///
/// Definition: maximal bursts of at least 3 Failed instances of one user, action and common name, ordered by `m`, in
/// which each three in a row lie within 24 h. A burst ends as the next terminal instance of the same three after it does;
/// where there is none, `Open` when one is open, else nothing. Limits: those without user, common name or usable times are
/// in no burst.
struct RepeatFailuresMetric: Metric {
  static let key = MetricKey("repeatFailures")
  static let about =
    "Bursts of at least three failures of one user at the same request within 24 hours, and how they ended."
  static let figures = [ReportFigure.single("repeatFailures", "bursts", .count)]
  static let needs: Set<MetricNeed> = [.cases]

  init(plan: ReductionPlan) {}

  /// What each three in a row must lie within, in milliseconds.
  private static let span: Int64 = 86_400_000

  private struct Burst {
    var user: String
    var commonName: String
    var failures: [CaseStore.Case]
    var ending: CaseStore.Case?
    var isOpen: Bool

    var action: String { failures.first?.action.rawValue ?? "" }
    var ended: String? { ending?.status.name ?? (isOpen ? "Open" : nil) }
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let bursts = cohort.casesByHolder.flatMap { cases in
      cases.runs { ($0.holder, $0.action) == ($1.holder, $1.action) }
        .filter { $0.count >= 3 }.flatMap { self.bursts(in: cases[$0], cohort) }
    }.sorted { $0.failures[0].referenceID < $1.failures[0].referenceID }
    let failures = bursts.map(\.failures.count).reduce(0, +)
    let succeeded = Counted(bursts.count { $0.ended == "Complete" }, "of them")
    return MetricSection(
      key: Self.key.rawValue, title: "Repeated failures",
      caption:
        "At least three failures of one user at one action and common name, each three in a row within 24 hours, and what "
        + "came next. Source: tables/repeat_failures.csv.",
      sentences: bursts.isEmpty
        ? []
        : [
          """
          \(Counted(bursts.count, "series of repeated failures", plural: "series of repeated failures").start); \
          \(succeeded.number == 0 ? "none of them" : DisplayFormat.count(succeeded.number)) ended in success.
          """
        ],
      figures: [
        Figure("bursts", "Bursts", .count, about: "Bursts.", .count(bursts.count)),
        Figure(
          "failures", "Failures", .count,
          about: "Failed instances in them, one in two bursts twice.",
          .count(failures)),
        Figure(
          "ended_complete", "Ended in success", .count, about: "Bursts followed by a Complete one.",
          .count(bursts.count { $0.ended == "Complete" })),
      ].map(\.asDetail),
      tables: [
        MetricTable(
          .init(key: "list", file: "repeat_failures", listed: 100),
          title: "Series of repeated failures",
          columns: Self.columns, rows: bursts)
      ]
    ).placed(in: "patterns", nothingFound: bursts.isEmpty ? ["repeated failures"] : [])
  }

  /// The bursts among the cases of one user, action and common name.
  private func bursts(in cases: ArraySlice<CaseStore.Case>, _ cohort: Cohort) -> [Burst] {
    let terminal = cases.filter(\.status.isTerminal).sorted(by: Self.endsEarlier)
    let failed = terminal.filter { $0.status == .failed }
    guard failed.count >= 3, let user = cohort.cases?.user(of: failed[0]),
      let commonName = cohort.cases?.commonName(of: failed[0])
    else { return [] }
    let close = (0..<failed.count - 2).filter { first in
      failed[first + 2].lastModified.milliseconds(since: failed[first].lastModified) <= Self.span
    }
    return close.runs { $0 + 1 == $1 }.map { run in
      let members = Array(failed[close[run.lowerBound]...close[run.upperBound - 1] + 2])
      return Burst(
        user: cohort.users.spelling(of: user).string, commonName: commonName,
        failures: members,
        ending: terminal.first { Self.endsEarlier(members[members.count - 1], $0) },
        isOpen: cases.contains { $0.status.isOpen })
    }
  }

  private static func endsEarlier(_ left: CaseStore.Case, _ right: CaseStore.Case) -> Bool {
    (left.lastModified, left.referenceID) < (right.lastModified, right.referenceID)
  }

  private static let columns: [Column<Burst>] = [
    .text("user", "User", about: "The initiating user.") { $0.user },
    .word("action", "Action", about: "What was asked for.") { $0.action },
    .text("common_name", "Common name", about: "What it was asked for.") { $0.commonName },
    .count("failures", "Failures", about: "Failed instances of the burst.") { $0.failures.count },
    .instant("first", "From", about: "The end of the first.") { $0.failures.first?.lastModified },
    .instant("last", "To", about: "The end of the last.") {
      $0.failures.last?.lastModified
    }.asDetail,
    .word("ended", "What came next", about: "The status of what came next.") { $0.ended },
    .identifier("ended_reference_id", "Next", about: "The reference id of what came next.") {
      $0.ending?.referenceID
    }.asDetail,
    .ids("ids", "Reference IDs", about: "The failures, in their order.") {
      $0.failures.map(\.referenceID)
    },
  ]
}
