import AuditModel

/// A pattern of `indicators`: one name, many who enrol it.
///
/// Definition: the common names that at least n distinct users enrolled, whatever became of it, within some N days from
/// start to start; the row counts the users and instances of all such stretches. Limits: users are grouped by name, so
/// that somebody with two accounts is two.
struct ManyRequesters: Sendable {
  var commonName: String?
  let users: Int
  /// The first and the last start.
  let starts: ClosedRange<Instant>
  let instances: Int
  /// The first of them.
  let ids: [Int64]

  /// The names, most users first.
  private static func found(among cases: PatternCases) -> [ManyRequesters] {
    let least = Int(cases.settings.manyRequestersUsers)
    return cases.findings {
      // The cases of a name are sorted by user.
      $0.count >= least
        && zip($0, $0.dropFirst()).count { $0.holder != $1.holder } >= least - 1
    } find: { requests -> [ManyRequesters] in
      let behind = behind(requests.filter { $0.action == .enroll }, cases.settings)
      guard let first = behind.first, let last = behind.last else { return [] }
      return [
        ManyRequesters(
          commonName: cases.store.commonName(of: first),
          users: Set(behind.map(\.holder)).count, starts: first.start...last.start,
          instances: behind.count,
          ids: behind.prefix(FollowUp.listedIDs).map(\.referenceID))
      ]
    }.sorted { (-$0.users, $0.ids[0]) < (-$1.users, $1.ids[0]) }
  }

  /// Those of some enrolments, by start, that lie in a stretch with enough users.
  private static func behind(
    _ enrolments: [CaseStore.Case], _ settings: MetricSettings
  ) -> [CaseStore.Case] {
    let limit = settings.manyRequestersDays * 86_400_000
    let least = Int(settings.manyRequestersUsers)
    // Most names have no stretch with so many enrolments, whoever made them.
    guard
      zip(enrolments, enrolments.dropFirst(least - 1)).contains(where: { first, last in
        last.start.milliseconds(since: first.start) <= limit
      })
    else { return [] }
    // A user's place is the first among all.
    let users = enrolments.map(\.holder.user).sorted()
    func place(of record: CaseStore.Case) -> Int {
      users.partitioningIndex { $0 >= record.holder.user }
    }
    var counts = [Int](repeating: 0, count: users.count)
    var distinct = 0
    var first = 0
    var taken = 0
    var behind: [CaseStore.Case] = []
    for (last, record) in enrolments.enumerated() {
      let user = place(of: record)
      counts[user] += 1
      if counts[user] == 1 { distinct += 1 }
      while record.start.milliseconds(since: enrolments[first].start) > limit {
        let user = place(of: enrolments[first])
        counts[user] -= 1
        if counts[user] == 0 { distinct -= 1 }
        first += 1
      }
      guard distinct >= least else { continue }
      behind += enrolments[max(first, taken)...last]
      taken = last + 1
    }
    return behind
  }

  static func pattern(among cases: PatternCases) -> Pattern {
    let rows = found(among: cases)
    let names = Counted(rows.count, "common name")
    let days = Counted(Int(cases.settings.manyRequestersDays), "day")
    return Pattern(
      count: rows.count,
      sentence: """
        \(names.start) \(names.pastVerb) requested by \(String(cases.settings.manyRequestersUsers)) or more users \
        within \(days.phrase).
        """,
      figure: Figure(
        "many_requesters", "Names with many users", .count, about: "Common names.",
        .count(rows.count)),
      table: table(rows), absence: "names with many requesters")
  }

  private static func table(_ rows: [ManyRequesters]) -> MetricTable {
    MetricTable(
      .init(key: "requesters", file: "many_requesters", listed: 100),
      title: "Names that several users enrolled",
      columns: [
        .text("common_name", "Common name", about: "What they asked for.") { $0.commonName },
        .count("users", "Users", about: "Distinct users.") { $0.users },
        .instant("first", "From", about: "When the first of them started.") {
          $0.starts.lowerBound
        },
        .instant("last", "To", about: "When the last of them started.") { $0.starts.upperBound },
        .count("instances", "Instances", about: "Their requests.") { $0.instances },
        .ids("ids", "Reference IDs", about: "The first 100 of them, by start.") { $0.ids },
      ], rows: rows)
  }
}
