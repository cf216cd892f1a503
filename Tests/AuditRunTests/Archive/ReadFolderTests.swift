import AuditEvidence
import AuditModel
import AuditReport
import Foundation
import Testing

@testable import AuditFetch
@testable import AuditFiles
@testable import AuditRun

@Suite("The pages of an unfinished read")
struct ReadFolderTests {
  private static let now = Instant(milliseconds: 1_793_600_000_000)
  private static let key = Digest.of([1])

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func page(_ after: Int64, _ body: String, read: Int = 1) -> FetchedPage {
    FetchedPage(
      page: RawPage(
        request: "/x?after=\(after)", status: 200, headers: [], body: Array(body.utf8)),
      purpose: .read(read), after: after, rows: 1)
  }

  /// Opens the read of an archive, with its lock, for as long as a body runs.
  private func open<Value>(
    key: Digest = key, version: String = "1.0.0", hours: Double = 0,
    _ body: (ReadFolder, String?) throws -> Value
  ) throws -> Value {
    let archive = try Archive.open(folder("archive"), at: Self.now)
    let time = Self.now.advanced(byMilliseconds: Int64(hours * 3_600_000))
    let (read, setAside) = try archive.openRead(key: key, toolVersion: version, now: time)
    return try body(read, setAside)
  }

  /// Leaves three pages as a killed run would.
  private func leavePages() throws {
    try open { read, _ in
      let pages = [page(0, "[1]"), page(20, "[3]"), page(10, "[2]"), page(0, "[1]", read: 2)]
      let numbers = try pages.map { try read.keep($0) }
      #expect(numbers == [0, 1, 2, 0])
    }
  }

  private var journal: String { folder("archive/.kfaudit-read/journal.jsonl") }

