import AuditEvidence

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
