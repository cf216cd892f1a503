import Foundation
import Testing

/// A folder of one test, removed when it goes.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "kfaudit-archive-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      Issue.record(error)
    }
  }

  /// The path of a name within.
  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: self(name)))
  }

  func read(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: self(name))))
  }

  /// All names within a folder, hidden ones included.
  func names(in name: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: self(name)).sorted()
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: self(name), withIntermediateDirectories: true)
  }

  func mode(of name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: self(name))[.posixPermissions] as? Int
  }

  /// Gives a name to another user, which only root may do.
  func give(_ name: String, to user: Int) throws {
    try FileManager.default.setAttributes(
      [.ownerAccountID: user, .groupOwnerAccountID: user], ofItemAtPath: self(name))
  }

  func makePipe(_ name: String) throws {
    // The path becomes a C string for the length of the call.
    let result = unsafe mkfifo(self(name), 0o600)
    try #require(result == 0)
  }

  /// Gives a file a size without writing to it.
  func resize(_ name: String, to bytes: UInt64) throws {
    let file = try FileHandle(forWritingTo: URL(filePath: self(name)))
    try file.truncate(atOffset: bytes)
    try file.close()
  }

  func setMode(_ mode: Int, of name: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: self(name))
  }
}
