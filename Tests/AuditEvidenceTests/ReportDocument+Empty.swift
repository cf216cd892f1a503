import AuditModel
import AuditReduce

extension ReportDocument {
  /// A report over nothing, in the shape that a manifest is made from.
  static var empty: ReportDocument {
    let day = Window(
      from: Instant(milliseconds: 0), to: Instant(milliseconds: 86_400_000), zone: .utc)
    let digest = String(repeating: "0", count: 64)
    return ReportDocument(
      cover: CoverDocument(
        scope: "All instances",
        source: SourceDocument(
          kind: .pages, server: nil, productVersion: nil, principal: nil, tlsPeer: nil),
        toolVersion: "0.1.0", query: nil, window: WindowDocument(day), asOf: day.to.description,
        asOfSource: "--as-of", merkleRoot: digest, journalHead: digest),
      completeness: CompletenessDocument(
        verdict: .unproved, announcedTotal: nil, rows: 3, distinct: 2, reads: 1, requests: 2,
        gaps: [], volatile: [], reasons: ["one read"]),
      metrics: MetricsDocument([
        PopulationDocument(instances: 2, byStatus: .init(), byWorkflowType: [], byDefinition: [])
      ]),
      gates: [], limitations: [])
  }
}
