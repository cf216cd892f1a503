import AuditEvidence
import AuditFetch
package import AuditModel
package import AuditPlan
private import AuditReduce

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
    package let window: WindowDocument
    package let asOf: String
    package let asOfSource: String
    /// How the pages were obtained; its members are members of this one.
    package let acquisition: Acquisition

    private enum CodingKeys: String, CodingKey { case window, asOf, asOfSource, olderRefused }

    init(_ acquisition: Acquisition, window: Window, asOf: AsOf) {
      self.window = WindowDocument(window)
      self.asOf = asOf.instant.description
      asOfSource = asOf.source
      self.acquisition = acquisition
    }

    package init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      window = try members.decode(WindowDocument.self, forKey: .window)
      asOf = try members.decode(String.self, forKey: .asOf)
      asOfSource = try members.decode(String.self, forKey: .asOfSource)
      acquisition = try Acquisition(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
      try acquisition.encode(to: encoder)
      var members = encoder.container(keyedBy: CodingKeys.self)
      try members.encode(window, forKey: .window)
      try members.encode(asOf, forKey: .asOf)
      try members.encode(asOfSource, forKey: .asOfSource)
      try members.encode(acquisition.olderRefused, forKey: .olderRefused)
    }
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
      ("announcedTotal", found.acquisition.announcedTotal ?? 0),
      ("rows", found.acquisition.rows ?? 0),
      ("reads", found.acquisition.reads), ("requests", found.acquisition.requests),
      ("openBefore", found.acquisition.openBefore),
    ] + (found.acquisition.changes ?? []).flatMap { $0.versions.map { ("read", $0.read) } }
  }
}

extension OptionsDocument.Asked {
  package init(_ plan: AuditPlan) {
    self.init(
      window: plan.window.map { WindowDocument($0) }, timeZone: plan.zone.identifier,
      formats: plan.formats.map(\.rawValue).sorted(), metrics: plan.metrics.map(\.rawValue),
      asOf: plan.asOf?.description,
      statusMap: Dictionary(
        uniqueKeysWithValues: plan.statusMap.map { (String($0.key), $0.value.name) }),
      settings: SettingsDocument(plan.settings),
      assurance: plan.assurance.rawValue, excel: plan.excel,
      acceptUnproved: plan.acceptUnproved, preparedFor: plan.preparedFor,
      policySha256: plan.policy.map { Digest.of($0.bytes).hexadecimal })
  }
}
