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

  /// The content of a plain file.
  ///
  /// - Throws: ``ArchiveError/tooLarge(path:limit:)`` where it has more bytes than a file of its kind, before they are read.
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
  ///
  /// - Throws: An `ArchiveError`, and what `body` throws.
  package func readLines(_ path: String, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    switch self {
    case .folder(let folder): try StoredFile.readLines("\(folder)/\(path)", body)
    case .zip(let pack): try pack.readLines(path, body)
    }
  }

  /// The names of the pages, in order.
  ///
  /// - Throws: As ``PageFolder/init(at:)``.
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
