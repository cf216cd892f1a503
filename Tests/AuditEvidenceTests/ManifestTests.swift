import AuditEvidence
import AuditModel
import Foundation
import Testing

@Suite("Manifest and checksums")
struct ManifestTests {
  private static let files = [
    FileRecord(
      path: "report.json", bytes: 2, digest: Digest.of([2]), mediaType: "application/json"),
    FileRecord(path: "evidence/a b.json", bytes: 3, digest: Digest.of([3]), mediaType: "x/y"),
    FileRecord(path: "Zeit.csv", bytes: 1, digest: Digest.of([1]), mediaType: "text/csv"),
  ]

  @Test("Checksums are a line a file, by the bytes of the path")
  func checksums() {
    let text = String(decoding: Checksums.of(Self.files), as: UTF8.self)
    #expect(
      text == """
        \(Digest.of([1]))  Zeit.csv
        \(Digest.of([3]))  evidence/a b.json
        \(Digest.of([2]))  report.json

        """)
    #expect(Checksums.of(Self.files) == Checksums.of(Self.files.reversed()))
  }

  @Test("A manifest says what the report says, lists files by path, and writes nulls")
  func manifest() throws {
    var manifest = ManifestDocument(
      of: .empty, metrics: ["population"], options: Digest.of([5]), pages: 2, files: Self.files)
    let bytes = try manifest.encoded()
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("{\n  \"asOf\" : \"1970-01-02T00:00:00.000Z\",\n"))
    #expect(text.hasSuffix("}\n"))
    #expect(text.contains("\"previous\" : null") && text.contains("\"query\" : null"))
    let object = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let counts = try #require(object["counts"] as? [String: Int])
    #expect(counts == ["instances": 2, "rows": 3, "distinct": 2, "pages": 2])
    let files = try #require(object["files"] as? [[String: Any]])
    #expect(
      files.map { $0["path"] as? String } == ["Zeit.csv", "evidence/a b.json", "report.json"])
    #expect(files[2]["sha256"] as? String == Digest.of([2]).hexadecimal)
    #expect(try PublishedManifest(decoding: bytes).merkleRoot == manifest.merkleRoot)

    manifest.previous = .init(path: "2026-09-01_2026-10-01", manifest: Digest.of([9]))
    let chained = String(decoding: try manifest.encoded(), as: UTF8.self)
    #expect(chained.contains("\"manifestSha256\" : \"\(Digest.of([9]))\""))
  }

  @Test("A later run reads the Merkle root back, and refuses what is no manifest")
  func published() throws {
    let bytes = Array(
      #"{"schemaVersion":1,"merkleRoot":"abc","optionsSha256":"def","other":[1]}"#.utf8)
    let manifest = try PublishedManifest(decoding: bytes)
    #expect(manifest.merkleRoot == "abc" && manifest.optionsSha256 == "def")
    let named = try PublishedManifest(
      decoding: Array(#"{"merkleRoot":"abc","leaf":"received","optionsSha256":"def"}"#.utf8))
    #expect(named.isCovered(by: named) && !named.isCovered(by: manifest))
    #expect(throws: (any Error).self) { try PublishedManifest(decoding: Array("[]".utf8)) }
  }
}
