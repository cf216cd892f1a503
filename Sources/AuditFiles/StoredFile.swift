package import AuditEvidence
import Glibc
import SafeZip

/// Reading of plain files: a symbolic link, a FIFO or a device may give something else the next time.
package enum StoredFile {
  /// Opens a plain file.
  package static func open(_ path: String) throws(ArchiveError) -> OpenFile {
    let file = try OpenFile.reading(path, else: failure)
    let kind = try file.status().kind
    guard kind == .file else { throw .notAFile(path: path) }
    return file
  }

  /// The content of a plain file, which has no more bytes than one of its kind.
  package static func read(
    _ path: String, limit: Int = FileLimit.page
  ) throws(ArchiveError) -> [UInt8] {
    try open(path).read(atMost: limit)
  }

  /// The content of a plain file that this user made and nobody else can have changed, and which file it is.
  package static func readOwn(
    _ path: String, limit: Int = FileLimit.page
  ) throws(ArchiveError) -> (bytes: [UInt8], identity: FileSystem.Status.Identity) {
    let file = try open(path)
    let status = try file.status()
    if let reason = status.strangeness(.file) { throw .strangeFile(path: path, reason: reason) }
    return (try file.read(atMost: limit), status.identity)
  }

  /// The content of the plain file that a path leads to, and what that very file is: both of one descriptor, so that nobody
  /// can put another file in its place between them.
  package static func readFollowing(
    _ path: String, limit: Int
  ) throws(ArchiveError) -> (bytes: [UInt8], status: FileSystem.Status) {
    let file: OpenFile
    do throws(ArchiveError) {
      file = try OpenFile.reading(path, follows: true) { path, fault in
        [ELOOP, ENXIO].contains(fault.number) ? .notAFile(path: path) : failure(path, fault)
      }
    } catch {
      // A link that leads nowhere is there.
      guard case .missing = error, try kind(of: path) != nil else { throw error }
      throw .notAFile(path: path)
    }
    let status = try file.status()
    guard status.kind == .file else { throw .notAFile(path: path) }
    return (try file.read(atMost: limit), status)
  }

  /// Calls with each line of a plain file, without its newline.
  package static func readLines(_ path: String, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    let file = try open(path)
    try LineSplitter.read(path, { try file.nextPiece() }, body)
  }

  /// What a path is, a symbolic link not followed; `nil` when there is nothing.
  package static func kind(of path: String) throws(ArchiveError) -> FileSystem.Status.Kind? {
    try FileSystem.status(of: path, else: failure)?.kind
  }

  /// The size of a file, in bytes; `nil` when there is none.
  package static func size(of path: String) throws(ArchiveError) -> Int? {
    try FileSystem.status(of: path, else: failure)?.size
  }

  /// Size and digest of a plain file, of which memory holds one piece.
  package static func digest(_ path: String) throws(ArchiveError) -> (bytes: Int, digest: Digest) {
    let file = try open(path)
    var digester = Digester()
    var bytes = 0
    while case let piece = try file.nextPiece(), !piece.isEmpty {
      digester.update(piece)
      bytes += piece.count
    }
    return (bytes, digester.digest)
  }

  private static func failure(_ path: String, _ fault: SystemError) -> ArchiveError {
    switch fault.number {
    case ENOENT, ENOTDIR: .missing(path: path)
    // What opening a symbolic link answers when it is not to be followed.
    case ELOOP: .notAFile(path: path)
    default: .cannotRead(path: path, fault: fault)
    }
  }
}

/// How many bytes a file of each kind may have: a sparse file of any size costs nothing to plant.
package enum FileLimit {
  /// A raw page, and whatever has no limit of its own.
  package static let page = PageFolder.largestPage
  /// report.json, previous.json, options.json and the journal, which grow with the population.
  package static let document = 256 << 20
  /// manifest.json and SHA256SUMS, which grow with the number of files: 300,000 of them.
  package static let manifest = 64 << 20
  /// A signature, a timestamp, a configuration, a policy, a template, a proof.
  package static let note = 4 << 20
  /// A line of instances.ndjson.
  package static let line = 64 << 20
  /// What is read at a time of a file of any size.
  static let piece = 1 << 20
}

/// A plain file whose bytes are wanted from any place on; it is open only while it is read.
final class FileContent: ZipContent {
  let size: Int
  private let path: String
  private var opened: HeldFile?

  /// A file of a known size.
  init(at path: String, size: Int) {
    self.path = path
    self.size = size
  }

  /// Opens a file.
  init(opening path: String) throws(ArchiveError) {
    let file = try StoredFile.open(path)
    self.path = path
    size = try file.status().size
    opened = HeldFile(file)
  }

  func read(_ count: Int, at offset: Int) throws -> [UInt8] {
    let current = try opened ?? HeldFile(StoredFile.open(path))
    opened = current
    return try current.file.read(count, at: offset)
  }

  func close() { opened = nil }
}

/// An open file that several may hold.
final class HeldFile: ZipTarget {
  let file: OpenFile

  init(_ file: consuming OpenFile) {
    self.file = file
  }

  func write(_ bytes: [UInt8], at offset: Int) throws { try file.write(bytes.span, at: offset) }
}
