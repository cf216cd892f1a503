import AuditModel

/// `restarts`: superseded instances, and the chains of requests that they seem to form.
///
/// Definition: i → j when i is superseded, both have the same user, action, subject and definition, `s_j ≥ m_i` and the
/// gap `s_j − m_i` is at most 5 min; one to one, pairs taken in ascending (gap, i, j). Limits: inferred, since the feed
/// names no successor; a missing key never links; a chain that still runs counts up to `T`.
struct RestartsMetric: Metric {
  static let key = MetricKey("restarts")
  static let about =
    "Restarted instances and the chains that they seem to form: a restart is linked to the next instance of the same user, action, subject and definition within 5 minutes."
  static let figures = [
    ReportFigure("restarts.supersededRate", .ratio, in: "restarts", .rate("superseded"))
  ]
  static let needs: Set<MetricNeed> = [.cases]

  init(plan: ReductionPlan) {}

  /// How far a successor may start from the end of what it replaces, in milliseconds.
  private static let longestGap: Int64 = 300_000

  private struct Link {
    var gap: Int64
    var from: Int64
    var to: Int64
  }

  private struct Chain {
    var members: [CaseStore.Case]
    /// Until when the last one was watched, if it is open.
    var watchedUntil: Instant

    var isOpen: Bool { members.last?.status.isOpen ?? false }
    var total: Int64? {
      guard let first = members.first, let last = members.last else { return nil }
      return (isOpen ? watchedUntil : last.lastModified).milliseconds(since: first.start)
    }
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    let cases = cohort.cases?.cases ?? []
    let links = Self.links(of: cases)
    let chains = Self.chains(links, of: cases) { cohort.cases?.end(of: $0) ?? cohort.asOf }
    let superseded = cohort.totals.all[.canceledForRestart]
    let all = cohort.totals.all.total
    let restarted = Counted(superseded, "instance")
    let successors =
      links.isEmpty
      ? "no successor was found for any of them."
      : """
      a successor was found for \(DisplayFormat.count(links.count)), in \(Counted(chains.count, "chain").phrase).
      """
    return MetricSection(
      key: Self.key.rawValue, title: "Restarts",
      caption:
        "The server does not say which request follows a restarted one. It is taken to be the next one of the same user, "
        + "action, subject and workflow definition that starts within 5 minutes. Source: instances.csv where status = "
        + "CanceledForRestart; tables/restarts.csv.",
      sentences: superseded == 0
        ? []
        : [
          """
          \(restarted.start) of \(DisplayFormat.count(all)) \(restarted.pastVerb) restarted; \
          \(successors)
          """
        ],
      figures: ([
        Figure(
          "superseded", "Restarted", .count, about: "Instances that are CanceledForRestart.",
          .count(superseded))
      ]
        + Figure.rate(
          "superseded", "Share restarted", about: "Their share of all instances.", superseded,
          of: all)
        + [
          Figure("inferred", "Inferred", .flag, about: "Always: no field links them.", .flag(true)),
          Figure(
            "linked", "With a successor", .count, about: "Restarted ones with a successor.",
            .count(links.count)),
          Figure(
            "unlinked", "Without", .count, about: "Restarted ones without one.",
            .count(superseded - links.count)),
          Figure(
            "longest_chain", "Longest chain", .count, about: "Instances of the longest chain.",
            .count(chains.map(\.members.count).max())),
        ]).map(\.asDetail),
      tables: [
        MetricTable(
          .init(key: "chains", file: "restarts", listed: 100), title: "Chains of restarts",
          columns: Self.columns, rows: chains)
      ],
      limitation:
        "Restart chains are inferred from user, action, subject, definition and time; the Keyfactor API does not "
        + "link a restarted instance to its successor."
    ).placed(in: "patterns", nothingFound: superseded == 0 ? ["restarts"] : [])
  }

  private static func links(of cases: [[CaseStore.Case]]) -> [Link] {
    let ended = cases.flatMap { part in
      part.filter { $0.status.isSuperseded && $0.request != .none }
    }
    let requests = Set(ended.map(\.request))
    var candidates = Dictionary(
      grouping: cases.flatMap { $0.filter { requests.contains($0.request) } }, by: \.request)
    for key in candidates.keys { candidates[key]?.sort { $0.start < $1.start } }
    var pairs: [Link] = []
    for first in ended {
      let group = candidates[first.request] ?? []
      let earliest = group.partitioningIndex { $0.start >= first.lastModified }
      for index in earliest..<group.count {
        let gap = group[index].start.milliseconds(since: first.lastModified)
        if gap > longestGap { break }
        guard group[index].referenceID != first.referenceID else { continue }
        pairs.append(Link(gap: gap, from: first.referenceID, to: group[index].referenceID))
      }
    }
    pairs.sort { ($0.gap, $0.from, $0.to) < ($1.gap, $1.from, $1.to) }
    var (from, to) = (Set<Int64>(), Set<Int64>())
    return pairs.filter { pair in
      guard !from.contains(pair.from), !to.contains(pair.to) else { return false }
      from.insert(pair.from)
      to.insert(pair.to)
      return true
    }
  }

  /// The chains by the reference id of their first instance; those that run in a circle begin with their smallest.
  private static func chains(
    _ links: [Link], of cases: [[CaseStore.Case]], watchedUntil: (CaseStore.Case) -> Instant
  ) -> [Chain] {
    let next = Dictionary(uniqueKeysWithValues: links.map { ($0.from, $0.to) })
    let wanted = Set(links.flatMap { [$0.from, $0.to] })
    let members = Dictionary(
      cases.flatMap { $0.filter { wanted.contains($0.referenceID) } }.map { ($0.referenceID, $0) },
      uniquingKeysWith: { first, _ in first })
    let followers = Set(links.map(\.to))
    let heads = next.keys.filter { !followers.contains($0) }.sorted()
    var seen = Set<Int64>()
    var chains: [Chain] = []
    for head in heads + next.keys.sorted() where !seen.contains(head) {
      var chain: [CaseStore.Case] = []
      var id: Int64? = head
      while let current = id, seen.insert(current).inserted, let member = members[current] {
        chain.append(member)
        id = next[current]
      }
      if let last = chain.last {
        chains.append(Chain(members: chain, watchedUntil: watchedUntil(last)))
      }
    }
    return chains.sorted {
      ($0.members.first?.referenceID ?? 0) < ($1.members.first?.referenceID ?? 0)
    }
  }

  private static let columns: [Column<Chain>] = [
    .identifier("first_reference_id", "First", about: "The reference id of the first.") {
      $0.members.first?.referenceID
    }.asDetail,
    .count("length", "Length", about: "Instances of the chain.") { $0.members.count },
    .duration("total_ms", "Total time", about: "From the first start to the last end.") {
      $0.total
    },
    .flag("open", "Open", about: "Whether the last instance is open; then up to T.") { $0.isOpen },
    .ids("ids", "Reference IDs", about: "All instances, in their order.") {
      $0.members.map(\.referenceID)
    },
  ]
}