  @Test("What a killed run has read is taken up in the order of its rows, and the journal goes on")
  func resume() throws {
    try leavePages()
    try open(hours: 5.9) { read, setAside in
      #expect(setAside == nil)
      #expect(
        read.resumed == [
          .init(after: 0, content: 0), .init(after: 10, content: 2), .init(after: 20, content: 1),
        ])
      let body = try read.body(of: 2)
      #expect(body == Array("[2]".utf8))
      let number = try read.keep(page(30, "[4]"))
      #expect(number == 3)
      #expect(read.firstRead == [0, 2, 1, 3])
    }
    let lines = try Journal.reading(Data(contentsOf: URL(filePath: journal))).entries
    #expect(lines.count == 5)
    #expect(lines.map(\.purpose) == ["read 1", "read 1", "read 1", "read 2", "read 1"])
  }

  @Test("The same body is kept once, and names sort as the pages follow each other")
  func names() throws {
    try leavePages()
    #expect(
      try folder.names(in: "archive/.kfaudit-read") == [
        "1-0000000000000000000.json.gz", "1-0000000000000000010.json.gz",
        "1-0000000000000000020.json.gz", "journal.jsonl", "read.json",
      ])
    #expect(try folder.mode(of: "archive/.kfaudit-read") == 0o700)
    #expect(try folder.mode(of: "archive/.kfaudit-read/journal.jsonl") == 0o600)
    #expect(try folder.mode(of: "archive/.kfaudit-read/1-0000000000000000010.json.gz") == 0o600)
  }

  @Test("F127: a torn last line is cut off, and everything before it taken up")
  func torn() throws {
    try leavePages()
    let bytes = try Data(contentsOf: URL(filePath: journal))
    try bytes.dropLast(7).write(to: URL(filePath: journal))
    try open { read, setAside in
      #expect(setAside == nil)
      #expect(read.resumed.count == 3)
      _ = try read.keep(page(30, "[4]"))
    }
    let count = try open { read, _ in read.resumed.count }
    #expect(count == 4)
  }

  @Test(
    "A run that was killed among the definitions leaves its pages; definitions are asked for anew")
  func definitions() throws {
    let id = Name("2c8f0d0e-5b0e-4f1a-9e43-0d5f0f8f0a11")
    func keep(_ words: String, in read: ReadFolder) throws {
      let question = DefinitionQuestion(VersionedDefinition(id: id, version: 3))
      try read.keep(
        FetchedDefinition(
          question: try #require(question), apiVersion: 2,
          answers: [
            RawPage(request: "/d", status: 400, headers: [], body: []),
            RawPage(request: "/d", status: 200, headers: [], body: Array("secret".utf8)),
          ], outcome: .notFound(reason: words)))
    }
    try leavePages()
    try open { read, _ in try keep("first", in: read) }
    let lines = try Journal.reading(Data(contentsOf: URL(filePath: journal))).entries
    #expect(lines.map(\.purpose).suffix(2) == ["definition", "definition"])
    #expect(lines[5].sha256 == Digest.of(Array("secret".utf8)).hexadecimal)
    try open { read, setAside in
      #expect(setAside == nil && read.resumed.count == 3)
      #expect(try read.definitions().isEmpty)
      try keep("second", in: read)
      #expect(try read.definitions().map(\.outcome) == [.notFound(reason: "second")])
    }
    let again = try Journal.reading(Data(contentsOf: URL(filePath: journal)))
    #expect(again.entries.count == 6 && again.discrepancies.isEmpty)
  }

  /// What may have happened to the pages of a killed run.
  enum Mishap: String, CaseIterable, Sendable {
    case missingPage, changedPage, changedLine, otherKey, otherVersion, tooOld, fromTheFuture,
      noNote, linkedPage, openPage, linkedNote, openFolder
  }

  @Test(
    "F127: pages that cannot be relied on are set aside, and the read begins anew",
    arguments: Mishap.allCases)
  func setAside(mishap: Mishap) throws {
    try leavePages()
    let page = "archive/.kfaudit-read/1-0000000000000000010.json.gz"
    var (key, version, hours) = (Self.key, "1.0.0", 0.0)
    switch mishap {
    case .missingPage: try FileManager.default.removeItem(atPath: folder(page))
    case .changedPage:
      var bytes = try folder.read(page)
      bytes[bytes.count - 1] ^= 1
      try Data(bytes).write(to: URL(filePath: folder(page)))
    case .changedLine:
      let text = try String(contentsOfFile: journal, encoding: .utf8)
      try text.replacing("after=20", with: "after=21").write(
        toFile: journal, atomically: true, encoding: .utf8)
    case .otherKey: key = Digest.of([2])
    case .otherVersion: version = "0.9.0"
    case .tooOld: hours = 7
    case .fromTheFuture: hours = -1
    case .linkedPage:
      try FileManager.default.linkItem(atPath: folder(page), toPath: folder("other"))
    case .openPage: try folder.setMode(0o660, of: page)
    case .linkedNote:
      try FileManager.default.moveItem(
        atPath: folder("archive/.kfaudit-read/read.json"), toPath: folder("read.json"))
      try FileManager.default.createSymbolicLink(
        atPath: folder("archive/.kfaudit-read/read.json"),
        withDestinationPath: folder("read.json"))
    case .openFolder: try folder.setMode(0o770, of: "archive/.kfaudit-read")
    case .noNote:
      try FileManager.default.removeItem(atPath: folder("archive/.kfaudit-read/read.json"))
    }
    try open(key: key, version: version, hours: hours) { read, setAside in
      #expect(setAside?.isEmpty == false)
      #expect(read.resumed.isEmpty)
      #expect(read.isEmpty)
    }
    #expect(try folder.names(in: "archive/.kfaudit-read") == ["journal.jsonl", "read.json"])
  }

  @Test(
    "A read that another user planted is set aside as it is, and said to be",
    .enabled(if: geteuid() == 0, "only root may give files away"), arguments: [false, true])
  func planted(wholeFolder: Bool) throws {
    try leavePages()
    let read = "archive/.kfaudit-read"
    let given = wholeFolder ? read : "\(read)/1-0000000000000000010.json.gz"
    try folder.give(given, to: 12_345)
    try open { read, setAside in
      #expect(setAside?.contains("it belongs to user 12345") == true, "\(setAside ?? "")")
      #expect(read.resumed.isEmpty && read.isEmpty)
    }
    #expect(try folder.names(in: read) == ["journal.jsonl", "read.json"])
    if wholeFolder { #expect(try folder.names(in: "archive/.kfaudit-tmp-read").count == 5) }
  }

  @Test("A page that was replaced after it had been read does not come into a pack")
  func exchanged() throws {
    let archive = try Archive.open(folder("archive"), at: Self.now)
    let (read, _) = try archive.openRead(key: Self.key, toolVersion: "1.0.0", now: Self.now)
    _ = try read.keep(page(0, "[1]"))
    let path = folder("archive/.kfaudit-read/1-0000000000000000000.json.gz")
    let bytes = try Data(contentsOf: URL(filePath: path))
    // The file that was read goes on, so that its number is not used again.
    try FileManager.default.moveItem(atPath: path, toPath: folder("moved"))
    try Data("planted".utf8).write(to: URL(filePath: path))
    let pack = try archive.beginPack()
    #expect(throws: ArchiveError.exchanged(path: path)) { try read.enter(into: pack) }
    pack.discard()
    // The same bytes are the same page, and are copied: the other file stays somebody else's.
    try FileManager.default.removeItem(atPath: path)
    try bytes.write(to: URL(filePath: path))
    let second = try archive.beginPack()
    try read.enter(into: second)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.referenceCount] as? Int == 1)
  }

  @Test("Pages that arrive at the same time make one chain")
  func concurrent() async throws {
    let archive = try Archive.open(folder("archive"), at: Self.now)
    let (read, _) = try archive.openRead(key: Self.key, toolVersion: "1", now: Self.now)
    try await WorkerThreads.run(4) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<50 {
          let page = page(Int64(number), "[\(number % 40)]")
          group.addTask { _ = try read.keep(page) }
        }
        try await group.waitForAll()
      }
    }
    let found = try Journal.reading(Data(contentsOf: URL(filePath: journal)))
    #expect(found.entries.count == 50)
    #expect(Set(found.entries.map(\.file)).count == 40)
    #expect(found.journal.head.hexadecimal == read.journalFacts.head)
    #expect(try folder.names(in: "archive/.kfaudit-read").count == 42)
  }

  @Test("A pack gets the pages with their digests; the read stays until it is removed")
  func intoPack() throws {
    try open { read, _ in
      _ = try read.keep(page(0, "[1]"))
      _ = try read.keep(page(10, "[2]"))
    }
    let archive = try Archive.open(folder("archive"), at: Self.now)
    let (read, _) = try archive.openRead(key: Self.key, toolVersion: "1.0.0", now: Self.now)
    let pack = try archive.beginPack()
    try read.enter(into: pack)
    #expect(
      pack.files.map(\.path) == [
        "evidence/journal.jsonl", "evidence/pages/1-0000000000000000000.json.gz",
        "evidence/pages/1-0000000000000000010.json.gz",
      ])
    for file in pack.files {
      let bytes = try pack.read(file.path)
      #expect(Digest.of(bytes) == file.digest)
    }
    #expect(try folder.names(in: "archive/.kfaudit-read").count == 4)
    try read.remove()
    for file in pack.files {
      let bytes = try pack.read(file.path)
      #expect(Digest.of(bytes) == file.digest)
    }
  }
}
