import AuditEvidence
import AuditFiles
import AuditModel

/// Checks the proof of a row against a root that one knows, against a pack, or both.
package struct ProofCheck {
  /// The file with the proof.
  private let path: String
  /// The root that one knows from elsewhere.
  private let root: String?
  /// The folder of the pack.
  private let pack: String?

  /// Makes a check; without a root it takes that of the pack.
  package init(_ path: String, root: String? = nil, pack: String? = nil) {
    self.path = path
    self.root = root
    self.pack = pack
  }

  /// Looks at everything.
  ///
  /// - Returns: What was found; that the proof does not hold is no error.
  /// - Throws: When there is no proof or no pack.
  package func run() throws -> Verification {
    var verification = Verification(pack: path)
    do {
      try check(&verification)
    } catch let error as any AuditFailure where error.isOfMachine {
      verification.stop(because: error)
    }
    return verification
  }

  private func check(_ verification: inout Verification) throws {
    let document = try ProofDocument(
      reading: StoredFile.read(path, limit: FileLimit.line), at: path)
    let pack = try pack.map { try PublishedPack(at: $0) }
    let root = root ?? pack?.manifest.merkleRoot ?? ""
    let proven = document.provenRoot?.hexadecimal ?? "none"
    let isProven = proven == root && document.merkleRoot == root
    verification.add(
      "proof", "the row is one of those under the root \(root)",
      isProven
        ? []
        : [
          discrepancy(
            "its row leads to the root \(proven), not to \(TerminalText.sanitized(root)).")
        ])
    guard isProven else { return }
    if let pack {
      try compare(document, with: pack, &verification)
    } else {
      leaveOutPack(document, &verification)
    }
    if verification.discrepancies.isEmpty { verification.provenRow = document.provenText }
  }

  /// The root covers the leaf and nothing else: the rest is the document's word where the pack is not at hand.
  private func leaveOutPack(_ document: ProofDocument, _ verification: inout Verification) {
    if document.leafKind == .received {
      verification.leaveOut(
        "normalised row",
        because: "what kfaudit makes of the row depends on the settings of the pack: name it too")
    }
    verification.leaveOut(
      "pack and size", because: "the root covers the row alone; pack and treeSize are not proved")
  }

  /// Holds what the root does not cover against the pack that has the row.
  private func compare(
    _ document: ProofDocument, with pack: PublishedPack, _ verification: inout Verification
  ) throws {
    let manifest = pack.manifest
    let facts = [
      ("merkleRoot", document.merkleRoot, manifest.merkleRoot),
      ("leaf", document.leafKind.rawValue, manifest.leafKind.rawValue),
      ("treeSize", "\(document.treeSize)", "\(manifest.counts.instances)"),
    ]
    verification.add(
      "pack", "root, number and kind of the leaves are those of \(pack.name)",
      facts.filter { $0.1 != $0.2 }.map { member, told, known in
        discrepancy("\(member) is \(told), that of the pack is \(TerminalText.sanitized(known)).")
      })
    guard let received = document.received, verification.discrepancies.isEmpty else { return }
    for input in manifest.files.map(\.path) where Reperformance.isInput(input) {
      try pack.check(input)
    }
    let line = try Reperformance(of: pack, workers: 1).line(of: Array(received.utf8))
    verification.add(
      "normalised row", "it is what the settings of the pack make of the row as received",
      line == Array(document.row.utf8)
        ? [] : [discrepancy("the settings of the pack make another row of what was received.")])
  }

  private func discrepancy(_ detail: String) -> Discrepancy {
    .recomputed(path: path, detail: detail)
  }
}
