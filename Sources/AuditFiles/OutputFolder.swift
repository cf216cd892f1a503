import AuditEvidence
import AuditModel

/// A folder outside any archive that finished files are put into.
///
/// One that is not there yet comes into being with all its files, or not at all; in one that is there, each file does.
package struct OutputFolder {
  /// Whether something is there that is no empty folder.
  package let isTaken: Bool
  private let path: String
  private let isWhole: Bool

  /// Looks at a folder, which does not lie within a pack, and makes those around it; as a whole it comes into being also
  /// where an empty folder is.
  package init(at path: String, asWhole: Bool = false) throws(ArchiveError) {
    try OutputGuard.check(path)
    var path = path
    while path.utf8.count > 1, path.ends(with: "/") { path.removeLast() }
    self.path = path
    let failure = { (_: String, fault: SystemError) in
      ArchiveError.cannotCreate(path: path, fault: fault)
    }
    guard let kind = try FileSystem.status(of: path, else: failure)?.kind else {
      try FileSystem.makeDirectories(FileSystem.parent(of: path), shownAs: path)
      (isTaken, isWhole) = (false, true)
      return
    }
    isTaken =
      kind == .directory ? try !FileSystem.names(in: path, else: failure).isEmpty : true
    isWhole = asWhole
  }

  /// Begins to write.
  package func begin() throws(ArchiveError) -> PackBuilder {
    PackBuilder(
      in: isWhole
        ? try .folder(in: FileSystem.parent(of: path), shownAs: path) : try .folder(in: path))
  }

  /// Gives finished files their places; of files that are there those of the same names are replaced.
  package func publish(_ files: PackBuilder) throws(ArchiveError) {
    if isWhole { return try files.publish(as: path) }
    try files.complete()
    var folders: Set<Name> = []
    for file in files.files.map(\.path) {
      let target = "\(path)/\(file)"
      let folder = FileSystem.parent(of: target)
      try FileSystem.makeDirectories(folder)
      try FileSystem.rename("\(files.folder)/\(file)", to: target)
      folders.insert(Name(folder))
    }
    for folder in folders.sorted() { try FileSystem.synchroniseNames(in: folder.string) }
  }
}

/// A single file that a command makes where the user wants it.
package enum ResultFile {
  /// Puts a file into its place in one step, instead of an older one.
  package static func write(_ bytes: [UInt8], to path: String) throws(ArchiveError) {
    try OutputGuard.check(path)
    try TemporaryPath.file(for: path, bytes).publish(as: path)
  }
}

/// Keeps everything that is written out of published packs, which any further file would damage.
package struct OutputGuard {
  /// Where something is to be made; errors show it and not what is looked at on the way.
  private let path: String

  /// Checks that neither a path nor a folder that would be made on the way to it lies within a pack.
  ///
  /// It is asked before anything is made. Symbolic links and `..` are followed as the system would, as far as there is
  /// something to follow.
  package static func check(_ path: String) throws(ArchiveError) {
    try OutputGuard(path: path).check()
  }

  private func check() throws(ArchiveError) {
    for place in try placesOnTheWay() {
      if let pack = try pack(around: place) { throw .outputInPack(path: path, pack: pack) }
      if try isReserved(place) { throw .reservedName(path: path) }
    }
  }

  /// What would be made on the way to where the path ends, and that end.
  private func placesOnTheWay() throws(ArchiveError) -> [String] {
    var place =
      path.utf8.first == UInt8(ascii: "/") ? "/" : try FileSystem.realPath(of: ".", else: failure)
    var places: [String] = []
    for part in path.parts(at: "/") where part != "." {
      place =
        part == ".."
        ? FileSystem.parent(of: place) : try followed("\(place == "/" ? "" : place)/\(part)")
      if try kind(of: place) == nil { places.append(place) }
    }
    return places + [place]
  }

  /// Where a path leads that has no link but its last part; itself when nothing is there, or not yet.
  private func followed(_ place: String) throws(ArchiveError) -> String {
    guard try kind(of: place) == .symbolicLink else { return place }
    do {
      return try FileSystem.realPath(of: place)
    } catch {
      // A link to nothing: whatever is made through it is refused when it is made.
      return place
    }
  }

  /// The pack that a folder is, or lies within.
  private func pack(around place: String) throws(ArchiveError) -> String? {
    var place = place
    while place != "/" {
      if try isPack(place) { return place }
      place = FileSystem.parent(of: place)
    }
    return nil
  }

  /// Whether a name in an archive belongs to kfaudit, where something else would be taken for a pack or be lost.
  private func isReserved(_ place: String) throws(ArchiveError) -> Bool {
    guard let name = place.parts(at: "/").last,
      ArchiveLinks.isOwn(name) || PackName(name) != nil
    else { return false }
    return try kind(of: "\(FileSystem.parent(of: place))/.kfaudit.lock") != nil
  }

  /// Whether a folder has the files by which every pack is known, also one that was moved or renamed.
  private func isPack(_ folder: String) throws(ArchiveError) -> Bool {
    guard try kind(of: folder) == .directory, try kind(of: "\(folder)/manifest.json") == .file
    else { return false }
    if folder.parts(at: "/").last.flatMap(PackName.init) != nil { return true }
    return try kind(of: "\(folder)/evidence") == .directory
  }

  private func kind(of place: String) throws(ArchiveError) -> FileSystem.Status.Kind? {
    try FileSystem.status(of: place, else: failure)?.kind
  }

  private func failure(_: String, _ fault: SystemError) -> ArchiveError {
    .cannotCreate(path: path, fault: fault)
  }
}
