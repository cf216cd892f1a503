package import AuditEvidence
package import AuditModel
import Glibc
package import SafeZip

/// The files of a published pack, wherever they are: in a folder, or in a zip archive, of which nothing is unpacked.
package enum StoredPack: Sendable {
  /// A folder, without symbolic links.
  case folder(String)
  /// A zip archive, ours or one that another program made of the folder.
  case zip(ZippedPack)

  /// Finds what a path leads to; `archive/latest` may lead to it.
  ///
  /// - Throws: `PackError.missing` or `PackError.notAPack`, and why an archive is refused.
  package init(at path: String) throws {
    let real = try FileSystem.realPath(of: path) { (_, fault) -> any Error in
      [ENOENT, ENOTDIR, ELOOP, EACCES, ENAMETOOLONG].contains(fault.number)
        ? PackError.missing(path: path, fault: fault)
        : ArchiveError.cannotRead(path: path, fault: fault)
    }
    switch try StoredFile.kind(of: real) {
    case .directory: self = .folder(real)
    case .file: self = .zip(try ZippedPack(at: real))
    default: throw PackError.notAPack(path: path)
    }
  }

  /// The folder or the archive.
  package var place: String {
    switch self {
    case .folder(let path): path
    case .zip(let pack): pack.place
    }
  }

  /// The name of the pack's folder, also within an archive; of an archive without one, its own name.
  package var name: String {
    switch self {
    case .folder(let path): path.parts(at: "/").last ?? ""
    case .zip(let pack): pack.name
    }
  }

  /// Everything that is there.
  package func inventory() throws(ArchiveError) -> PackInventory {
    switch self {
    case .folder(let path): try PackInventory(of: path)
    case .zip(let pack): pack.inventory
    }
  }

  /// Whether a file or folder is there; `nil` when nothing is.
  package func kind(of path: String) throws(ArchiveError) -> FileSystem.Status.Kind? {
    switch self {
    case .folder(let folder): try StoredFile.kind(of: "\(folder)/\(path)")
    case .zip(let pack): pack.kind(of: path)
    }
  }

  /// The size of a file, in bytes; `nil` when there is none.
  package func size(of path: String) throws(ArchiveError) -> Int? {
    switch self {
    case .folder(let folder): try StoredFile.size(of: "\(folder)/\(path)")
    case .zip(let pack): pack.inventory.files[Name(path)]
    }
  }

  /// The content of a plain file, which has no more bytes than one of its kind.
  package func read(
    _ path: String, limit: Int = FileLimit.page
  ) throws(ArchiveError) -> [UInt8] {
    switch self {
    case .folder(let folder): try StoredFile.read("\(folder)/\(path)", limit: limit)
    case .zip(let pack): try pack.read(path, limit: limit)
    }
  }

  /// Size and digest of a plain file, of which memory holds one piece.
  package func digest(_ path: String) throws(ArchiveError) -> (bytes: Int, digest: Digest) {
    switch self {
    case .folder(let folder): try StoredFile.digest("\(folder)/\(path)")
    case .zip(let pack): try pack.digest(path)
    }
  }

  /// Calls with each line of a plain file, without its newline.
  package func readLines(_ path: String, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    switch self {
    case .folder(let folder): try StoredFile.readLines("\(folder)/\(path)", body)
    case .zip(let pack): try pack.readLines(path, body)
    }
  }

  /// The names of the pages, in order.
  package func pageNames() throws(ArchiveError) -> [String] {
    switch self {
    case .folder(let folder): try PageFolder(at: "\(folder)/\(PageFolder.inPack)").names
    case .zip(let pack): try pack.pageNames()
    }
  }

  /// What each file takes, in bytes: in an archive, compressed.
  package func storedSizes() throws(ArchiveError) -> [Name: Int] {
    switch self {
    case .folder(let path): try PackInventory(of: path).files
    case .zip(let pack): pack.storedSizes
    }
  }

  /// The bytes of a file as they are put into an archive.
  package func content(of path: String, size: Int) -> any ZipContent {
    switch self {
    case .folder(let folder): FileContent(at: "\(folder)/\(path)", size: size)
    case .zip(let pack): pack.content(of: path, size: size)
    }
  }
}

