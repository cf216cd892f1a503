import AuditEvidence
import AuditFetch
import AuditModel
import SafeGzip
import Synchronization

/// TEMPORARY until ReadFolder lands.
final class ServerPages: PageStore {
  private let pack: PackBuilder
  private struct State {
    var names: [String] = []
    var digests: [Digest: Int] = [:]
    var journal = Journal()
    var lines: [UInt8] = []
  }
  private let state = Mutex(State())
  let resumed: [ResumedPage] = []
  init(into pack: PackBuilder) { self.pack = pack }
  func keep(_ page: FetchedPage) throws -> Int {
    try state.withLock { state in
      let digest = Digest.of(page.page.body)
      if let known = state.digests[digest] { return known }
      var compressor = try GzipCompressor()
      let path = "evidence/pages/\(state.names.count + 100000).json.gz"
      let record = try pack.write(
        compressor.compress(page.page.body), to: path, mediaType: "application/gzip")
      state.lines += try state.journal.append(
        PageFacts(of: page.page, rows: page.rows, body: (page.page.body.count, digest), in: record))
      state.names.append(path)
      state.digests[digest] = state.names.count - 1
      return state.names.count - 1
    }
  }
  func body(of content: Int) throws -> [UInt8] {
    var decompressor = try GzipDecompressor()
    return try decompressor.decompress(
      pack.read(state.withLock { $0.names[content] }), limit: 32 << 20)
  }
  func finish() throws -> Digest {
    try state.withLock { state in
      try pack.write(state.lines, to: "evidence/journal.jsonl", mediaType: "application/x-ndjson")
      return state.journal.head
    }
  }
  func pages(_ contents: [Int]) -> any StoredPages { View(store: self, contents: contents) }
  struct View: StoredPages {
    let store: ServerPages
    let contents: [Int]
    var count: Int { contents.count }
    func name(at index: Int) -> String { store.state.withLock { $0.names[contents[index]] } }
    func body(at index: Int) throws -> [UInt8] { try store.body(of: contents[index]) }
  }
}
