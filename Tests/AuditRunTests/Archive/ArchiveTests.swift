import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditRun

@Suite("Archive")
struct ArchiveTests {
  private static let now = Instant(milliseconds: 1_760_000_000_000)

  private static func status(_ path: String) -> AuditModel.ExitStatus? {
    do {
      _ = try Archive.open(path, at: now)
      return nil
    } catch {
      return error.exitStatus
    }
  }

  @Test("F110: a missing archive is made with its parents, all of mode 0700")
  func made() throws {
    let folder = try TemporaryFolder()
    let archive = try Archive.open(folder("a/b/c///"), at: Self.now)
    #expect(archive.path == folder("a/b/c"))
    for name in ["a", "a/b", "a/b/c"] { #expect(try folder.mode(of: name) == 0o700) }
  }

  @Test("F110: a file, a symbolic link and a world-writable folder are refused with path and mode")
  func refused() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "file")
    try folder.setMode(0o640, of: "file")
    #expect(throws: ArchiveError.notAFolder(path: folder("file"), mode: 0o640)) {
      try Archive.open(folder("file"), at: Self.now)
    }
    try folder.makeFolder("open")
    try folder.setMode(0o777, of: "open")
    let error = #expect(throws: ArchiveError.worldWritable(path: folder("open"), mode: 0o777)) {
      try Archive.open(folder("open"), at: Self.now)
    }
    #expect(error?.description.contains("\(folder("open")) (mode 0777)") == true)
    try folder.makeFolder("real")
    try FileManager.default.createSymbolicLink(
      atPath: folder("link"), withDestinationPath: "real")
    for name in ["file", "open", "link"] { #expect(Self.status(folder(name)) == .outputRefused) }
    #expect(try folder.names(in: "real").isEmpty)
  }

  @Test("F110: a folder that anyone may write to is taken when that is meant")
  func shared() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("open")
    try folder.setMode(0o777, of: "open")
    let archive = try Archive.open(folder("open"), at: Self.now, allowsShared: true)
    #expect(try folder.mode(of: "open/.kfaudit.lock") == 0o600)
    withExtendedLifetime(archive) {}
  }

  @Test("F110: a folder that its group may write to is refused, unless that is meant")
  func groupWritable() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("group")
    try folder.setMode(0o770, of: "group")
    let error = #expect(throws: ArchiveError.groupWritable(path: folder("group"), mode: 0o770)) {
      try Archive.open(folder("group"), at: Self.now)
    }
    #expect(error?.exitStatus == .outputRefused)
    #expect(error?.description.contains("--allow-shared") == true)
    #expect(try folder.names(in: "group").isEmpty)
    _ = try Archive.open(folder("group"), at: Self.now, allowsShared: true)
  }

  @Test(
    "F110: an archive of another user is refused, unless that is meant",
    .enabled(if: geteuid() == 0, "only root may give a folder away"))
  func othersArchive() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("archive")
    try folder.give("archive", to: 12_345)
    let error = #expect(throws: ArchiveError.othersArchive(path: folder("archive"), owner: 12_345))
    {
      try Archive.open(folder("archive"), at: Self.now)
    }
    #expect(error?.exitStatus == .outputRefused)
    #expect(try folder.names(in: "archive").isEmpty)
    _ = try Archive.open(folder("archive"), at: Self.now, allowsShared: true)
  }

  @Test("A lock that is a link, a folder or a pipe is not written to", arguments: [false, true])
  func strangeLocks(shared: Bool) throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("archive")
    try folder.write("precious", to: "victim")
    let lock = folder("archive/.kfaudit.lock")
    let plant: [() throws -> Void] = [
      { try FileManager.default.linkItem(atPath: folder("victim"), toPath: lock) },
      {
        try FileManager.default.createSymbolicLink(
          atPath: lock, withDestinationPath: folder("victim"))
      },
      { try folder.makeFolder("archive/.kfaudit.lock") },
      { try folder.makePipe("archive/.kfaudit.lock") },
    ]
    for plant in plant {
      try plant()
      let error = #expect(throws: ArchiveError.self) {
        try Archive.open(folder("archive"), at: Self.now, allowsShared: shared)
      }
      #expect(error?.exitStatus == .outputRefused)
      #expect(error?.description.contains(".kfaudit.lock") == true)
      #expect(try folder.read("victim") == Array("precious".utf8))
      try FileManager.default.removeItem(atPath: lock)
    }
  }

  @Test("Of a lock of any size only the first bytes are read")
  func hugeLock() throws {
    let folder = try TemporaryFolder()
    let archive = try Archive.open(folder("archive"), at: Self.now)
    try folder.resize("archive/.kfaudit.lock", to: 1 << 40)
    let error = #expect(throws: ArchiveError.self) {
      try Archive.open(folder("archive"), at: Self.now)
    }
    #expect(error?.exitStatus == .tryLater)
    withExtendedLifetime(archive) {}
  }

  @Test("Leftovers that others may write to stay, and hinder nothing")
  func foreignLeftovers() throws {
    let folder = try TemporaryFolder()
    let name = ".kfaudit-tmp-\(ProcessInfo.processInfo.processIdentifier)"
    try folder.makeFolder("archive/\(name)")
    try folder.setMode(0o777, of: "archive/\(name)")
    let archive = try Archive.open(folder("archive"), at: Self.now)
    #expect(archive.removedLeftovers.isEmpty)
    let pack = try archive.beginPack()
    #expect(try folder.names(in: "archive") == [name, "\(name)-2", ".kfaudit.lock"])
    pack.discard()
  }

  @Test("F110: an archive below a file cannot be made")
  func belowAFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "file")
    #expect(Self.status(folder("file/archive")) == .outputRefused)
  }

  @Test(
    "F111: a folder that this user may not write to is refused",
    .disabled(if: geteuid() == 0, "root may write anywhere"))
  func readOnly() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("archive")
    try folder.setMode(0o500, of: "archive")
    #expect(Self.status(folder("archive")) == .outputRefused)
  }

  @Test("F111: a file system that takes no files is refused, for root as well")
  func noFiles() {
    #expect(Self.status("/proc") == .outputRefused)
  }

  @Test("F121: a second run is told who holds the archive, and the first is unaffected")
  func locked() throws {
    let folder = try TemporaryFolder()
    let first = try Archive.open(folder("archive"), at: Self.now)
    let pack = try first.beginPack()
    let error = #expect(throws: ArchiveError.self) {
      try Archive.open(folder("archive"), at: Self.now)
    }
    #expect(error?.exitStatus == .tryLater)
    let holder = "pid \(ProcessInfo.processInfo.processIdentifier), started \(Self.now)"
    #expect(error?.description.contains(holder) == true)
    try pack.write([1], to: "a", mediaType: "x/y")
    #expect(try first.publish(pack, as: "w").wasAlreadyPublished == false)
  }

  @Test("F121: the lock counts between processes")
  func lockedByAnotherProcess() async throws {
    let folder = try TemporaryFolder()
    let archive = try Archive.open(folder("archive"), at: Self.now)
    let words = ["flock", "--nonblock", "\(archive.path)/.kfaudit.lock", "true"]
    #expect(try await TestProcess(words).run().status == 1)
    withExtendedLifetime(archive) {}
  }

  @Test("F122: a lock file that a crashed run left is no lock, and one archive may be opened again")
  func staleLock() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("archive")
    try folder.write("pid 1, started long ago and with a long note\n", to: "archive/.kfaudit.lock")
    for _ in 0..<2 { _ = try Archive.open(folder("archive"), at: Self.now) }
    let note = String(decoding: try folder.read("archive/.kfaudit.lock"), as: UTF8.self)
    #expect(note == "pid \(ProcessInfo.processInfo.processIdentifier), started \(Self.now)\n")
  }

  @Test(
    "F128: what crashed runs left is removed, links are not followed, and nothing else is touched")
  func leftovers() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("archive/.kfaudit-tmp-17/evidence/pages")
    try folder.write("x", to: "archive/.kfaudit-tmp-17/evidence/pages/1.json")
    try folder.makeFolder("outside")
    try folder.write("keep", to: "outside/file")
    for link in [".kfaudit-tmp-latest", ".kfaudit-tmp-17/link"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder("archive/\(link)"), withDestinationPath: folder("outside"))
    }
    try folder.write("mine", to: "archive/notes.txt")
    let archive = try Archive.open(folder("archive"), at: Self.now)
    #expect(archive.removedLeftovers == [".kfaudit-tmp-17", ".kfaudit-tmp-latest"])
    #expect(try folder.names(in: "archive") == [".kfaudit.lock", "notes.txt"])
    #expect(try folder.names(in: "outside") == ["file"])
  }

  @Test("A note in the lock reaches the message without control characters, and cut")
  func hostileNote() throws {
    let folder = try TemporaryFolder()
    let archive = try Archive.open(folder("archive"), at: Self.now)
    try Data("\u{1b}[2J\n".utf8 + [UInt8](repeating: 65, count: 5000))
      .write(to: URL(filePath: "\(archive.path)/.kfaudit.lock"))
    let error = #expect(throws: ArchiveError.self) {
      try Archive.open(folder("archive"), at: Self.now)
    }
    let text = error?.description ?? ""
    #expect(text.utf8.allSatisfy { $0 >= 0x20 } && text.utf8.count < 400)
    withExtendedLifetime(archive) {}
  }
}
