import AuditEvidence
import AuditFiles
import AuditModel

/// One row of a pack with its inclusion proof.
struct ProofDocument: Codable, Equatable {
  var schemaVersion = 1
  /// The pack's folder's name.
  var pack: String
  /// The root that the proof leads to: `merkleRoot` of the pack's manifest.json.
  var merkleRoot: String
  /// How many rows the pack has.
  var treeSize: Int
  /// Which of them this is, from 0.
  var leafIndex: Int
  /// The line of instances.ndjson, without its newline: the leaf is SHA-256 of a zero byte and its UTF-8.
  var row: String
  /// The hashes beside the way from the leaf to the root, lower-case hexadecimal.
  var path: [String]

  /// The root that follows from the row; `nil` when no tree of this size has such a path.
  var provenRoot: Digest? {
    let hashes = path.compactMap(Digest.init(hexadecimal:))
    guard hashes.count == path.count else { return nil }
    let leaf = MerkleTree.leafHash(of: Array(row.utf8).span)
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
    if schemaVersion != 1 { return "schemaVersion \(schemaVersion) is not known." }
    if leafIndex >= treeSize { return "leafIndex \(leafIndex) is not below treeSize \(treeSize)." }
    if ([merkleRoot] + path).contains(where: { Digest(hexadecimal: $0) == nil }) {
      return "a hash in it is not 64 lower-case hexadecimal digits."
    }
    if path.count > 64 { return "its path is longer than that of any tree." }
    if pack.utf8.contains(UInt8(ascii: "/")) || !Checksums.isUsable(pack.utf8) {
      return "pack is not the name of a folder."
    }
    let row = row.utf8
    guard row.first == UInt8(ascii: "{"), row.last == UInt8(ascii: "}"),
      !row.contains(where: { $0 < 0x20 })
    else { return "row is not a line of instances.ndjson." }
    return nil
  }
}

extension ProofDocument: CountedDocument {
  /// The counts that no arithmetic may overflow with.
  package var boundedCounts: [(member: String, count: Int)] {
    [("treeSize", treeSize), ("leafIndex", leafIndex)]
  }
}
