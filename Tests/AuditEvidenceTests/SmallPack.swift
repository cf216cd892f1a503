import AuditEvidence
import AuditModel
import Foundation
import Testing

/// A pack of two pages in a temporary folder, for the commands of VERIFY.txt; removed when it goes.
struct SmallPack {
  private let folder: ShellFolder

  /// Publishes a pack with the keys of a folder: who signs and who stamps the time, if anybody.
  init(keys: KeyFolder? = nil, signer: String? = nil, authority: String? = nil) async throws {
    folder = try ShellFolder()
    try await folder.must("mkdir -p evidence/pages")
    let signer = try signer.flatMap { try keys?.signer($0) }
    try await publish(signer?.signer, isTimestamped: authority != nil)
    var seal = Seal(
      checksums: try read("SHA256SUMS"), signer: signer?.signer, signature: nil, timestamp: nil)
    if let signer {
      let signature = try signer.sign(seal.checksums)
      try write(signature, to: signer.signer.kind.fileName)
      seal.signature = signature
    }
    if let keys, let authority {
      try write(try await keys.timestamp(of: seal, by: authority), to: Seal.timestampFileName)
    }
  }

  /// The paths of all files.
  var paths: [String] {
    get throws {
      try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
        .filter { $0 != "evidence" && $0 != "evidence/pages" }
        .sorted()
    }
  }

  func read(_ path: String) throws -> [UInt8] { try folder.read(path) }

  func write(_ bytes: [UInt8], to path: String) throws { try folder.write(bytes, to: path) }

  /// Runs VERIFY.txt as its own first lines say.
  func verify() async throws -> ShellFolder.Answer { try await run("sh VERIFY.txt") }

  /// Runs a command in the pack's folder.
  @discardableResult
  func run(_ command: String) async throws -> ShellFolder.Answer { try await folder.run(command) }

  /// SHA256SUMS anew over the files as they are now: what a forger would do.
  func forgeChecksums() throws {
    let files = try paths.filter { $0 != "SHA256SUMS" }.map { try record($0) }
    try write(Checksums.of(files), to: "SHA256SUMS")
  }

  private func record(_ path: String) throws -> FileRecord {
    let bytes = try read(path)
    return FileRecord(
      path: path, bytes: bytes.count, digest: Digest.of(bytes), mediaType: "text/plain")
  }

  private func publish(_ signer: SignerDocument?, isTimestamped: Bool) async throws {
    var journal = Journal()
    var lines: [UInt8] = []
    let bodies = [
      ("1.json", #"[{"Id":1}]"#), ("2.json.gz", #"[{"Title":"\\u0041 %s"}]"#),
      (#"it's "3" $(é).json"#, "[]"),
    ]
    for (name, body) in bodies {
      let path = "evidence/pages/\(name)"
      try write(Array(body.utf8), to: path)
      if name.hasSuffix(".gz") {
        try await run("mv \(path) page && gzip -n page && mv page.gz \(path)")
      }
      let page = RawPage(
        request: #"/Instances?q="file":"x"\n%s"#, status: 200,
        headers: [.init(name: "date", value: #"\"sha256\":\""#)], body: Array(body.utf8))
      let digest = Digest.of(page.body)
      lines += try journal.append(
        JournalEntry(of: page, rows: 1, body: (page.body.count, digest), in: record(path)))
    }
    try write(lines, to: "evidence/journal.jsonl")
    try write(Array("a;b\r\n".utf8), to: "Übersicht der Fälle.csv")
    try write(
      VerifyText.of(signature: signer?.kind, isTimestamped: isTimestamped), to: "VERIFY.txt")
    let files = try paths.map { try record($0) }
    var report = ReportDocument.empty
    report.cover.journalHead = journal.head.hexadecimal
    var manifest = ManifestDocument(
      of: report, metrics: ["population"], options: Digest.zero, pages: 2, files: files)
    manifest.signer = signer
    try write(manifest.encoded(), to: "manifest.json")
    try forgeChecksums()
  }
}
