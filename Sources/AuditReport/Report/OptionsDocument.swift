import AuditEvidence
import AuditFetch
package import AuditModel
package import AuditPlan

/// evidence/inputs/options.json: what was asked, and what was found out at run time, so that a pack can be re-performed.
package struct OptionsDocument: Codable {
  /// What was asked: with the same rows, the same of these gives the same report.
  package struct Asked: Codable, Equatable {
    @WrittenNull package var window: WindowDocument?
    package var timeZone: String
    package var formats: [String]
    package var metrics: [String]
    @WrittenNull package var asOf: String?
    package var statusMap: [String: String]  // text: numbers
    package var settings: SettingsDocument
    package var assurance: String
    package var excel: Bool
    package var acceptUnproved: Bool
    @WrittenNull package var preparedFor: String?
    @WrittenNull var policySha256: String?
  }

  /// What the run found out.
  package struct Found: Codable {
    package var window: WindowDocument
    package var asOf: String
    package var asOfSource: String
    package var source: SourceDocument
    @WrittenNull package var query: String?
    @WrittenNull package var announcedTotal: Int?
    @WrittenNull package var rows: Int?
    package var reads: Int
    package var requests: Int
    package var verdict: CompletenessDocument.Verdict
    package var reasons: [String]
    @WrittenNull package var changes: [CompletenessDocument.Change]?
    package var findings: [CompletenessDocument.Finding]
    package var openBefore: Int
    @WrittenNull package var olderRefused: String?
    @WrittenNull package var comparedWith: String?
    @WrittenNull package var pages: [String]?
    @WrittenNull package var openPages: [String]?
  }

  /// Its path within a pack.
  package static let path = "evidence/inputs/options.json"

  package var schemaVersion = 1
  package var toolVersion: String
  package var asked: Asked
  package var found: Found
}

extension OptionsDocument: CountedDocument {
  package var boundedCounts: [(member: String, count: Int)] {
    [
      ("announcedTotal", found.announcedTotal ?? 0), ("rows", found.rows ?? 0),
      ("reads", found.reads), ("requests", found.requests), ("openBefore", found.openBefore),
    ] + (found.changes ?? []).flatMap { $0.versions.map { ("read", $0.read) } }
  }
}

extension OptionsDocument.Asked {
  package init(_ plan: AuditPlan) {
    self.init(
      window: plan.window.map { WindowDocument($0) }, timeZone: plan.zone.identifier,
      formats: plan.formats.map(\.rawValue).sorted(), metrics: plan.metrics,
      asOf: plan.asOf?.description,
      statusMap: Dictionary(
        uniqueKeysWithValues: plan.statusMap.map { (String($0.key), $0.value.name) }),
      settings: SettingsDocument(plan.settings),
      assurance: plan.assurance.rawValue, excel: plan.excel,
      acceptUnproved: plan.acceptUnproved, preparedFor: plan.preparedFor,
      policySha256: plan.policy.map { Digest.of($0.bytes).hexadecimal })
  }
}

extension OptionsDocument.Found {
  package init(_ acquisition: Acquisition, window: Window, asOf: AsOf) {
    self.init(
      window: WindowDocument(window), asOf: asOf.instant.description, asOfSource: asOf.source,
      source: acquisition.source, query: acquisition.query,
      announcedTotal: acquisition.announcedTotal, rows: acquisition.rows,
      reads: acquisition.reads, requests: acquisition.requests, verdict: acquisition.verdict,
      reasons: acquisition.reasons, changes: acquisition.changes,
      findings: acquisition.findings, openBefore: acquisition.openBefore,
      olderRefused: acquisition.olderRefused, comparedWith: acquisition.comparedWith,
      pages: acquisition.pages, openPages: acquisition.openPages)
  }
}
