package import AuditEvidence
import AuditFetch
package import AuditModel
package import AuditPlan

extension PackDocument {
  /// What surrounds the report that a plan asks for; a run and a re-performance say it of the same evidence.
  package init(
    of plan: AuditPlan, journal: [JournalEntry], previous: ManifestDocument.Previous?,
    signer: SignerDocument?
  ) {
    let files =
      [
        ("configuration", plan.configurationBytes), ("policy", plan.policy?.bytes),
        ("decisions", plan.approvals?.bytes),
      ] + (plan.policy?.frameworks ?? []).map { ("framework \($0.content.id)", $0.bytes) }
    self.init(
      inputs: files.compactMap { name, bytes in
        bytes.map { Input(name: name, sha256: Digest.of($0).hexadecimal) }
      },
      responses: Responses(in: journal),
      previous: previous.map { Previous(path: $0.path, manifestSha256: $0.manifestSha256) },
      signer: signer.map { Signer(kind: $0.kind.rawValue, name: $0.name) })
  }
}

extension PackDocument.Responses {
  /// The dates of a journal's responses; `nil` where none has one.
  ///
  /// Several requests are under way at a time, so that lines need not follow the clock.
  fileprivate init?(in journal: [JournalEntry]) {
    let dates = journal.flatMap(\.headers).filter { $0.name.isSame(as: "date") }
      .compactMap { HTTPDate.instant($0.value) }
    guard let first = dates.min(), let last = dates.max() else { return nil }
    self.init(first: first.description, last: last.description)
  }
}
