package import AuditEvidence

/// A file being written: bytes are gathered, hashed and written, and never read again.
package final class PackFile {
  private static let bufferSize = 262_144

  /// Takes the finished file's record.
  private let enter: (FileRecord) -> Void
  private let location: String
  /// `nil` when only the digest is wanted.
  private let file: OpenFile?
  private var record: FileRecord
  private var digester = Digester()
  private var buffer: [UInt8] = []

  /// Begins a file at a location.
  init(
    _ path: String, mediaType: String, at location: String,
    entering enter: @escaping (FileRecord) -> Void
  ) throws(ArchiveError) {
    file = try OpenFile.creating(location)
    self.enter = enter
    self.location = location
    record = FileRecord(path: path, bytes: 0, digest: .zero, mediaType: mediaType)
  }

  /// Begins a file of which nothing is kept but its record.
  init(digesting path: String, mediaType: String, entering enter: @escaping (FileRecord) -> Void) {
    file = nil
    self.enter = enter
    location = path
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
    digester.update(bytes)
    record.bytes += bytes.count
  }
}
