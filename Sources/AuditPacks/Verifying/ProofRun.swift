import AuditEvidence
import AuditFiles
import AuditModel
import AuditPlan
import AuditReport

/// Writes one row of a pack with its inclusion proof, and checks such a proof.
package struct ProofRun: Sendable {
  private let workers: Int

  /// Makes a run; `workers` is how many processors it may use.
  package init(workers: Int) {
    self.workers = workers
  }

  /// A row among those of its pack.
  private struct Row {
    /// The hashes of all leaves.
    var leaves: [Digest]
    /// Its own place among them.
    var index: Int
    /// As the server sent it, where leaves are made of that.
    var received: [UInt8]?
    /// Its line of instances.ndjson.
    var line: [UInt8]
  }

  /// The proof of an instance, as JSON.
  ///
  /// - Parameters:
  ///   - id: A reference id or a GUID.
  ///   - path: The pack's folder.
  /// - Returns: A proof over what the pack's leaves are made of, whose root was found to be the manifest's.
  /// - Throws: A `PackError` when there is no such instance, or the rows are not those of the manifest.
  package func proof(of id: String, in path: String) async throws -> [UInt8] {
    let pack = try PublishedPack(at: path)
    let row =
      switch pack.manifest.leafKind {
      case .received: try await received(id, in: pack)
      case .normalised: try await normalised(id, in: pack)
      }
    guard let row else { throw PackError.noInstance(id: id) }
    let proof = MerkleProof(of: row.index, in: row.leaves)
    let document = ProofDocument(
      pack: pack.name, merkleRoot: pack.manifest.merkleRoot, treeSize: proof.size,
      leafIndex: proof.index, leaf: pack.manifest.leafKind,
      received: row.received.map { String(decoding: $0, as: UTF8.self) },
      row: String(decoding: row.line, as: UTF8.self), path: proof.path.map(\.hexadecimal))
    guard document.provenRoot?.hexadecimal == pack.manifest.merkleRoot else {
      throw Self.otherRows(than: pack)
    }
    return try JSONFile.bytes(document)
  }

  /// Finds a row in the pages of a pack whose leaves are rows as received.
  private func received(_ id: String, in pack: PublishedPack) async throws -> Row? {
    try await pack.checkEvidence(workers: workers)
    let work = try Reperformance(of: pack, workers: workers) { $0.format = "json" }
    let leaves = try await work.leaves()
    let guid = InstanceID(id)
    let number = Int64(id).flatMap { "\($0)".isSame(as: id) ? $0 : nil }
    guard
      let index = leaves.firstIndex(where: { $0.row.referenceID == number || $0.row.id == guid })
    else { return nil }
    guard let row = try work.received(leaves[index]) else { throw Self.otherRows(than: pack) }
    if RowLine.isLine(row[...]) { throw PackError.ambiguousRow(id: id) }
    return Row(
      leaves: leaves.map(\.hash), index: index, received: row, line: try work.line(of: row))
  }

  /// Finds a row in the lines of a pack whose leaves these are.
  private func normalised(_ id: String, in pack: PublishedPack) async throws -> Row? {
    let guid = InstanceID(id)?.description
    var leaves: [Digest] = []
    var found: (index: Int, line: [UInt8])?
    try await PackRows(of: pack, workers: workers).readLines { line in
      if found == nil, Self.isRow(line, of: id, or: guid) { found = (leaves.count, Array(line)) }
      leaves.append(MerkleTree.leafHash(of: line.span))
    }
    return found.map { Row(leaves: leaves, index: $0.index, line: $0.line) }
  }

  private static func otherRows(than pack: PublishedPack) -> PackError {
    .damaged(
      pack: pack.name,
      [.recomputed(path: "manifest.json", detail: "its Merkle root is not that of the rows.")])
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
