public import AuditEvidence
import AuditModel
import Synchronization

/// A pack being built in a temporary folder of its archive: published whole, or gone without a trace.
///
/// Several tasks may write different files at once; the list of files is sorted, so that who came first does
/// not show.
public final class PackBuilder: Sendable {
  private struct Contents {
    /// Every file begun, by path; `nil` until it is finished.
    var files: [Name: FileRecord?] = [:]
    /// Every folder made below the pack's own, parents before children.
    var folders: [Name] = []
    /// Whether the temporary folder is no longer this value's to remove.
    var isSettled = false
  }

  private let archive: Archive
  private let folder: String
  private let contents = Mutex(Contents())

  init(in archive: Archive, at folder: String) {
    self.archive = archive
    self.folder = folder
  }

  deinit {
    discard()
  }

  /// The finished files, by path.
  public var files: [FileRecord] {
    contents.withLock { $0.files.values.compactMap { $0 } }.sorted { $0.precedes($1) }
  }

  /// Begins a file, and its folders when they are missing.
  public func create(_ path: String, mediaType: String) throws(ArchiveError) -> PackFile {
    try begin(path)
    return try PackFile(
      in: self, at: location(path),
      as: FileRecord(path: path, bytes: 0, digest: .zero, mediaType: mediaType))
  }

  /// Writes a whole file.
  @discardableResult
  public func write(
    _ bytes: [UInt8], to path: String, mediaType: String
  ) throws(ArchiveError) -> FileRecord {
    let file = try create(path, mediaType: mediaType)
    try file.append(bytes)
    return try file.finish()
  }

  /// Makes an empty file that somebody else writes by its path, in a folder for what they keep meanwhile.
  func reserve(_ path: String) throws(ArchiveError) -> (location: String, folder: String) {
    try begin(path)
    let location = location(path)
    _ = try ArchiveError.reporting(
      ArchiveError.cannotCreate, at: location, try OpenFile.creating(location))
    return (location, folder)
  }

  /// Enters a file that somebody else has written.
  func enterReserved(_ path: String, mediaType: String) throws {
    var digester = Digester()
    var bytes = 0
    let file = try StoredFile.open(location(path))
    try file.readPieces { piece in
      digester.update(piece)
      bytes += piece.count
    }
    enter(FileRecord(path: path, bytes: bytes, digest: digester.digest, mediaType: mediaType))
  }

  /// Takes a file out of the pack again.
  func remove(_ path: String) throws(ArchiveError) {
    let location = location(path)
    contents.withLock { _ = $0.files.removeValue(forKey: Name(path)) }
    try ArchiveError.reporting(
      ArchiveError.cannotRemove, at: location, try FileSystem.remove(location))
  }

  /// The bytes of a finished file.
  func read(_ path: String) throws(ArchiveError) -> [UInt8] {
    try StoredFile.read(location(path))
  }

  /// How a saved page comes into the pack.
  public enum Keeping: Sendable {
    /// Its blocks are shared where the file system can do that, else it is copied.
    case copied
    /// The file gets a second name: no copy, but whoever may write to the first name may change the pack.
    case linked
  }

  /// Takes a saved page into the pack as it is and returns its bytes.
  ///
  /// The bytes are those that the pack holds, even when the page is being written to by someone else.
  public func keep(
    _ page: String, as path: String, mediaType: String, _ keeping: Keeping
  ) throws(ArchiveError) -> (record: FileRecord, bytes: [UInt8]) {
    try begin(path)
    let location = location(path)
    let bytes: [UInt8]
    switch keeping {
    case .linked:
      try ArchiveError.reporting(
        ArchiveError.cannotLink, at: page, try FileSystem.link(page, as: location))
      bytes = try StoredFile.read(location)
    case .copied: bytes = try copy(page, to: location)
    }
    let record = FileRecord(
      path: path, bytes: bytes.count, digest: Digest.of(bytes), mediaType: mediaType)
    enter(record)
    return (record, bytes)
  }

  /// Gives a file of this archive a second name in the pack, its record being known; it is copied where the file system
  /// does not link.
  func adopt(_ file: String, _ record: FileRecord) throws(ArchiveError) {
    try begin(record.path)
    let location = location(record.path)
    do {
      try FileSystem.link(file, as: location)
    } catch {
      _ = try copy(file, to: location)
    }
    enter(record)
  }

