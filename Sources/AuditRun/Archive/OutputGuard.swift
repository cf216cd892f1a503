import AuditModel

/// Keeps everything that is written out of published packs, which any further file would damage.
public enum OutputGuard {
  /// Sees to it that neither a path nor a folder that would be made on the way to it lies within a pack.
  ///
  /// It is asked before anything is made. Symbolic links and `..` are followed as the system would, as far as there is
  /// something to follow.
  ///
  /// - Throws: ``ArchiveError/outputInPack(path:pack:)`` and ``ArchiveError/reservedName(path:)``, or why nothing can be
  ///   made there.
  public static func check(_ path: String) throws(ArchiveError) {
    for place in try ArchiveError.reporting(
      ArchiveError.cannotCreate, at: path, try places(onTheWayTo: path))
    {
      if let pack = try ArchiveError.reporting(
        ArchiveError.cannotCreate, at: path, try pack(around: place))
      {
        throw .outputInPack(path: path, pack: pack)
      }
      if try ArchiveError.reporting(
        ArchiveError.cannotCreate, at: path, try isReserved(place))
      {
        throw .reservedName(path: path)
      }
    }
  }

  /// What would be made on the way to where a path ends, and that end.
  private static func places(onTheWayTo path: String) throws(SystemFault) -> [String] {
    var place = path.utf8.first == UInt8(ascii: "/") ? "/" : try FileSystem.realPath(of: ".")
    var places: [String] = []
    for part in parts(of: path) where part != "." {
      place =
        part == ".." ? parent(of: place) : try followed("\(place == "/" ? "" : place)/\(part)")
      if try FileSystem.status(of: place) == nil { places.append(place) }
    }
    return places + [place]
  }

  /// Where a path leads that has no link but its last part; itself when nothing is there, or not yet.
  private static func followed(_ path: String) throws(SystemFault) -> String {
    guard try FileSystem.status(of: path)?.kind == .symbolicLink else { return path }
    do {
      return try FileSystem.realPath(of: path)
    } catch {
      // A link to nothing: whatever is made through it is refused when it is made.
      return path
    }
  }

  /// The pack that a folder is, or lies within.
  private static func pack(around place: String) throws(SystemFault) -> String? {
    var place = place
    while place != "/" {
      if try isPack(place) { return place }
      place = parent(of: place)
    }
    return nil
  }

  /// Whether a name in an archive belongs to kfaudit, where something else would be taken for a pack or be lost.
  private static func isReserved(_ place: String) throws(SystemFault) -> Bool {
    guard let name = parts(of: place).last, ArchiveLinks.isOwn(name) || PackName(name) != nil else {
      return false
    }
    return try FileSystem.status(of: "\(parent(of: place))/.kfaudit.lock") != nil
  }

  /// Whether a folder has the files by which every pack is known, also one that was moved or renamed.
  private static func isPack(_ folder: String) throws(SystemFault) -> Bool {
    guard try FileSystem.status(of: folder)?.kind == .directory,
      try FileSystem.status(of: "\(folder)/manifest.json")?.kind == .file
    else { return false }
    if parts(of: folder).last.flatMap(PackName.init) != nil { return true }
    return try FileSystem.status(of: "\(folder)/evidence")?.kind == .directory
  }

  private static func parts(of path: String) -> [String] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
  }

  private static func parent(of path: String) -> String {
    "/" + parts(of: path).dropLast().joined(separator: "/")
  }
}
