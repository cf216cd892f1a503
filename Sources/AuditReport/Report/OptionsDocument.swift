import AuditEvidence
import AuditFetch
package import AuditModel
package import AuditPlan
private import AuditReduce

/// evidence/inputs/options.json: what was asked, and what was found out at run time, so that a pack can be re-performed.
package struct OptionsDocument: Codable {
  /// What was asked: with the same rows, the same of these gives the same report.
  package struct Asked: Codable, Equatable {
    /// The window that was asked for; `nil` for that of saved pages.
    @ExplicitNull package var window: WindowDocument?
    /// The zone of days, an IANA name.
    package var timeZone: String
    /// The formats, sorted.
    package var formats: [String]
    /// The metrics, in the order of the report.
    package var metrics: [String]
    /// The instant of `--as-of`, RFC 3339.
    @ExplicitNull package var asOf: String?
    /// What a server's integer statuses mean.
    package var statusMap: [String: String]  // text: numbers
    /// What the configuration has for metrics.
    var settings: SettingsDocument
    /// `proved` or `counted`.
    package var assurance: String
    /// Whether CSV files begin with a byte order mark.
    package var excel: Bool
    /// Whether an unproved population is no failure.
    package var acceptUnproved: Bool
    /// Whom the report is for.
    @ExplicitNull package var preparedFor: String?
    @ExplicitNull var policySha256: String?
    /// Whether the definitions were to be read; absent where not.
    package var controlDesign: Bool?
    /// The decisions from elsewhere; left out where there are none.
    package var approvals: Approvals?
    /// The frameworks of the policy, in its order; left out where there are none.
    package var frameworks: [Framework]?
  }

  /// A file of decisions.
  package struct Approvals: Codable, Equatable {
    /// Its name, without folders.
    package var file: String
    /// The digest of its content.
    package var sha256: String
  }

  /// A framework's file, which the pack keeps under its id.
  package struct Framework: Codable, Equatable {
    /// The framework's id.
    package var id: String
    /// The digest of its content.
    package var sha256: String
  }

  /// What the run found out.
  package struct Found: Codable {
    /// The window of the report.
    package let window: WindowDocument
    /// The as-of instant, RFC 3339.
    package let asOf: String
    /// Where that instant comes from.
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

    /// Reads the members of both parts from one object.
    package init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      window = try members.decode(WindowDocument.self, forKey: .window)
      asOf = try members.decode(String.self, forKey: .asOf)
      asOfSource = try members.decode(String.self, forKey: .asOfSource)
      acquisition = try Acquisition(from: decoder)
    }

    /// Writes the members of both parts into one object.
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

  /// The version of this document's shape.
  package var schemaVersion = 1
  /// The version of kfaudit that wrote it.
  package var toolVersion: String
  /// What was asked.
  package var asked: Asked
  /// What was found out.
  package var found: Found
}

extension OptionsDocument: CountedDocument {
  /// The counts that no arithmetic may overflow with.
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
  /// What a plan asks.
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
      policySha256: plan.policy.map { Digest.of($0.bytes).hexadecimal },
      controlDesign: plan.controlDesign ? true : nil,
      approvals: plan.approvals.map {
        .init(file: $0.name, sha256: Digest.of($0.bytes).hexadecimal)
      },
      frameworks: plan.policy.flatMap { policy in
        policy.frameworks.isEmpty
          ? nil
          : policy.frameworks.map {
            .init(id: $0.content.id, sha256: Digest.of($0.bytes).hexadecimal)
          }
      })
  }
}
