import AuditEvidence
import AuditFiles
import AuditModel
import AuditReport

/// Writes one row of a pack with its inclusion proof, and checks such a proof.
package struct ProofRun: Sendable {
  private let workers: Int

  /// Makes a run; `workers` is how many processors it may use.
  package init(workers: Int) {
    self.workers = workers
  }

  /// The proof of an instance, as JSON.
  ///
  /// - Parameters:
  ///   - id: A reference id or a GUID.
  ///   - path: The pack's folder.
  /// - Returns: A proof over the line of instances.ndjson, whose root was found to be the manifest's.
  /// - Throws: A `PackError` when there is no such instance, or the rows are not those of the manifest.
  package func proof(of id: String, in path: String) async throws -> [UInt8] {
    let pack = try PublishedPack(at: path)
    let guid = InstanceID(id)?.description
    var leaves: [Digest] = []
    var found: (index: Int, row: [UInt8])?
    try await PackRows(of: pack, workers: workers).readLines { line in
      if found == nil, Self.isRow(line, of: id, or: guid) { found = (leaves.count, Array(line)) }
      leaves.append(MerkleTree.leafHash(of: line.span))
    }
    guard let found else { throw PackError.noInstance(id: id) }
    let proof = MerkleProof(of: found.index, in: leaves)
    let document = ProofDocument(
      pack: pack.name, merkleRoot: pack.manifest.merkleRoot, treeSize: proof.size,
      leafIndex: proof.index, row: String(decoding: found.row, as: UTF8.self),
      path: proof.path.map(\.hexadecimal))
    guard document.provenRoot?.hexadecimal == pack.manifest.merkleRoot else {
      throw PackError.damaged(
        pack: pack.name,
        [.recomputed(path: "manifest.json", detail: "its Merkle root is not that of the rows.")])
    }
    return try JSONFile.bytes(document)
  }

  /// Whether a proof leads from its row to a root that one knows from elsewhere.
  ///
  /// The root covers the row and nothing else: which pack the document names, and how many rows that has, is its word.
  package func check(_ path: String, root: String) throws -> Verification {
    var verification = Verification(pack: path)
    let bytes: [UInt8]
    do {
      bytes = try StoredFile.read(path, limit: FileLimit.line)
    } catch {
      guard error.isOfMachine else { throw error }
      verification.stop(because: error)
      return verification
    }
    let document = try ProofDocument(reading: bytes, at: path)
    let proven = document.provenRoot?.hexadecimal ?? "none"
    let isProven = proven == root && document.merkleRoot == root
    verification.add(
      "proof", "the row is one of those under the root \(root)",
      isProven
        ? []
        : [.recomputed(path: path, detail: "its row leads to the root \(proven), not to \(root).")])
    guard isProven else { return verification }
    verification.provenRow = document.row
    verification.leaveOut(
      "pack and size", because: "the root covers the row alone; pack and treeSize are not proved")
    return verification
  }

  private static func isRow(_ line: ArraySlice<UInt8>, of id: String, or guid: String?) -> Bool {
    var fields = RowLine(line)
    while let (key, value) = fields.next() {
      if key.elementsEqual("referenceId".utf8), value.elementsEqual(id.utf8) { return true }
      guard key.elementsEqual("id".utf8) else { continue }
      return guid.map { value.dropFirst().dropLast().elementsEqual($0.utf8) } ?? false
    }
    return false
  }
}
