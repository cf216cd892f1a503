public import AuditEvidence

/// A file of a pack being written: bytes are gathered, hashed and written, and never read again.
public final class PackFile {
  private static let bufferSize = 262_144

  private let pack: PackBuilder
  private let location: String
  private let file: OpenFile
  private var record: FileRecord
  private var digester = Digester()
  private var buffer: [UInt8] = []

  init(in pack: PackBuilder, at location: String, as record: FileRecord) throws(ArchiveError) {
    file = try ArchiveError.reporting(
      ArchiveError.cannotCreate, at: location, try OpenFile.creating(location))
    self.pack = pack
    self.location = location
    self.record = record
  }

  /// Adds bytes.
  public func append(_ bytes: [UInt8]) throws(ArchiveError) {
    if bytes.count >= Self.bufferSize {
      try flush()
      try write(bytes)
    } else {
      buffer += bytes
      if buffer.count >= Self.bufferSize { try flush() }
    }
  }

  /// Writes what is left and enters the file into the pack; a pack with an open file is not published.
  @discardableResult
  public func finish() throws(ArchiveError) -> FileRecord {
    try flush()
    record.digest = digester.digest
    pack.enter(record)
    return record
  }

  private func flush() throws(ArchiveError) {
    if buffer.isEmpty { return }
    try write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: [UInt8]) throws(ArchiveError) {
    try ArchiveError.reporting(
      { .cannotWrite(path: $0, bytes: bytes.count, fault: $1) }, at: location,
      try file.write(bytes.span))
    digester.update(bytes)
    record.bytes += bytes.count
  }
}
