import AuditModel

/// A pattern of `indicators`: a way to the certificate that asks nobody.
///
/// Definition: an instance that was issued under a definition that is not approval-bearing, for a common name that had an
/// instance of an approval-bearing definition with an earlier start; the row names the latest of these. Limits: a
/// definition is approval-bearing as far as this cohort shows, and a renewal may need no approval by design.
struct ApprovalBypass: Sendable {
  let earlier: CaseStore.Case
  let issued: CaseStore.Case
  var commonName: String?
  var definition: Name?
  var earlierDefinition: Name?

  /// The instances, by reference id.
  private static func found(among cases: PatternCases) -> [ApprovalBypass] {
    cases.findings {
      $0.contains { cases.asksForApproval($0) == true }
        && $0.contains { $0.isIssued && cases.asksForApproval($0) == false }
    } find: { requests -> [ApprovalBypass] in
      let asked = requests.filter { cases.asksForApproval($0) == true }
      return requests.compactMap { issued in
        guard issued.isIssued, cases.asksForApproval(issued) == false else { return nil }
        let before = asked.partitioningIndex { $0.start >= issued.start }
        guard before > 0 else { return nil }
        return ApprovalBypass(
          earlier: asked[before - 1], issued: issued,
          commonName: cases.store.commonName(of: issued),
          definition: cases.store.definition(of: issued),
          earlierDefinition: cases.store.definition(of: asked[before - 1]))
      }
    }.sorted { $0.issued.referenceID < $1.issued.referenceID }
  }

  static func pattern(among cases: PatternCases, of cohort: Cohort) -> Pattern {
    let rows = found(among: cases)
    let issued = Counted(rows.count, "certificate")
    return Pattern(
      count: rows.count,
      sentence: """
        \(issued.start) \(issued.pastVerb) issued without approval for a name that needed approval before.
        """,
      figure: Figure(
        "approval_bypass", "Issued past approval", .count, about: "Instances.", .count(rows.count)),
      table: table(rows, cohort.totals), absence: "certificates issued past approval")
  }

  private static func table(_ rows: [ApprovalBypass], _ totals: CohortTotals) -> MetricTable {
    MetricTable(
      .init(key: "bypasses", file: "approval_bypass", listed: 100),
      title: "Issued without approval for a name that needed one before",
      columns: [
        .text("common_name", "Common name", about: "What was issued.") { $0.commonName },
        Column(
          "definition_id", "Workflow definition", .text,
          about: "The GUID of the one that does not ask for approval."
        ) { totals.cell(of: $0.definition) },
        Column(
          "earlier_definition_id", "Earlier one, with approval", .text,
          about: "The GUID of the one that does."
        ) { totals.cell(of: $0.earlierDefinition) },
        .duration("apart_ms", "Time between", about: "Between the starts of the two.") {
          $0.issued.start.milliseconds(since: $0.earlier.start)
        },
        .ids("ids", "Reference IDs", about: "The earlier instance and what was issued.") {
          [$0.earlier.referenceID, $0.issued.referenceID]
        },
      ], rows: rows)
  }
}
