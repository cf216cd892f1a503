package import AuditEvidence
import AuditModel
import Synchronization

/// Files being written in a temporary folder: a pack that is published whole, or gone without a trace.
///
/// Several tasks may write different files at once; the list of files is sorted, so that who came first does
/// not show.
package final class PackBuilder: ReportFiles {
  private struct Contents {
    /// Every file begun, by path; `nil` until it is finished.
    var files: [Name: FileRecord?] = [:]
    /// Every folder made below the pack's own, parents before children.
    var folders: [Name] = []
  }

  private let place: TemporaryPath
  private let contents = Mutex(Contents())

  /// Builds in an empty folder.
  package init(in place: TemporaryPath) {
    self.place = place
  }

  /// The temporary folder.
  package var folder: String { place.path }

  /// The finished files, by path.
  package var files: [FileRecord] {
    contents.withLock { $0.files.values.compactMap { $0 } }.sorted { $0.precedes($1) }
  }

  /// Begins a file, and its folders when they are missing.
  package func create(_ path: String, mediaType: String) throws(ArchiveError) -> PackFile {
    try begin(path)
    return PackFile(
      path, mediaType: mediaType, to: try .creating(location(path)), entering: enter)
  }

  /// Makes an empty file for a library that writes files itself.
  ///
  /// ``enterReserved(_:mediaType:)`` lists it when it is written.
  ///
  /// - Returns: Where the file lies, and the pack's folder for what the library writes meanwhile.
  package func reserve(_ path: String) throws(ArchiveError) -> (location: String, folder: String) {
    try begin(path)
    let location = location(path)
    _ = try OpenFile.creating(location)
    return (location, folder)
  }

  /// Lists a file whose place was reserved and which is written now.
  package func enterReserved(_ path: String, mediaType: String) throws(ArchiveError) {
    let (bytes, digest) = try StoredFile.digest(location(path))
    enter(FileRecord(path: path, bytes: bytes, digest: digest, mediaType: mediaType))
  }

  /// Takes a file out of the pack, as if it had never been written.
  package func remove(_ path: String) throws(ArchiveError) {
    let location = location(path)
    contents.withLock { _ = $0.files.removeValue(forKey: Name(path)) }
    try FileSystem.remove(location)
  }

  /// The bytes of a finished file.
  package func read(_ path: String) throws(ArchiveError) -> [UInt8] {
    try StoredFile.read(location(path))
  }

  /// How a saved page comes into the pack.
  package enum Keeping: Sendable {
    /// Its blocks are shared where the file system can do that, else it is copied.
    case copied
    /// The file gets a second name: no copy, but whoever may write to the first name may change the pack.
    case linked
  }

  /// Takes a saved page into the pack as it is and returns its bytes.
  ///
  /// The bytes are those that the pack holds, even when the page is being written to by someone else.
  package func keep(
    _ page: String, as path: String, mediaType: String, _ keeping: Keeping
  ) throws(ArchiveError) -> (record: FileRecord, bytes: [UInt8]) {
    try begin(path)
    let location = location(path)
    let bytes: [UInt8]
    switch keeping {
    case .linked:
      try FileSystem.link(page, as: location)
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
  ///
  /// - Throws: ``ArchiveError/exchanged(path:)`` when it is not the file that was meant, and has another content: in an
  ///   archive that others may write to, they may have put theirs in its place.
  package func adopt(
    _ file: String, _ identity: FileSystem.Status.Identity, _ record: FileRecord,
    copying: Bool = false
  ) throws(ArchiveError) {
    try begin(record.path)
    let location = location(record.path)
    let isLinked = try copying ? false : isLinked(file, identity, as: location)
    if !isLinked {
      try FileSystem.remove(location)
      guard Digest.of(try copy(file, to: location)) == record.digest else {
        throw .exchanged(path: file)
      }
    }
    enter(record)
  }

  /// Links a file; `false` where that is not possible, or another file was linked.
  private func isLinked(
    _ file: String, _ identity: FileSystem.Status.Identity, as location: String
  ) throws(ArchiveError) -> Bool {
    do {
      try FileSystem.link(file, as: location)
    } catch {
      return false
    }
    return try FileSystem.status(of: location)?.identity == identity
  }

  /// Brings everything to the disk; a pack with an open file is not complete.
  package func complete() throws(ArchiveError) {
    if let open = contents.withLock({ $0.files.filter { $0.value == nil }.keys.min() }) {
      throw .unfinished(path: open.string)
    }
    try synchronise()
  }

  /// Gives the complete pack its name, where nothing is yet or what is there is replaced.
  ///
  /// - Throws: an ``ArchiveError`` when something is not finished or not on the disk; then it has no name.
  package func publish(as path: String, replacing: Bool = false) throws(ArchiveError) {
    try complete()
    if replacing { try FileSystem.remove(path) }
    try place.publish(as: path)
  }

  /// Removes the temporary folder with everything in it, unless the pack is published.
  package func discard() { place.discard() }

  /// Enters a finished file.
  private func enter(_ record: FileRecord) {
    contents.withLock { $0.files[Name(record.path)] = .some(record) }
  }

  private func location(_ path: String) -> String { "\(folder)/\(path)" }

  /// Notes a file as begun and makes its folders.
  private func begin(_ path: String) throws(ArchiveError) {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard Checksums.isUsable(path.utf8) else { throw .unusableName(path) }
    try contents.withLock { (contents) throws(ArchiveError) in
      contents.files[Name(path)] = .some(nil)
      for count in 1..<max(1, parts.count) {
        let parent = Name(bytes: Array(parts.prefix(count).joined(separator: [UInt8(ascii: "/")])))
        if contents.folders.contains(parent) { continue }
        try FileSystem.makeDirectory(location(parent.string))
        contents.folders.append(parent)
      }
    }
  }

  private func copy(_ page: String, to location: String) throws(ArchiveError) -> [UInt8] {
    let source = try StoredFile.open(page)
    let target = try OpenFile.creating(location)
    // A shared copy is read back, so that what is hashed is what the pack holds.
    if target.clone(source) { return try StoredFile.read(location) }
    let bytes = try source.read(atMost: FileLimit.page)
    try target.write(bytes.span)
    target.beginWriteBack()
    return bytes
  }

  /// All files first and only then waiting for each: the file system then commits many at once.
  private func synchronise() throws(ArchiveError) {
    for path in files.map({ location($0.path) }) {
      try OpenFile.reading(path, else: ArchiveError.cannotSynchronise).synchronise()
    }
    let folders = contents.withLock { $0.folders.reversed().map(\.string) }
    for path in folders.map(location) + [folder] {
      try FileSystem.synchroniseNames(in: path)
    }
  }
}
