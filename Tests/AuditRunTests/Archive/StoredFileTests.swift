import Foundation
import Testing

@testable import AuditFiles
@testable import AuditPlan
@testable import AuditRun

@Suite("Files that the user names")
struct StoredFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func read(_ name: String, limit: Int = 100) throws(ArchiveError) -> String {
    String(
      decoding: try StoredFile.readFollowing(folder(name), limit: limit).bytes, as: UTF8.self)
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder(name), withDestinationPath: target)
  }

  @Test("A link is followed, and mode and owner are those of the file that it leads to")
  func followed() throws {
    try folder.write("secret", to: "key")
    try folder.setMode(0o640, of: "key")
    try link("link", to: "key")
    let (bytes, status) = try StoredFile.readFollowing(folder("link"), limit: 100)
    #expect(bytes == Array("secret".utf8))
    #expect(status.mode == 0o640 && status.owner == geteuid() && status.kind == .file)
  }

  @Test("What is no plain file is neither waited for nor read")
  func strange() throws {
    try folder.makeFolder("folder")
    try link("nowhere", to: "gone")
    try link("circle", to: "circle")
    #expect(unsafe mkfifo(folder("pipe"), 0o600) == 0)
    for name in ["folder", "nowhere", "circle", "pipe"] {
      #expect(throws: ArchiveError.notAFile(path: folder(name))) { try read(name) }
    }
    #expect(throws: ArchiveError.notAFile(path: "/dev/zero")) {
      try StoredFile.readFollowing("/dev/zero", limit: 100)
    }
    #expect(throws: ArchiveError.missing(path: folder("gone"))) { try read("gone") }
  }

  @Test("A file of the greatest size is read, and one byte more is too much")
  func limit() throws {
    try folder.write("12345678", to: "key")
    #expect(try read("key", limit: 8) == "12345678")
    #expect(throws: ArchiveError.tooLarge(path: folder("key"), limit: 7)) {
      try read("key", limit: 7)
    }
  }

  @Test("Mode and bytes are of one file, also while another one takes its place")
  func replaced() async throws {
    let (new, key) = (folder("new"), folder("key"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        var number = 0
        while !Task.isCancelled {
          let isPrivate = number % 2 == 0
          try Data((isPrivate ? "private" : "shared").utf8).write(to: URL(filePath: new))
          try FileManager.default.setAttributes(
            [.posixPermissions: isPrivate ? 0o600 : 0o644], ofItemAtPath: new)
          try FileSystem.rename(new, to: key)
          number += 1
        }
      }
      while try StoredFile.kind(of: key) == nil { await Task.yield() }
      for _ in 0..<500 {
        let (bytes, status) = try StoredFile.readFollowing(key, limit: 100)
        #expect(bytes == Array((status.mode == 0o600 ? "private" : "shared").utf8))
      }
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  @Test("A path with a zero byte leads nowhere, also where the part before the byte is a file")
  func zeroByte() throws {
    try folder.write("secret", to: "key")
    try folder.makeFolder("folder")
    let (file, inner) = (folder("key\0x"), folder("folder\0x"))
    let missing = SystemError(number: ENOENT)
    #expect(throws: ArchiveError.missing(path: file)) { try StoredFile.read(file) }
    #expect(throws: ArchiveError.missing(path: file)) { try read("key\0x") }
    #expect(try StoredFile.kind(of: file) == nil)
    #expect(try FileSystem.target(of: file) == nil)
    #expect(throws: ArchiveError.cannotRead(path: file, fault: missing)) {
      try FileSystem.realPath(of: file)
    }
    #expect(throws: ArchiveError.cannotCreate(path: inner, fault: missing)) {
      try FileSystem.makeDirectory(inner)
    }
    #expect(throws: ArchiveError.cannotCreate(path: inner, fault: missing)) {
      try FileSystem.rename(folder("key"), to: inner)
    }
  }

  @Test("Others' rights to a file that is not the service's credential count")
  func credentials() throws {
    try folder.write("secret", to: "key")
    try folder.setMode(0o640, of: "key")
    let place = try FileSystem.realPath(of: folder.path)
    let elsewhere = try RunEnvironment.readRegularFile(
      "\(place)/key", limit: 100, credentials: "/run/credentials")
    #expect(elsewhere.mode == 0o640 && elsewhere.isOwn)
    let credential = try RunEnvironment.readRegularFile(
      "\(place)/key", limit: 100, credentials: place)
    // Only root's files are opened to a service by an access list.
    #expect(credential.mode == (geteuid() == 0 ? 0o600 : 0o640))
  }
}