  /// Publishes the pack under the name of its window, or as the window's next revision, `.r2`.
  ///
  /// Everything is brought to the disk before the pack gets its name in one step: whoever sees the name sees a
  /// complete pack, also after a crash. When the newest pack of the window holds the same rows (by the Merkle
  /// root in manifest.json) made with the same options (by their digest there), this one is dropped.
  public func publish(as window: String) throws(ArchiveError) -> Publication {
    if let open = contents.withLock({ $0.files.filter { $0.value == nil }.keys.min() }) {
      throw .unfinished(path: open.string)
    }
    let revision = try archive.newestRevision(of: window)
    if revision > 0 {
      let name = archive.name(of: window, revision: revision)
      let published = "\(archive.path)/\(name)"
      if holdsTheSame(as: published) {
        discard()
        return Publication(
          path: published, wasAlreadyPublished: true,
          notice: archive.pointLatestForward(to: name))
      }
    }
    try synchronise()
    let name = archive.name(of: window, revision: revision + 1)
    try archive.adopt(folder, as: name)
    contents.withLock { $0.isSettled = true }
    return Publication(
      path: "\(archive.path)/\(name)", wasAlreadyPublished: false,
      notice: archive.pointLatest(at: name))
  }

  /// Publishes what an unfinished read had read as `<window>.INCOMPLETE`, in the place of an earlier one.
  func publishIncomplete(as window: String) throws(ArchiveError) -> String {
    let name = "\(window).INCOMPLETE"
    try synchronise()
    try ArchiveError.reporting(
      ArchiveError.cannotRemove, at: "\(archive.path)/\(name)",
      try FileSystem.remove("\(archive.path)/\(name)"))
    try archive.adopt(folder, as: name)
    contents.withLock { $0.isSettled = true }
    return "\(archive.path)/\(name)"
  }

  /// Removes the temporary folder with everything in it, unless the pack is published.
  public func discard() {
    contents.withLock { contents in
      if contents.isSettled { return }
      contents.isSettled = true
      do {
        try FileSystem.remove(folder)
      } catch {
        // The run has failed already, and for a better reason; the next one removes what is left.
      }
    }
  }

  /// Enters a finished file.
  func enter(_ record: FileRecord) {
    contents.withLock { $0.files[Name(record.path)] = .some(record) }
  }

  private func location(_ path: String) -> String { "\(folder)/\(path)" }

  /// Notes a file as begun and makes its folders.
  private func begin(_ path: String) throws(ArchiveError) {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isUsable = parts.allSatisfy { part in
      !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        && part.allSatisfy { $0 >= 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "\\") }
    }
    guard isUsable else { throw .unusableName(path) }
    try contents.withLock { (contents) throws(ArchiveError) in
      contents.files[Name(path)] = .some(nil)
      for count in 1..<max(1, parts.count) {
        let parent = Name(bytes: Array(parts.prefix(count).joined(separator: [UInt8(ascii: "/")])))
        if contents.folders.contains(parent) { continue }
        try ArchiveError.reporting(
          ArchiveError.cannotCreate, at: location(parent.string),
          try FileSystem.makeDirectory(location(parent.string)))
        contents.folders.append(parent)
      }
    }
  }

  private func copy(_ page: String, to location: String) throws(ArchiveError) -> [UInt8] {
    let source = try StoredFile.open(page)
    let target = try ArchiveError.reporting(
      ArchiveError.cannotCreate, at: location, try OpenFile.creating(location))
    // A shared copy is read back, so that what is hashed is what the pack holds.
    if target.clone(source) { return try StoredFile.read(location) }
    let bytes = try ArchiveError.reporting(
      ArchiveError.cannotRead, at: page, try source.readToEnd())
    try ArchiveError.reporting(
      { .cannotWrite(path: $0, bytes: bytes.count, fault: $1) }, at: location,
      try target.write(bytes.span))
    return bytes
  }

  /// All files first and only then waiting for each: the file system then commits many at once.
  private func synchronise() throws(ArchiveError) {
    let folders = contents.withLock { $0.folders.reversed().map(\.string) }
    let paths = (files.map(\.path) + folders).map(location) + [folder]
    for path in paths {
      try ArchiveError.reporting(
        ArchiveError.cannotSynchronise, at: path, try OpenFile.reading(path).synchronise())
    }
  }

  /// Whether a published pack has the same rows and options; one that cannot be read has not, and a new
  /// revision stands beside it.
  private func holdsTheSame(as published: String) -> Bool {
    do {
      return try manifest(in: folder) == manifest(in: published)
    } catch {
      return false
    }
  }

  private func manifest(in pack: String) throws -> PublishedManifest {
    try PublishedManifest(decoding: StoredFile.read("\(pack)/manifest.json"))
  }
}
