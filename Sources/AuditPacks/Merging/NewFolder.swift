import AuditEvidence
import AuditFiles
import AuditModel

/// A folder that comes into being with all its files, or not at all.
struct NewFolder {
  private let path: String
  /// Where the files lie while they are written.
  private let temporary: String

  /// Sees to it that the folder is not there, or empty, and that it does not lie within a pack.
  init(at path: String) throws {
    try OutputGuard.check(path)
    let (parent, name) = Self.parts(of: path)
    try FileSystem.makeDirectories(parent)
    let real = try FileSystem.realPath(of: parent, else: ArchiveError.cannotCreate)
    self.path = real == "/" ? "/\(name)" : "\(real)/\(name)"
    temporary = "\(real)/.kfaudit-tmp-\(FileSystem.process)"
    try Self.checkFree(self.path, named: path)
  }

  private static func parts(of path: String) -> (parent: String, name: String) {
    var path = path[...]
    while path.utf8.count > 1, path.ends(with: "/") { path.removeLast() }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", String(path)) }
    let parent = slash == path.startIndex ? "/" : String(path[..<slash])
    return (parent, String(path[path.utf8.index(after: slash)...]))
  }

  private static func checkFree(_ path: String, named name: String) throws {
    let kind = try FileSystem.status(of: path, else: ArchiveError.cannotCreate)?.kind
    guard let kind else { return }
    guard kind == .directory,
      try FileSystem.names(in: path, else: ArchiveError.cannotCreate).isEmpty
    else { throw MergeError.outputNotEmpty(path: name) }
  }

  /// Begins to write.
  func begin() throws(ArchiveError) -> PackBuilder {
    try FileSystem.makeDirectory(temporary)
    return PackBuilder(at: temporary)
  }

  /// Adds the digests of the finished files and gives the folder its name.
  func publish(_ files: PackBuilder) throws(ArchiveError) {
    try files.write(Checksums.of(files.files), to: Checksums.name, mediaType: "text/plain")
    try files.complete()
    try FileSystem.rename(temporary, to: path)
    files.settle()
  }
}
