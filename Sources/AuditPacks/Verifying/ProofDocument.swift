import AuditEvidence
import AuditFiles
import AuditModel
import AuditReport

/// One row of a pack with its inclusion proof.
struct ProofDocument: Codable, Equatable {
  /// 1 has neither `leaf` nor `received`, and is still read.
  var schemaVersion = 2
  /// The pack's folder's name.
  var pack: String
  /// The root that the proof leads to: `merkleRoot` of the pack's manifest.json.
  var merkleRoot: String
  /// How many rows the pack has.
  var treeSize: Int
  /// Which of them this is, from 0.
  var leafIndex: Int
  /// What the leaf is made of: `received`, or else `row`.
  var leaf: LeafKind?
  /// The row as the server sent it; only where the leaf is made of it.
  var received: String?
  /// The line of instances.ndjson, without its newline.
  var row: String
  /// The hashes beside the way from the leaf to the root, lower-case hexadecimal.
  var path: [String]

  /// What the leaf is made of.
  var leafKind: LeafKind { leaf ?? .normalised }

  /// The text that is proved: the leaf is SHA-256 of a zero byte and its UTF-8.
  var provenText: String { received ?? row }

  /// The root that follows from the row; `nil` when no tree of this size has such a path.
  var provenRoot: Digest? {
    let hashes = path.compactMap(Digest.init(hexadecimal:))
    guard hashes.count == path.count else { return nil }
    let leaf = MerkleTree.leafHash(of: Array(provenText.utf8).span)
    return MerkleProof(index: leafIndex, size: treeSize, path: hashes).root(ofLeaf: leaf)
  }
}

extension ProofDocument {
  /// Reads a proof in the one form in which it is written.
  ///
  /// What no hash covers, another spelling, a second member of a name, one that nobody knows, would otherwise look proved.
  ///
  /// - Throws: ``PackError/noProof(path:reason:)``.
  init(reading bytes: [UInt8], at path: String) throws {
    let refused = { (reason: String) in PackError.noProof(path: path, reason: reason) }
    let document: ProofDocument
    do {
      document = try JSONDocument.read(counted: ProofDocument.self, from: bytes)
    } catch {
      throw refused(error.description)
    }
    guard try JSONFile.bytes(document) == bytes else {
      throw refused("it is not written as kfaudit proof writes it.")
    }
    if let fault = document.fault { throw refused(fault) }
    self = document
  }

  /// What no proof has, a sentence; `nil` when there is nothing of the kind.
  private var fault: String? {
    if !(1...2 ~= schemaVersion) { return "schemaVersion \(schemaVersion) is not known." }
    if (schemaVersion == 1) != (leaf == nil) || (leafKind == .received) != (received != nil) {
      return "leaf and received do not fit each other, or schemaVersion."
    }
    if leafIndex >= treeSize { return "leafIndex \(leafIndex) is not below treeSize \(treeSize)." }
    if ([merkleRoot] + path).contains(where: { Digest(hexadecimal: $0) == nil }) {
      return "a hash in it is not 64 lower-case hexadecimal digits."
    }
    if path.count > 64 { return "its path is longer than that of any tree." }
    if pack.utf8.contains(UInt8(ascii: "/")) || !Checksums.isUsable(pack.utf8) {
      return "pack is not the name of a folder."
    }
    guard RowLine.isLine(Array(row.utf8)[...]), !row.utf8.contains(where: { $0 < 0x20 }) else {
      return "row is not a line of instances.ndjson."
    }
    guard let received else { return nil }
    return Self.fault(ofReceived: Array(received.utf8))
  }

  /// Why no proof has a text for its row as received; `nil` for a row.
  ///
  /// A leaf's hash does not say which kind it is of. So no text is taken for both: a server may send a row that reads as a
  /// line of instances.ndjson, and such a row is not proved.
  private static func fault(ofReceived bytes: [UInt8]) -> String? {
    if RowLine.isLine(bytes[...]) {
      return "the row as received could be taken for a line of instances.ndjson."
    }
    do {
      let rows = try PageScan.rows(of: Array("[".utf8) + bytes + "]".utf8, page: "received")
      return rows.map(\.range) == [1..<bytes.count + 1] ? nil : "received is not one row."
    } catch {
      return "received is no row of a page."
    }
  }
}

extension ProofDocument: CountedDocument {
  /// The counts that no arithmetic may overflow with.
  var boundedCounts: [(member: String, count: Int)] {
    [("treeSize", treeSize), ("leafIndex", leafIndex)]
  }
}

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
    (self.path, self.root, self.pack) = (path, root, pack)
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
