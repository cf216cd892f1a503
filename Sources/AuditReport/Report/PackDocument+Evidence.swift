import AuditEvidence
import AuditFetch
import AuditModel
import AuditPlan

extension PackDocument {
  /// What surrounds the report that a plan asks for.
  init(of plan: AuditPlan, in surroundings: PackContents.Surroundings) {
    let files =
      [
        ("configuration", plan.configurationBytes), ("policy", plan.policy?.bytes),
        ("decisions", plan.approvals?.bytes),
      ] + (plan.policy?.frameworks ?? []).map { ("framework \($0.content.id)", $0.bytes) }
    self.init(
      inputs: files.compactMap { name, bytes in
        bytes.map { Input(name: name, sha256: Digest.of($0).hexadecimal) }
      },
      responses: surroundings.journal.dates.map {
        Responses(first: $0.lowerBound.description, last: $0.upperBound.description)
      },
      previous: surroundings.previous.map {
        Previous(path: $0.path, manifestSha256: $0.manifestSha256)
      },
      signer: surroundings.signer.map { Signer(kind: $0.kind.rawValue, name: $0.name) })
  }
}

/// What a report says of the journal.
package struct JournalFacts: Sendable {
  /// The hash of the last line, lower-case hexadecimal.
  package var head: String
  /// When the server answered first and last, by its own clock; `nil` for saved pages.
  fileprivate var dates: ClosedRange<Instant>?

  /// Knows a journal's last hash, and no date yet.
  package init(head: String = "") {
    self.head = head
  }

  /// Notes a header of a response; several requests are under way at a time, so that dates need not rise.
  package mutating func note(_ header: String, _ value: String) {
    guard header.isSame(as: "date"), let date = HTTPDate.instant(value) else { return }
    dates = min(dates?.lowerBound ?? date, date)...max(dates?.upperBound ?? date, date)
  }
}
