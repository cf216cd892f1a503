import AuditEvidence
import AuditModel
import AuditPlan
import Foundation
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditReport
@testable import AuditRun

@Suite("Proofs of single rows")
struct ProofTests {
  private func document(_ bytes: [UInt8]) throws -> ProofDocument {
    try JSONDecoder().decode(ProofDocument.self, from: Data(bytes))
  }

  /// What a check finds of a document; one that is refused is one discrepancy.
  private func check(
    _ bytes: [UInt8], root: String? = nil, pack: String? = nil, in folder: TemporaryFolder
  ) throws -> Verification {
    let file = folder("proof.json")
    try ResultFile.write(bytes, to: file)
    do {
      return try ProofCheck(file, root: root, pack: pack).run()
    } catch let error as PackError {
      #expect(error.exitStatus == .brokenData)
      var refused = Verification(pack: file)
      refused.add("proof", "", [.recomputed(path: file, detail: error.description)])
      return refused
    }
  }

  /// A pack, its root and the proof of one of its rows.
  private func proof(
    ofNormalised isNormalised: Bool = false, id: String = "150024"
  ) async throws -> (pack: PackCase, root: String, bytes: [UInt8]) {
    let pack = try await PackCase.saved()
    if isNormalised { try pack.makeNormalised() }
    let bytes = try await ProofRun(workers: 2).proof(of: id, in: pack.path)
    return (pack, try PublishedPack(at: pack.path).manifest.merkleRoot, bytes)
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
      #expect(byID.received?.contains("\"ReferenceId\":150024") == true)
      #expect(byID.merkleRoot == root)
      let guid = try #require(byID.row.split(separator: "\"").first { $0.utf8.count == 36 })
      let byGUID = try document(await runner.proof(of: "{\(guid.uppercased())}", in: pack.path))
      #expect(byGUID == byID)
    }
  }

  @Test("What is proved is the row as a page has it, byte for byte")
  func received() async throws {
    let (pack, _, bytes) = try await self.proof()
    let text = try #require(try document(bytes).received)
    let pages = try PackPages(PublishedPack(at: pack.path), nil)
    let isThere = try (0..<pages.count).contains { try pages.body(at: $0).contains(text.utf8) }
    #expect(isThere)
  }

  @Test(
    "A proof is accepted under its root only, and no longer when anything of it was changed",
    arguments: [true, false])
  func checks(isNormalised: Bool) async throws {
    let (pack, root, proof) = try await self.proof(ofNormalised: isNormalised)
    let isIntact = { (bytes: [UInt8], root: String?) in
      try check(bytes, root: root, pack: root == nil ? pack.path : nil, in: pack.job.folder)
        .isIntact
    }
    #expect(try isIntact(proof, root))
    #expect(try isIntact(proof, nil))
    #expect(try !isIntact(proof, String(repeating: "0", count: 64)))
    let text = String(decoding: proof, as: UTF8.self)
    let leaf = isNormalised ? "referenceId" : "ReferenceId"
    for (old, new) in [
      ("\(leaf)\\\":150024", "\(leaf)\\\":150025"), ("\"leafIndex\" : ", "\"leafIndex\" : 1"),
      ("\"treeSize\" : 120", "\"treeSize\" : 20"), (root, String(repeating: "1", count: 64)),
    ] {
      try #require(text.contains(old), "\(old)")
      #expect(try !isIntact(Array(text.replacing(old, with: new).utf8), root), "\(old)")
    }
  }

  @Test("A proof is accepted in its one form only, and what it claims is its row")
  func oneForm() async throws {
    let (pack, root, proof) = try await self.proof()
    let found = try check(proof, root: root, in: pack.job.folder)
    #expect(found.provenRow == (try document(proof)).received)
    #expect(found.table.contains("\"ReferenceId\":150024"))
    #expect(found.table.contains("pack and treeSize are not proved"))
    #expect(found.table.contains("depends on the settings of the pack"))
    #expect(try found.json().contains("150024"))
    let text = String(decoding: proof, as: UTF8.self)
    let size = "\"treeSize\" : 120"
    for (old, new) in [
      (size, "\"treeSize\" : -1"), (size, "\"treeSize\" : 0"),
      (size, "\"treeSize\" : 9223372036854775807"), (size, "\"treeSize\" : 1.2e2"),
      (size, "\"treeSize\" : 120.0"), (size, size + ",\n  \"treeSize\" : 120"),
      (size, size + ",\n  \"verified\" : true"), (size, " " + size),
      ("\"pack\" : \"", "\"pack\" : \"../"), ("\"schemaVersion\" : 2", "\"schemaVersion\" : 1"),
      ("\"schemaVersion\" : 2", "\"schemaVersion\" : 3"),
      ("\"pack\" : \"", "\"pack\" : \"a\",\n  \"pack\" : \""),
    ] {
      try #require(text.contains(old), "\(old)")
      try ResultFile.write(Array(text.replacing(old, with: new).utf8), to: found.pack)
      let error = #expect(throws: PackError.self, "\(new)") {
        try ProofCheck(found.pack, root: root).run()
      }
      #expect(error?.exitStatus == .brokenData)
    }
  }

  @Test("The normalised row beside it is what the settings of the pack make of what was received")
  func normalisedRow() async throws {
    let (pack, root, proof) = try await self.proof()
    let found = try check(proof, root: root, pack: pack.path, in: pack.job.folder)
    #expect(found.isIntact && found.omitted.isEmpty, "\(found.table)")
    var document = try self.document(proof)
    document.row.replace("\"outcome\":\"", with: "\"outcome\":\"x")
    let forged = try JSONFile.bytes(document)
    #expect(try check(forged, root: root, in: pack.job.folder).omitted.contains("normalised row"))
    let compared = try check(forged, pack: pack.path, in: pack.job.folder)
    #expect(compared.exitStatus == .brokenData && compared.provenRow == nil)
    #expect(compared.table.contains("make another row"), "\(compared.table)")
    try pack.replace("\"statusMap\" : {", with: "\"statusMap\" :  {", in: OptionsDocument.path)
    #expect(try !check(proof, pack: pack.path, in: pack.job.folder).isIntact)
  }

  @Test("A proof of one kind of leaf never passes for one of the other")
  func kinds() async throws {
    let (pack, root, proof) = try await self.proof()
    let (old, oldRoot, oldProof) = try await self.proof(ofNormalised: true)
    #expect(root != oldRoot)
    let folder = pack.job.folder
    let passes = { (document: ProofDocument, root: String, pack: PackCase?) in
      try check(JSONFile.bytes(document), root: root, pack: pack?.path, in: folder).isIntact
    }
    let (new, before) = (try document(proof), try document(oldProof))
    #expect(try passes(new, root, pack))
    #expect(try passes(before, oldRoot, old))
    #expect(try !passes(new, root, old))
    #expect(try !passes(before, oldRoot, pack))
    // A line of instances.ndjson as if a server had sent it, and the other way round.
    var asReceived = before
    (asReceived.leaf, asReceived.received) = (.received, before.row)
    #expect(asReceived.provenRoot?.hexadecimal == oldRoot)
    #expect(try !passes(asReceived, oldRoot, nil))
    var asLine = new
    (asLine.leaf, asLine.received, asLine.row) = (.normalised, nil, new.received ?? "")
    #expect(asLine.provenRoot?.hexadecimal == root)
    #expect(try !passes(asLine, root, nil))
    // The form of before says nothing of kinds: it is that of lines.
    (asLine.schemaVersion, asLine.leaf) = (1, nil)
    #expect(try !passes(asLine, root, nil))
    var first = before
    (first.schemaVersion, first.leaf) = (1, nil)
    #expect(try passes(first, oldRoot, old))
  }

  @Test(
    "A row that a server has spelled as a line of instances.ndjson is in the pack, and is not proved"
  )
  func ambiguous() async throws {
    let line = try document(await proof().bytes).row
    var job = try MainJob()
    try job.folder.makeFolder("pages")
    try job.folder.write("[\(line)]", to: "pages/a.json")
    job.options.pages = job.folder("pages")
    job.options.from = "2026-07-01"
    job.options.to = "2026-10-01"
    let pack = PackCase(job: job, path: try await job.run().pack)
    #expect(try await pack.verify().isIntact)
    let error = try await #require(throws: PackError.self) {
      _ = try await ProofRun(workers: 2).proof(of: "150024", in: pack.path)
    }
    #expect(error.description.contains("as a line of instances.ndjson"))
  }

  @Test("An instance that is not there is named, and so is a file that is no proof")
  func mistakes() async throws {
    let pack = try await PackCase.saved()
    let error = try await #require(throws: PackError.self) {
      _ = try await ProofRun(workers: 2).proof(of: "7", in: pack.path)
    }
    #expect(error.exitStatus == .usage)
    #expect(error.description.contains("no instance '7'"))
    #expect(throws: PackError.self) {
      try ProofCheck("\(pack.path)/manifest.json", root: "00").run()
    }
  }
}
