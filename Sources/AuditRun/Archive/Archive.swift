import AuditEvidence
public import AuditModel

/// The folder that packs are published in, locked for one run.
///
/// It is opened before the first request, so that a long run does not end at a folder it may not write to. The
/// lock is the kernel's and ends with the process, however that ends.
public final class Archive: Sendable {
  /// Begins the name of everything that is not yet, or no longer, part of the archive.
  private static let temporaryPrefix = ".kfaudit-tmp-"

  /// The folder as the user named it, without trailing slashes.
  public let path: String
  /// What crashed runs had left behind and this one removed, by name.
  public let removedLeftovers: [String]
  /// Keeps the lock for as long as the archive is open.
  private let lock: OpenFile

  private init(path: String, removedLeftovers: [String], lock: consuming OpenFile) {
    self.path = path
    self.removedLeftovers = removedLeftovers
    self.lock = lock
  }

  deinit {
    lock.unlock()
  }

  /// Opens an archive, makes it when it is missing, and locks it.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - now: the time noted in the lock for whoever comes second.
  ///   - allowsShared: whether anyone on the machine may be able to write there.
  /// - Returns: the archive, whose lock lasts as long as the value.
  /// - Throws: an error of exit status 73 when packs cannot or should not be kept there, 75 when another run has
  ///   the archive.
  public static func open(
    _ path: String, at now: Instant, allowsShared: Bool = false
  ) throws(ArchiveError) -> Archive {
    var path = path
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    try makeFolder(path)
    try check(path, allowsShared: allowsShared)
    let lock = try takeLock(in: path, note: "pid \(FileSystem.process), started \(now)")
    let removed = try ArchiveError.reporting(
      ArchiveError.cannotRemove, at: path, try removeLeftovers(in: path))
    return Archive(path: path, removedLeftovers: removed, lock: lock)
  }

  /// Begins a pack beside the published ones; it has no final name until it is complete.
  public func beginPack() throws(ArchiveError) -> PackBuilder {
    // The lock sees to it that no other process builds here; a second pack of this one is refused.
    let folder = "\(path)/\(Self.temporaryPrefix)\(FileSystem.process)"
    try ArchiveError.reporting(
      ArchiveError.cannotCreate, at: folder, try FileSystem.makeDirectory(folder))
    return PackBuilder(at: folder)
  }

  /// The number of the newest pack of a window: 1 for `<window>`, 2 for `<window>.r2`, 0 when there is none.
  func newestRevision(of window: String) throws(ArchiveError) -> Int {
    let names = try ArchiveError.reporting(
      ArchiveError.cannotRead, at: path, try FileSystem.names(in: path))
    let revisions = names.compactMap { name -> Int? in
      if name == window { return 1 }
      guard name.begins(with: window + ".r") else { return nil }
      let digits = name.dropFirst(window.count + 2)
      guard let number = Int(digits), 2..<1_000_000 ~= number, String(number) == digits else {
        return nil
      }
      return number
    }
    return revisions.max() ?? 0
  }

  /// The name of a revision of a window's pack.
  func name(of window: String, revision: Int) -> String {
    revision == 1 ? window : "\(window).r\(revision)"
  }

  /// Gives a complete pack its name, which no pack has yet, and brings the new entry to the disk.
  func adopt(_ folder: String, as name: String) throws(ArchiveError) {
    // rename replaces a directory only when it is empty, so that no pack can be lost, lock or no lock.
    try ArchiveError.reporting(
      ArchiveError.cannotCreate, at: "\(path)/\(name)",
      try FileSystem.rename(folder, to: "\(path)/\(name)"))
    try ArchiveError.reporting(
      ArchiveError.cannotSynchronise, at: path, try OpenFile.reading(path).synchronise())
  }

  /// The folder of the newest pack: the one `latest` points at, or one that follows it, since a run may have ended
  /// between the two; `nil` when there is none.
  func newestPack() throws(ArchiveError) -> String? {
    let latest = "\(path)/latest"
    let target = try ArchiveError.reporting(
      ArchiveError.cannotRead, at: latest, try FileSystem.target(of: latest))
    let newest = PackChain(try ArchiveLinks(of: path).links).newest(from: target)?.name ?? target
    return newest.map { "\(path)/\($0)" }
  }

