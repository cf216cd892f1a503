import AuditEvidence
import AuditFetch
import AuditModel

/// evidence/inputs/options.json: what was asked, and what was found out at run time, so that a pack can be re-performed.
struct OptionsDocument: Codable {
  /// What was asked: with the same rows, the same of these gives the same report.
  struct Asked: Codable, Equatable {
    @WrittenNull var window: WindowDocument?
    var timeZone: String
    var formats: [String]
    var metrics: [String]
    @WrittenNull var asOf: String?
    var statusMap: [String: String]  // text: numbers
    var settings: SettingsDocument
    var assurance: String
    var excel: Bool
    var acceptUnproved: Bool
    @WrittenNull var preparedFor: String?
    @WrittenNull var policySha256: String?
  }

  /// What the run found out.
  struct Found: Codable {
    var window: WindowDocument
    var asOf: String
    var asOfSource: String
    var source: SourceDocument
    @WrittenNull var query: String?
    @WrittenNull var announcedTotal: Int?
    @WrittenNull var rows: Int?
    var reads: Int
    var requests: Int
    var verdict: CompletenessDocument.Verdict
    var reasons: [String]
    @WrittenNull var changes: [CompletenessDocument.Change]?
    var findings: [CompletenessDocument.Finding]
    var openBefore: Int
    @WrittenNull var olderRefused: String?
    @WrittenNull var comparedWith: String?
    @WrittenNull var pages: [String]?
    @WrittenNull var openPages: [String]?
  }

  /// Its path within a pack.
  static let path = "evidence/inputs/options.json"

  var schemaVersion = 1
  var toolVersion: String
  var asked: Asked
  var found: Found
}

extension OptionsDocument: CountedDocument {
  var boundedCounts: [(member: String, count: Int)] {
    [
      ("announcedTotal", found.announcedTotal ?? 0), ("rows", found.rows ?? 0),
      ("reads", found.reads), ("requests", found.requests), ("openBefore", found.openBefore),
    ] + (found.changes ?? []).flatMap { $0.versions.map { ("read", $0.read) } }
  }
}

extension OptionsDocument.Asked {
  init(_ plan: AuditPlan) {
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
  init(_ acquisition: Acquisition, window: Window, asOf: AsOf) {
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
