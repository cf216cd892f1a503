import AuditEvidence
import AuditModel
import AuditReport
import Foundation
import Testing

@testable import AuditFiles
@testable import AuditRun

@Suite("Pack builder")
struct PackBuilderTests {
  private let folder: TemporaryFolder
  private let archive: Archive
  private let window = "2026-10-01_2026-11-01"

  init() throws {
    folder = try TemporaryFolder()
    archive = try Archive.open(folder("archive"), at: Instant(milliseconds: 0))
  }

  /// A pack with what publishing compares: the root over the rows, and the options.
  private func pack(
    root: String, options: String = "same", after previous: String? = nil
  ) throws -> PackBuilder {
    let pack = try archive.beginPack()
    let link = try previous.map { name in
      let digest = Digest.of(try folder.read("archive/\(name)/manifest.json"))
      return #"{"path":"\#(name)","manifestSha256":"\#(digest)"}"#
    }
    let manifest = """
      {"merkleRoot":"\(root)","optionsSha256":"\(options)","asOf":"2026-11-01T00:00:00.000Z",
      "previous":\(link ?? "null"),"window":{"from":"","to":"","timeZone":"","localFrom":"","localTo":""}}
      """
    try pack.write(Array(manifest.utf8), to: "manifest.json", mediaType: "application/json")
    return pack
  }

  /// The names that a person sees in the archive.
  private func published() throws -> [String] {
    try folder.names(in: "archive").filter { $0 != ".kfaudit.lock" }
  }

  @Test("F130: files are 0600 and folders 0700, with nothing for others")
  func modes() throws {
    let pack = try archive.beginPack()
    try pack.write([1], to: "a/b/c", mediaType: "x/y")
    _ = try archive.publish(pack, as: window)
    #expect(try folder.mode(of: "archive/\(window)") == 0o700)
    #expect(try folder.mode(of: "archive/\(window)/a/b") == 0o700)
    #expect(try folder.mode(of: "archive/\(window)/a/b/c") == 0o600)
  }

