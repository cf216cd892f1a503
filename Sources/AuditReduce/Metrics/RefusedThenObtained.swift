import AuditModel

/// A pattern of `indicators`: what was refused was issued all the same.
///
/// Definition: a Rejected enrolment of a common name, and the first instance, by start and reference id, that was issued
/// for the same name and starts at or after the end of the rejection, at most N days later. Limits: a request may have
/// been put right in between, or asked for by somebody who may.
struct RefusedThenObtained: Sendable {
  let rejection: CaseStore.Case
  let issued: CaseStore.Case
  var user: String?
  var commonName: String?
  var definition: Name?

  /// The rejections, by reference id.
  private static func found(among cases: PatternCases, users: UserStore) -> [RefusedThenObtained] {
    let limit = cases.settings.refusedThenObtainedDays * 86_400_000
    return cases.findings {
      $0.contains(where: isRefusal) && $0.contains(where: \.isIssued)
    } find: { requests -> [RefusedThenObtained] in
      let issued = requests.filter(\.isIssued)
      return requests.filter(isRefusal).compactMap { rejection in
        let next = issued.partitioningIndex { $0.start >= rejection.lastModified }
        guard next < issued.count,
          issued[next].start.milliseconds(since: rejection.lastModified) <= limit
        else { return nil }
        return RefusedThenObtained(
          rejection: rejection, issued: issued[next],
          user: cases.store.user(of: rejection).map { users.spelling(of: $0).string },
          commonName: cases.store.commonName(of: rejection),
          definition: cases.store.definition(of: rejection))
      }
    }.sorted { $0.rejection.referenceID < $1.rejection.referenceID }
  }

  private static func isRefusal(_ record: CaseStore.Case) -> Bool {
    record.status == .rejected && record.action == .enroll
  }

  static func pattern(among cases: PatternCases, of cohort: Cohort) -> Pattern {
    let rows = found(among: cases, users: cohort.users)
    let rejected = Counted(rows.count, "rejected request")
    let days = Counted(Int(cases.settings.refusedThenObtainedDays), "day")
    return Pattern(
      count: rows.count,
      sentence: """
        \(rejected.start) \(rejected.pastVerb) followed by a certificate for the same name within \(days.phrase).
        """,
      figure: Figure(
        "refused_then_obtained", "Rejected, then issued", .count, about: "Rejections.",
        .count(rows.count)),
      table: table(rows, cohort.totals), absence: "rejections followed by a certificate")
  }

  private static func table(_ rows: [RefusedThenObtained], _ totals: CohortTotals) -> MetricTable {
    MetricTable(
      .init(key: "refusals", file: "refused_then_obtained", listed: 100),
      title: "Rejected, then issued for the same name",
      columns: [
        .text("user", "User", about: "Whose request was rejected.") { $0.user },
        .text("common_name", "Common name", about: "What both were for.") { $0.commonName },
        Column(
          "definition_id", "Workflow definition", .text, about: "The GUID of the rejection's."
        ) { totals.cell(of: $0.definition) },
        .duration(
          "apart_ms", "Time between",
          about: "From the end of the rejection to the start of what was issued."
        ) { $0.issued.start.milliseconds(since: $0.rejection.lastModified) },
        .flag("same_user", "Same user", about: "Whether one user asked for both.") {
          $0.rejection.holder == $0.issued.holder
        },
        .flag(
          "same_definition", "Same workflow definition",
          about: "Whether both ran under one definition."
        ) { $0.definition != nil && $0.rejection.definition == $0.issued.definition },
        .ids("ids", "Reference IDs", about: "The rejection and what was issued.") {
          [$0.rejection.referenceID, $0.issued.referenceID]
        },
      ], rows: rows)
  }
}