  /// Points `latest` at a pack.
  ///
  /// - Returns: what is in the way, a sentence; the pack is published all the same.
  func pointLatest(at name: String) -> String? {
    let latest = "\(path)/latest"
    let temporary = "\(path)/\(Self.temporaryPrefix)latest"
    do {
      if let status = try FileSystem.status(of: latest), status.kind != .symbolicLink {
        return "\(latest) is not a symbolic link, so it was left as it is; remove it to have it "
          + "point at the newest pack."
      }
      try FileSystem.makeSymbolicLink(temporary, to: name)
      do {
        try FileSystem.rename(temporary, to: latest)
      } catch {
        try FileSystem.remove(temporary)
        throw error
      }
      try OpenFile.reading(path).synchronise()
      return nil
    } catch {
      return "\(latest) could not be pointed at the newest pack: \(error)."
    }
  }

  /// Points `latest` at a pack that was there already, unless it points at a newer one.
  ///
  /// A run may have ended after it published the pack and before it could point at it.
  func pointLatestForward(to name: String) -> String? {
    do {
      let current = try FileSystem.status(of: "\(path)/latest/manifest.json")
      let pack = try FileSystem.status(of: "\(path)/\(name)/manifest.json")
      if let current, let pack, current.modified >= pack.modified { return nil }
    } catch {
      // What `latest` leads to cannot be looked at: then it is no pack that could be newer.
    }
    return pointLatest(at: name)
  }

  private static func makeFolder(_ path: String) throws(ArchiveError) {
    let exists = try ArchiveError.reporting(
      ArchiveError.cannotCreate, at: path, try FileSystem.status(of: path) != nil)
    if exists { return }
    let parent = parent(of: path)
    if parent != path { try makeFolder(parent) }
    try ArchiveError.reporting(
      ArchiveError.cannotCreate, at: path, try FileSystem.makeDirectory(path))
    try ArchiveError.reporting(
      ArchiveError.cannotSynchronise, at: parent, try OpenFile.reading(parent).synchronise())
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func check(_ path: String, allowsShared: Bool) throws(ArchiveError) {
    let found = try ArchiveError.reporting(
      ArchiveError.cannotCreate, at: path, try FileSystem.status(of: path))
    guard let found else { throw .missing(path: path) }
    switch found.kind {
    case .directory: break
    case .symbolicLink: throw .symbolicLink(path: path, mode: found.mode)
    default: throw .notAFolder(path: path, mode: found.mode)
    }
    guard found.mode & 0o002 == 0 || allowsShared else {
      throw .worldWritable(path: path, mode: found.mode)
    }
    try ArchiveError.reporting(
      { .notWritable(path: $0, mode: found.mode, fault: $1) }, at: path,
      try FileSystem.checkWritable(path))
  }

  private static func takeLock(in path: String, note: String) throws(ArchiveError) -> OpenFile {
    let lockPath = "\(path)/.kfaudit.lock"
    let lock = try ArchiveError.reporting(
      ArchiveError.cannotLock, at: lockPath, try OpenFile.forLocking(lockPath))
    let holder = try ArchiveError.reporting(
      ArchiveError.cannotLock, at: lockPath, try holder(of: lock, noting: note))
    guard let holder else { return lock }
    // The note is shown on a terminal, and whoever may write here may have written it.
    let shown = holder.prefix(100).filter { 0x20..<0x7f ~= $0 }
    throw .locked(path: path, holder: String(decoding: shown, as: UTF8.self))
  }

  /// Takes the lock and notes who has it, or returns the note of who has it already.
  private static func holder(
    of lock: borrowing OpenFile, noting note: String
  ) throws(SystemFault) -> [UInt8]? {
    guard try lock.lock() else { return try lock.readToEnd() }
    try lock.clear()
    try lock.write(Array("\(note)\n".utf8).span)
    return nil
  }

  /// Whoever holds the lock may remove what unfinished runs left: they run no more.
  private static func removeLeftovers(in path: String) throws(SystemFault) -> [String] {
    var removed: [String] = []
    for name in try FileSystem.names(in: path) where name.begins(with: temporaryPrefix) {
      let leftover = "\(path)/\(name)"
      guard try FileSystem.status(of: leftover)?.owner == FileSystem.user else { continue }
      try FileSystem.remove(leftover)
      removed.append(name)
    }
    return removed
  }
}
