import AuditEvidence
package import AuditModel

/// The folder that packs are published in, locked for one run.
///
/// It is opened before the first request, so that a long run does not end at a folder it may not write to. The
/// lock is the kernel's and ends with the process, however that ends.
package final class Archive: Sendable {
  /// The folder as the user named it, without trailing slashes.
  package let path: String
  /// What crashed runs had left behind and this one removed, by name.
  package let removedLeftovers: [String]
  /// Whether the file system brings new names to the disk when it is asked to; some network ones do not.
  package let synchronisesNames: Bool
  /// Keeps the lock for as long as the archive is open.
  private let lock: OpenFile

  private init(
    path: String, removedLeftovers: [String], synchronisesNames: Bool, lock: consuming OpenFile
  ) {
    self.path = path
    self.removedLeftovers = removedLeftovers
    self.synchronisesNames = synchronisesNames
    self.lock = lock
  }

  deinit {
    lock.unlock()
  }

  /// Opens an archive, makes it when it is missing, and locks it for as long as the value lives.
  ///
  /// The lock notes the time for whoever comes second. Others than this user must not be able to write there, unless that
  /// is allowed.
  package static func open(
    _ path: String, at now: Instant, allowsShared: Bool = false
  ) throws(ArchiveError) -> Archive {
    var path = path
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    try OutputGuard.check(path)
    try FileSystem.makeDirectories(path)
    try check(path, allowsShared: allowsShared)
    let lock = try takeLock(
      in: path, note: "pid \(FileSystem.process), started \(now)", allowsShared: allowsShared)
    let removed = try removeLeftovers(in: path)
    let synchronises = try FileSystem.synchroniseNames(in: path)
    return Archive(
      path: path, removedLeftovers: removed, synchronisesNames: synchronises, lock: lock)
  }

  /// Begins a pack beside the published ones; it has no final name until it is complete.
  package func beginPack() throws(ArchiveError) -> PackBuilder {
    PackBuilder(in: try .folder(in: path))
  }

  /// The number of the newest pack of a window: 1 for `<window>`, 2 for `<window>.r2`, 0 when there is none.
  func newestRevision(of window: String) throws(ArchiveError) -> Int {
    let names = try FileSystem.names(in: path)
    return names.compactMap(PackName.init).filter { $0.window == window }.compactMap(\.revision)
      .max() ?? 0
  }

  /// The name of a revision of a window's pack.
  package func name(of window: String, revision: Int) -> String {
    PackName(window: window, .revision(revision)).description
  }

  /// Points `latest` at a pack.
  ///
  /// - Returns: what is in the way, a sentence; the pack is published all the same.
  func pointLatest(at name: String) -> String? {
    let latest = "\(path)/latest"
    do {
      let temporary = try TemporaryPath.free(in: path, "latest")
      if let status = try FileSystem.status(of: latest, else: { $1 }), status.kind != .symbolicLink
      {
        return "\(latest) is not a symbolic link, so it was left as it is; remove it to have it "
          + "point at the newest pack."
      }
      try FileSystem.makeSymbolicLink(temporary, to: name) { $1 }
      do {
        try FileSystem.rename(temporary, to: latest) { $1 }
      } catch {
        try FileSystem.remove(temporary) { $1 }
        throw error
      }
      try FileSystem.synchroniseNames(in: path) { $1 }
      return nil
    } catch {
      return "\(latest) could not be pointed at the newest pack: \(error)."
    }
  }

  /// Points `latest` at the newest pack, unless it does so already.
  ///
  /// A run may have ended after it published a pack and before it could point at it.
  func updateLatest() -> String? {
    do {
      guard let newest = try ArchiveLinks(of: path).chain().newest,
        try FileSystem.target(of: "\(path)/latest", else: { $1 }) != newest.name
      else { return nil }
      return pointLatest(at: newest.name)
    } catch {
      return "\(path)/latest was left as it is: \(error)"
    }
  }

  private static func check(_ path: String, allowsShared: Bool) throws(ArchiveError) {
    let found = try FileSystem.status(of: path, else: ArchiveError.cannotCreate)
    guard let found else { throw .missing(path: path) }
    switch found.kind {
    case .directory: break
    case .symbolicLink: throw .symbolicLink(path: path, mode: found.mode)
    default: throw .notAFolder(path: path, mode: found.mode)
    }
    try FileSystem.checkWritable(
      path, else: { ArchiveError.notWritable(path: $0, mode: found.mode, fault: $1) })
    if allowsShared { return }
    if found.mode & 0o002 != 0 { throw .worldWritable(path: path, mode: found.mode) }
    if found.mode & 0o020 != 0 { throw .groupWritable(path: path, mode: found.mode) }
    if found.owner != FileSystem.user { throw .othersArchive(path: path, owner: found.owner) }
  }

  private static func takeLock(
    in path: String, note: String, allowsShared: Bool
  ) throws(ArchiveError) -> OpenFile {
    let lockPath = "\(path)/.kfaudit.lock"
    let lock = try OpenFile.forLocking(lockPath)
    // The note is written over what the file holds, which must be nobody's data.
    let status = try lock.status(else: ArchiveError.cannotLock)
    guard status.kind == .file, status.links == 1,
      status.owner == FileSystem.user || allowsShared
    else { throw .strangeLock(path: lockPath) }
    guard let holder = try holder(of: lock, noting: note) else { return lock }
    // The note is shown on a terminal, and whoever may write here may have written it.
    let shown = holder.filter { 0x20..<0x7f ~= $0 }
    throw .locked(path: path, holder: String(decoding: shown, as: UTF8.self))
  }

  /// Takes the lock and notes who has it, or returns the note of who has it already.
  private static func holder(
    of lock: borrowing OpenFile, noting note: String
  ) throws(ArchiveError) -> [UInt8]? {
    let failure = ArchiveError.cannotLock
    guard try lock.lock() else { return try lock.read(100, at: 0, else: failure) }
    try lock.clear(else: failure)
    try lock.write(Array("\(note)\n".utf8).span, else: failure)
    return nil
  }

  /// Whoever holds the lock may remove what unfinished runs left: they run no more.
  private static func removeLeftovers(in path: String) throws(ArchiveError) -> [String] {
    let failure = { (_: String, fault: SystemError) in
      ArchiveError.cannotRemove(path: path, fault: fault)
    }
    var removed: [String] = []
    for name in try FileSystem.names(in: path, else: failure)
    where name.begins(with: TemporaryPath.prefix) {
      let leftover = "\(path)/\(name)"
      // What others may write to could lead out of the archive while it is being removed.
      guard let status = try FileSystem.status(of: leftover, else: failure),
        status.owner == FileSystem.user,
        status.kind != .directory || status.mode & 0o022 == 0
      else { continue }
      try FileSystem.remove(leftover, else: failure)
      removed.append(name)
    }
    return removed
  }
}

