import AuditEvidence
import Glibc

/// Reading of plain files: a symbolic link, a FIFO or a device may give something else the next time.
enum StoredFile {
  /// Opens a plain file.
  static func open(_ path: String) throws(ArchiveError) -> OpenFile {
    let file = try ArchiveError.reporting(failure, at: path, try OpenFile.reading(path))
    let kind = try ArchiveError.reporting(failure, at: path, try file.status().kind)
    guard kind == .file else { throw .notAFile(path: path) }
    return file
  }

  /// The content of a plain file.
  static func read(_ path: String) throws(ArchiveError) -> [UInt8] {
    let file = try open(path)
    return try ArchiveError.reporting(failure, at: path, try file.readToEnd())
  }

  /// The content of a plain file that this user made and nobody else can have changed, and which file it is.
  static func readOwn(
    _ path: String
  ) throws(ArchiveError) -> (bytes: [UInt8], identity: FileSystem.Status.Identity) {
    let file = try open(path)
    let status = try ArchiveError.reporting(failure, at: path, try file.status())
    if let reason = status.strangeness(.file) { throw .strangeFile(path: path, reason: reason) }
    return (
      try ArchiveError.reporting(failure, at: path, try file.readToEnd()), status.identity
    )
  }

  /// The content of a plain file; `nil` where there is none, or none for this user.
  ///
  /// - Throws: What may be otherwise the next time: a broken disk, no more descriptors.
  static func readIfThere(_ path: String) throws(ArchiveError) -> [UInt8]? {
    do {
      return try read(path)
    } catch {
      if error.mayPass { throw error }
      return nil
    }
  }

  /// Size and digest of a plain file, of which memory holds one piece.
  static func digest(_ path: String) throws(ArchiveError) -> (bytes: Int, digest: Digest) {
    let file = try open(path)
    var digester = Digester()
    var bytes = 0
    try ArchiveError.reporting(
      failure, at: path,
      try file.readPieces { piece throws(SystemFault) in
        digester.update(piece)
        bytes += piece.count
      })
    return (bytes, digester.digest)
  }

  private static func failure(_ path: String, _ fault: SystemFault) -> ArchiveError {
    switch fault.number {
    case ENOENT, ENOTDIR: .missing(path: path)
    // What opening a symbolic link answers when it is not to be followed.
    case ELOOP: .notAFile(path: path)
    default: .cannotRead(path: path, fault: fault)
    }
  }
}