  @Test("A streamed file has the size and digest of its bytes, however they were cut")
  func streaming() throws {
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let pack = try archive.beginPack()
    for size in [1 << 20, 300_000, 65_537, 997] {
      let file = try pack.create("cut-\(size)", mediaType: "text/csv")
      for start in stride(from: 0, to: bytes.count, by: size) {
        try file.append(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      let record = try file.finish()
      #expect(
        record
          == FileRecord(
            path: "cut-\(size)", bytes: bytes.count, digest: Digest.of(bytes),
            mediaType: "text/csv"))
    }
    let publication = try archive.publish(pack, as: window)
    #expect(publication.path == folder("archive/\(window)"))
    #expect(try folder.read("archive/\(window)/cut-997") == bytes)
  }

  @Test("Files are listed by path, in whatever order they were written")
  func files() throws {
    let pack = try archive.beginPack()
    for path in ["b", "a/z", "B", "a"] where path != "a" {
      try pack.write([], to: path, mediaType: "x/y")
    }
    #expect(pack.files.map(\.path) == ["B", "a/z", "b"])
  }

  @Test("Several tasks may write at once")
  func concurrency() async throws {
    let pack = try archive.beginPack()
    try await WorkerThreads.run(4) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<50 {
          group.addTask {
            try pack.write([UInt8(number)], to: "d\(number % 3)/\(number)", mediaType: "x/y")
          }
        }
        try await group.waitForAll()
      }
    }
    #expect(pack.files.count == 50)
    _ = try archive.publish(pack, as: window)
    #expect(try folder.read("archive/\(window)/d2/17") == [17])
  }

  @Test(
    "Nothing stands under a final name before publication, and nothing is left besides afterwards")
  func publish() throws {
    let pack = try pack(root: "r")
    #expect(try published().allSatisfy { $0.hasPrefix(".kfaudit-tmp-") })
    let publication = try archive.publish(pack, as: window)
    #expect(publication.path == folder("archive/\(window)"))
    #expect(!publication.wasAlreadyPublished && publication.notice == nil)
    #expect(try published() == [window, "latest"])
    let latest = try FileManager.default.destinationOfSymbolicLink(
      atPath: folder("archive/latest"))
    #expect(latest == window)
  }

  @Test("F116: a pack that is dropped or discarded leaves nothing")
  func dropped() throws {
    do {
      let pack = try pack(root: "r")
      let file = try pack.create("evidence/open", mediaType: "x/y")
      try file.append([1, 2, 3])
    }
    #expect(try published().isEmpty)
    let pack = try pack(root: "r")
    pack.discard()
    pack.discard()
    #expect(try published().isEmpty)
  }

  @Test("A pack with an unfinished file is not published")
  func unfinished() throws {
    let pack = try pack(root: "r")
    let file = try pack.create("open", mediaType: "x/y")
    #expect(throws: ArchiveError.unfinished(path: "open")) { try archive.publish(pack, as: window) }
    try file.finish()
    #expect(try archive.publish(pack, as: window).path == folder("archive/\(window)"))
  }

  @Test(
    "F125: the same window with other rows or options becomes .r2, .r3, and the first is untouched")
  func revisions() throws {
    _ = try archive.publish(pack(root: "one"), as: window)
    let first = try folder.read("archive/\(window)/manifest.json")
    #expect(
      try archive.publish(pack(root: "two"), as: window).path == folder("archive/\(window).r2"))
    #expect(
      try archive.publish(pack(root: "two", options: "other"), as: window).path
        == folder("archive/\(window).r3"))
    #expect(try folder.read("archive/\(window)/manifest.json") == first)
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder("archive/latest"))
        == "\(window).r3")
  }

  @Test("A removed revision's number is not used again while a later one stands")
  func gapInRevisions() throws {
    for root in ["one", "two", "three"] { _ = try archive.publish(pack(root: root), as: window) }
    try FileManager.default.removeItem(atPath: folder("archive/\(window).r2"))
    #expect(
      try archive.publish(pack(root: "four"), as: window).path == folder("archive/\(window).r4"))
  }

  @Test("F124: the same rows and options are already published")
  func alreadyPublished() throws {
    _ = try archive.publish(pack(root: "one"), as: window)
    let newest = try archive.publish(pack(root: "two"), as: window).path
    let again = try archive.publish(pack(root: "two"), as: window)
    #expect(again.wasAlreadyPublished && again.path == newest)
    #expect(try published() == [window, "\(window).r2", "latest"])
    // The first is no longer what the window's newest pack says.
    #expect(
      try archive.publish(pack(root: "one"), as: window).path == folder("archive/\(window).r3"))
  }

  @Test(
    "F116: latest is mended when a run ended before it could point at its pack, whatever the times of files"
  )
  func mendedLatest() throws {
    func latest() throws -> String {
      try FileManager.default.destinationOfSymbolicLink(atPath: folder("archive/latest"))
    }
    let (old, new) = ("2026-11-02_2026-11-03", "2026-11-01_2026-11-02")
    _ = try archive.publish(pack(root: "one"), as: old)
    _ = try archive.publish(pack(root: "one", after: old), as: new)
    // A copy has other times, and the newer pack may have the older one's window.
    for (name, time) in [(old, 1000.0), (new, 50)] {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: time)],
        ofItemAtPath: folder("archive/\(name)/manifest.json"))
    }
    #expect(try archive.publish(pack(root: "one"), as: old).wasAlreadyPublished)
    #expect(try latest() == new)
    try FileManager.default.removeItem(atPath: folder("archive/latest"))
    _ = try archive.publish(pack(root: "one"), as: old)
    #expect(try latest() == new)
    try FileManager.default.removeItem(atPath: folder("archive/latest"))
    try FileManager.default.createSymbolicLink(
      atPath: folder("archive/latest"), withDestinationPath: old)
    #expect(try archive.publish(pack(root: "one"), as: new).notice == nil)
    #expect(try latest() == new)
  }

  @Test("F126: a pack that cannot be read is not the same, and stays")
  func unreadable() throws {
    _ = try archive.publish(pack(root: "one"), as: window)
    try folder.write("{", to: "archive/\(window)/manifest.json")
    #expect(
      try archive.publish(pack(root: "one"), as: window).path == folder("archive/\(window).r2"))
    try FileManager.default.removeItem(atPath: folder("archive/\(window).r2/manifest.json"))
    #expect(
      try archive.publish(pack(root: "one"), as: window).path == folder("archive/\(window).r3"))
  }

  @Test("F131: latest replaces a dangling link, and leaves a folder or a file alone with a notice")
  func latest() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder("archive/latest"), withDestinationPath: "gone")
    #expect(try archive.publish(pack(root: "one"), as: window).notice == nil)
    try FileManager.default.removeItem(atPath: folder("archive/latest"))
    try folder.makeFolder("archive/latest")
    let notice = try archive.publish(pack(root: "two"), as: window).notice
    #expect(notice?.contains(folder("archive/latest")) == true)
    try FileManager.default.removeItem(atPath: folder("archive/latest"))
    try folder.write("mine", to: "archive/latest")
    #expect(try archive.publish(pack(root: "three"), as: window).notice != nil)
    #expect(try folder.read("archive/latest") == Array("mine".utf8))
    #expect(try published() == [window, "\(window).r2", "\(window).r3", "latest"])
  }

  @Test(
    "Names that lead out of the pack or break SHA256SUMS are refused",
    arguments: [
      "", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", "a\nb", "a\\b", "a\u{7f}",
    ])
  func names(path: String) throws {
    let pack = try archive.beginPack()
    #expect(throws: ArchiveError.unusableName(path)) {
      try pack.write([], to: path, mediaType: "x/y")
    }
  }

  @Test("Two names that differ only in how an accent is encoded are two files")
  func normalisation() throws {
    let pack = try archive.beginPack()
    for path in ["\u{e9}/\u{e9}", "\u{e9}/e\u{301}", "e\u{301}/x"] {
      try pack.write(Array(path.utf8), to: path, mediaType: "x/y")
    }
    #expect(pack.files.count == 3)
  }

  @Test("A revision's number that this program would not write is not taken for one")
  func strangeRevisions() throws {
    for suffix in ["r9223372036854775807", "r07", "r+9", "r-1", "rx", "r", "r2.old"] {
      try folder.makeFolder("archive/\(window).\(suffix)")
    }
    #expect(try archive.publish(pack(root: "one"), as: window).path == folder("archive/\(window)"))
    #expect(
      try archive.publish(pack(root: "two"), as: window).path == folder("archive/\(window).r2"))
  }

  @Test("A file taken out again is not listed, and may be written anew")
  func remove() throws {
    let pack = try archive.beginPack()
    try pack.write([1], to: "a", mediaType: "x/y")
    try pack.remove("a")
    #expect(pack.files.isEmpty)
    try pack.write([2], to: "a", mediaType: "x/y")
    #expect(try pack.read("a") == [2])
  }

  @Test("A path is written once")
  func twice() throws {
    let pack = try archive.beginPack()
    try pack.write([1], to: "a", mediaType: "x/y")
    let error = #expect(throws: ArchiveError.self) {
      try pack.write([2], to: "a", mediaType: "x/y")
    }
    #expect(error?.description.contains("EEXIST") == true)
  }

  @Test("F112: A full disk is an input/output error that names the file and the bytes")
  func full() {
    var fault = SystemError(number: ENOSPC)
    fault.freeBytes = 17
    let error = ArchiveError.cannotWrite(path: "/a/b", bytes: 512, fault: fault)
    #expect(error.exitStatus == .inputOutput)
    #expect(error.description.contains("512 bytes") && error.description.contains("/a/b"))
    #expect(error.description.contains("ENOSPC (No space left on device, 17 bytes free)"))
  }

  @Test(
    "F112: what cannot be made on a full or broken disk is 74, what may not be made 73",
    arguments: [
      (ENOSPC, AuditModel.ExitStatus.inputOutput), (EIO, .inputOutput), (EFBIG, .inputOutput),
      (EACCES, .outputRefused), (EROFS, .outputRefused), (EMFILE, .outputRefused),
    ])
  func exitStatus(number: Int32, expected: AuditModel.ExitStatus) {
    let error = ArchiveError.cannotCreate(path: "p", fault: SystemError(number: number))
    #expect(error.exitStatus == expected)
  }

  @Test("A saved page is copied as it is, with its digest", arguments: [false, true])
  func keep(linked: Bool) throws {
    let bytes = Array(#"[{"Id":1}]"#.utf8)
    try folder.write(String(decoding: bytes, as: UTF8.self), to: "saved.json")
    try folder.setMode(0o644, of: "saved.json")
    let pack = try archive.beginPack()
    let kept = try pack.keep(
      folder("saved.json"), as: "evidence/pages/1.json", mediaType: "application/json",
      linked ? .linked : .copied)
    #expect(kept.bytes == bytes && kept.record.digest == Digest.of(bytes))
    #expect(pack.files == [kept.record])
    _ = try archive.publish(pack, as: window)
    #expect(try folder.read("archive/\(window)/evidence/pages/1.json") == bytes)
    let links = try FileManager.default.attributesOfItem(atPath: folder("saved.json"))[
      .referenceCount]
    #expect(links as? Int == (linked ? 2 : 1))
    #expect(try folder.mode(of: "saved.json") == 0o644)
  }

  @Test("A symbolic link is kept by neither way", arguments: [false, true])
  func keepLink(linked: Bool) throws {
    try folder.write("[]", to: "real.json")
    try FileManager.default.createSymbolicLink(
      atPath: folder("link.json"), withDestinationPath: "real.json")
    let pack = try archive.beginPack()
    #expect(throws: ArchiveError.self) {
      try pack.keep(
        folder("link.json"), as: "evidence/pages/1.json", mediaType: "application/json",
        linked ? .linked : .copied)
    }
  }
}