extension Archive {
  /// What a report and its tables take, however few the instances, in bytes.
  private static let fixed = 8 << 20
  /// What the rows take for each byte of a saved page, plain and compressed: measured, CSV and NDJSON together.
  private static let plainFactor = 3
  private static let compressedFactor = 12

  /// Checks that the disk has room for a run, before its first request.
  ///
  /// It is an estimate: how much a server will send is not known, and others write to the disk as well. Of saved pages
  /// the sizes are known, and whether they are copied.
  package func checkSpace(
    forPagesIn folder: String? = nil, linked: Bool = false
  ) throws(ArchiveError) {
    var wanted = Self.fixed
    if let folder { wanted += try Self.bytes(for: PageFolder(at: folder), linked: linked) }
    let free = try FileSystem.freeBytes(at: path)
    if let free, free < wanted { throw .noSpace(path: path, wanted: wanted, free: free) }
  }

  private static func bytes(
    for folder: PageFolder, linked: Bool
  ) throws(ArchiveError) -> Int {
    var bytes = 0
    for name in folder.names {
      let page = folder.path(of: name)
      let size = try FileSystem.status(of: page)?.size ?? 0
      bytes += size * (name.ends(with: ".gz") ? compressedFactor : plainFactor)
      if !linked { bytes += size }
    }
    return bytes
  }
}