/// Everything that lies in a pack's folder; nothing is opened, and no symbolic link followed.
package struct PackInventory {
  /// The sizes of plain files, in bytes, by path, compared byte for byte.
  package internal(set) var files: [Name: Int] = [:]
  /// The folders; of an archive, those that it lists.
  package internal(set) var folders: [String] = []
  /// What is neither.
  package private(set) var others: [String] = []
  /// What an operating system added to an archive, which is not looked at.
  package internal(set) var passedOver: [String] = []

  /// Knows of nothing yet.
  init() {}

  /// Lists a folder.
  package init(of pack: String) throws(ArchiveError) {
    try list("", in: pack)
  }

  private mutating func list(_ folder: String, in pack: String) throws(ArchiveError) {
    let location = "\(pack)/\(folder)"
    let names = try FileSystem.names(in: location)
    for name in names {
      let path = folder + name
      let status = try FileSystem.status(of: "\(pack)/\(path)")
      switch status?.kind {
      case .file: files[Name(path)] = status?.size ?? 0
      case .directory:
        folders.append(path)
        try list(path + "/", in: pack)
      // A name that is not UTF-8 is not found under what was made of it.
      case .symbolicLink, .other, nil: others.append(path)
      }
    }
  }
}

/// Why a published pack cannot be used.
package enum PackError: AuditFailure {
  /// There is no such folder.
  case missing(path: String, fault: SystemError)
  /// The folder is no pack.
  case notAPack(path: String)
  /// The archive whose chain is to be verified holds no pack.
  case noPacks(archive: String)
  /// A document of the pack cannot be understood.
  case unreadable(path: String, reason: String)
  /// The evidence is not what was published, so that nothing can be made of it.
  case damaged(pack: String, [Discrepancy])
  /// The pack that a run was to follow is not what was published.
  case cannotFollow(pack: String, [Discrepancy])
  /// The pack has no such instance.
  case noInstance(id: String)
  /// The row of an instance as received reads as a line of instances.ndjson.
  case ambiguousRow(id: String)
  /// The file is no proof.
  case noProof(path: String, reason: String)
  /// A sample cannot be drawn as it was asked for.
  case cannotSample(Message)

  /// Which pack or file, what is wrong with it, and what to do.
  package var message: Message {
    switch self {
    case .missing(let path, let fault):
      Message(.missingPack, TerminalText.sanitized(path), "\(fault)")
    case .notAPack(let path): Message(.notAPack, TerminalText.sanitized(path))
    case .noPacks(let archive): Message(.emptyArchive, TerminalText.sanitized(archive))
    case .unreadable(let path, let reason):
      Message(
        .unreadableDocument, TerminalText.sanitized(path), TerminalText.sanitized(reason))
    case .damaged(let pack, let discrepancies):
      Message(.damagedEvidence, TerminalText.sanitized(pack), Self.first(discrepancies))
    case .cannotFollow(let pack, let discrepancies):
      Message(.damagedPredecessor, TerminalText.sanitized(pack), Self.first(discrepancies))
    case .noInstance(let id): Message(.unknownInstance, TerminalText.sanitized(id))
    case .ambiguousRow(let id): Message(.ambiguousRow, TerminalText.sanitized(id))
    case .noProof(let path, let reason):
      Message(.notAProof, TerminalText.sanitized(path), TerminalText.sanitized(reason))
    case .cannotSample(let message): message
    }
  }

  private static func first(_ discrepancies: [Discrepancy]) -> String {
    discrepancies.prefix(3).map(\.description).joined(separator: " ")
      + (discrepancies.count > 3 ? " … \(discrepancies.count) in all." : "")
  }
}
