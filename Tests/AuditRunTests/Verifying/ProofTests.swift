import AuditEvidence
import AuditModel
import AuditPlan
import Foundation
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditRun

@Suite("Proofs of single rows")
struct ProofTests {
  private func document(_ bytes: [UInt8]) throws -> ProofDocument {
    try JSONDecoder().decode(ProofDocument.self, from: Data(bytes))
  }

  @Test(
    "A row is proved by its reference id or its GUID, whether or not the pack has instances.ndjson")
  func rows() async throws {
    for format in ["json,ndjson", "csv"] {
      let pack = try await PackCase.saved { $0.options.format = format }
      let root = try PublishedPack(at: pack.path).manifest.merkleRoot
      let runner = ProofRun(workers: 2)
      let byID = try document(await runner.proof(of: "150024", in: pack.path))
      #expect(byID.row.contains("\"referenceId\":150024,"))
      #expect(byID.merkleRoot == root)
      let guid = try #require(byID.row.split(separator: "\"").first { $0.utf8.count == 36 })
      let byGUID = try document(await runner.proof(of: "{\(guid.uppercased())}", in: pack.path))
      #expect(byGUID == byID)
    }
  }

  @Test("A proof is accepted under its root only, and no longer when anything of it was changed")
  func checks() async throws {
    let pack = try await PackCase.saved()
    let proof = try await ProofRun(workers: 2).proof(of: "150024", in: pack.path)
    let root = try PublishedPack(at: pack.path).manifest.merkleRoot
    let file = pack.job.folder("proof.json")
    let check = { (bytes: [UInt8], root: String) throws -> Bool in
      try ResultFile.write(bytes, to: file)
      do {
        return try ProofRun(workers: 1).check(file, root: root).isIntact
      } catch let error as PackError {
        #expect(error.exitStatus == .brokenData)
        return false
      }
    }
    #expect(try check(proof, root))
    #expect(try !check(proof, String(repeating: "0", count: 64)))
    let text = String(decoding: proof, as: UTF8.self)
    for (old, new) in [
      ("150024", "150025"), ("\"leafIndex\" : ", "\"leafIndex\" : 1"),
      ("\"treeSize\" : 120", "\"treeSize\" : 20"), (root, String(repeating: "1", count: 64)),
    ] {
      try #require(text.contains(old), "\(old)")
      #expect(try !check(Array(text.replacing(old, with: new).utf8), root), "\(old)")
    }
  }

  @Test("A proof is accepted in its one form only, and what it claims is its row")
  func oneForm() async throws {
    let pack = try await PackCase.saved()
    let proof = try await ProofRun(workers: 2).proof(of: "150024", in: pack.path)
    let root = try PublishedPack(at: pack.path).manifest.merkleRoot
    let file = pack.job.folder("proof.json")
    try ResultFile.write(proof, to: file)
    let found = try ProofRun(workers: 1).check(file, root: root)
    #expect(found.provenRow == (try document(proof)).row)
    #expect(found.table.contains("row: {\"referenceId\":150024,"))
    #expect(found.table.contains("pack and treeSize are not proved"))
    #expect(try found.json().contains("150024"))
    let text = String(decoding: proof, as: UTF8.self)
    let size = "\"treeSize\" : 120"
    for (old, new) in [
      (size, "\"treeSize\" : -1"), (size, "\"treeSize\" : 0"),
      (size, "\"treeSize\" : 9223372036854775807"), (size, "\"treeSize\" : 1.2e2"),
      (size, "\"treeSize\" : 120.0"), (size, size + ",\n  \"treeSize\" : 120"),
      (size, size + ",\n  \"verified\" : true"), (size, " " + size),
      ("\"pack\" : \"", "\"pack\" : \"../"), ("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"),
      ("\"pack\" : \"", "\"pack\" : \"a\",\n  \"pack\" : \""),
    ] {
      try #require(text.contains(old), "\(old)")
      try ResultFile.write(Array(text.replacing(old, with: new).utf8), to: file)
      let error = #expect(throws: PackError.self, "\(new)") {
        try ProofRun(workers: 1).check(file, root: root)
      }
      #expect(error?.exitStatus == .brokenData)
    }
  }

  @Test("An instance that is not there is named, and so is a file that is no proof")
  func mistakes() async throws {
    let pack = try await PackCase.saved()
    let error = try await #require(throws: PackError.self) {
      _ = try await ProofRun(workers: 2).proof(of: "7", in: pack.path)
    }
    #expect(error.exitStatus == .usage)
    #expect(error.description.contains("no instance 7"))
    #expect(throws: PackError.self) {
      try ProofRun(workers: 1).check("\(pack.path)/manifest.json", root: "00")
    }
  }
}
