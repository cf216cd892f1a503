import AuditEvidence
import AuditModel
import SafeGzip

/// The pages of a server, compressed into the pack and entered into the journal as they arrive.
final class ServerPages {
  /// The most that a page may hold, in bytes: the cap of a response's body.
  private static let largestPage = 32 << 20

  private let pack: PackBuilder
  private let journalFile: PackFile
  private var journal = Journal()
  private var compressor: GzipCompressor
  private var names: [String] = []

  init(into pack: PackBuilder) throws {
    self.pack = pack
    journalFile = try pack.create("evidence/journal.jsonl", mediaType: "application/x-ndjson")
    compressor = try GzipCompressor()
  }

  /// Keeps a page that has just arrived.
  func keep(_ page: RawPage, rows: Int) throws {
    let number = String(names.count + 1)
    let padding = String(repeating: "0", count: max(0, 6 - number.utf8.count))
    let path = "evidence/pages/\(padding)\(number).json.gz"
    let record = try pack.write(
      compressor.compress(page.body), to: path, mediaType: "application/gzip")
    names.append(path)
    try journalFile.append(
      journal.append(
        PageFacts(
          of: page, rows: rows, body: (page.body.count, Digest.of(page.body)), in: record)))
  }

  /// Ends the journal; the pages as they can be read again, and the hash of the journal's last line.
  func finish() throws -> (pages: any StoredPages, journalHead: Digest) {
    try journalFile.finish()
    return (KeptPages(names: names, pack: pack, largestPage: Self.largestPage), journal.head)
  }
}

/// Compressed pages of a pack that is being built.
private struct KeptPages: StoredPages {
  let names: [String]
  let pack: PackBuilder
  let largestPage: Int

  var count: Int { names.count }

  func name(at index: Int) -> String { names[index] }

  func body(at index: Int) throws -> [UInt8] {
    var decompressor = try GzipDecompressor()
    return try decompressor.decompress(pack.read(names[index]), limit: largestPage)
  }
}
