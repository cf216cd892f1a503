package import AuditEvidence
import AuditModel
import Synchronization

/// Where the files of a report go: into a folder, or no further than their digests.
package protocol ReportFiles: AnyObject, Sendable {
  /// The finished files, by path.
  var files: [FileRecord] { get }

  /// Begins a file.
  func create(_ path: String, mediaType: String) throws(ArchiveError) -> PackFile

  /// Takes a file out again.
  func remove(_ path: String) throws(ArchiveError)

  /// Makes an empty file that somebody else writes by its path, in a folder for what they keep meanwhile.
  func reserve(_ path: String) throws(ArchiveError) -> (location: String, folder: String)

  /// Enters a file that somebody else has written.
  func enterReserved(_ path: String, mediaType: String) throws(ArchiveError)
}

extension ReportFiles {
  /// Writes a whole file.
  @discardableResult
  package func write(
    _ bytes: [UInt8], to path: String, mediaType: String
  ) throws(ArchiveError) -> FileRecord {
    let file = try create(path, mediaType: mediaType)
    try file.append(bytes)
    return try file.finish()
  }
}

/// A file being written: bytes are gathered, hashed and written, and never read again.
package final class PackFile {
  private static let bufferSize = 262_144

  /// Takes the finished file's record.
  private let enter: (FileRecord) -> Void
  /// `nil` when only the digest is wanted.
  private let file: OpenFile?
  private var record: FileRecord
  private var digester = Digester()
  private var buffer: [UInt8] = []

  /// Begins a file.
  init(
    _ path: String, mediaType: String, to file: consuming OpenFile?,
    entering enter: @escaping (FileRecord) -> Void
  ) {
    self.file = file
    self.enter = enter
    record = FileRecord(path: path, bytes: 0, digest: .zero, mediaType: mediaType)
  }

  /// Adds bytes.
  package func append(_ bytes: [UInt8]) throws(ArchiveError) {
    if bytes.count >= Self.bufferSize {
      try flush()
      try write(bytes)
    } else {
      buffer += bytes
      if buffer.count >= Self.bufferSize { try flush() }
    }
  }

  /// Writes what is left and enters the file among the finished ones.
  @discardableResult
  package func finish() throws(ArchiveError) -> FileRecord {
    try flush()
    record.digest = digester.digest
    enter(record)
    return record
  }

  private func flush() throws(ArchiveError) {
    if buffer.isEmpty { return }
    try write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: [UInt8]) throws(ArchiveError) {
    try file?.write(bytes.span)
    file?.beginWriteBack()
    digester.update(bytes)
    record.bytes += bytes.count
  }
}

/// Files that are made only to know their digests; what must lie on a disk meanwhile lies in a temporary folder.
package final class DigestedFiles: ReportFiles {
  private struct State {
    var records: [Name: FileRecord] = [:]
    var folder: TemporaryPath?
  }

  private let state = Mutex(State())

  /// Makes one.
  package init() {}

  /// The finished files, by path.
  package var files: [FileRecord] {
    state.withLock { Array($0.records.values) }.sorted { $0.precedes($1) }
  }

  /// Begins a file that is digested and not kept.
  package func create(_ path: String, mediaType: String) -> PackFile {
    PackFile(path, mediaType: mediaType, to: nil, entering: enter)
  }

  /// Forgets a file.
  package func remove(_ path: String) {
    state.withLock { _ = $0.records.removeValue(forKey: Name(path)) }
  }

  /// Makes an empty file in a temporary folder.
  package func reserve(_ path: String) throws(ArchiveError) -> (location: String, folder: String) {
    let folder = try folder()
    let location = "\(folder)/\(path)"
    try FileSystem.remove(location)
    _ = try OpenFile.creating(location)
    return (location, folder)
  }

  /// Enters the digest of a file that somebody else has written.
  package func enterReserved(_ path: String, mediaType: String) throws(ArchiveError) {
    let (bytes, digest) = try StoredFile.digest("\(try folder())/\(path)")
    enter(FileRecord(path: path, bytes: bytes, digest: digest, mediaType: mediaType))
  }

  private func enter(_ record: FileRecord) {
    state.withLock { $0.records[Name(record.path)] = record }
  }

  private func folder() throws(ArchiveError) -> String {
    try state.withLock { (state) throws(ArchiveError) in
      if let folder = state.folder { return folder.path }
      let folder = try TemporaryPath.scratchFolder()
      state.folder = folder
      return folder.path
    }
  }
}
