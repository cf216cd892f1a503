import AuditModel
import Synchronization

/// A path of something unfinished: it gets its name in one step, or is gone with this value.
///
/// Whoever throws or is cancelled on the way leaves nothing behind.
package final class TemporaryPath: Sendable {
  /// Begins the name of everything that is not yet, or no longer, what it is to be.
  package static let prefix = ".kfaudit-tmp-"

  /// Where it is until it has its name.
  package let path: String
  private let isGone = Mutex(false)

  private init(_ path: String) {
    self.path = path
  }

  deinit {
    discard()
  }

  /// Makes an empty folder in another one.
  ///
  /// Errors show the path that it will have in the end, where that is known.
  package static func folder(
    in parent: String, shownAs shown: String? = nil
  ) throws(ArchiveError) -> TemporaryPath {
    let path = try free(in: parent, shownAs: shown)
    try FileSystem.makeDirectory(path) { ArchiveError.cannotCreate(path: shown ?? $0, fault: $1) }
    return TemporaryPath(path)
  }

  /// Makes an empty folder below the one for temporary files, `TMPDIR` or `/tmp`.
  package static func scratchFolder() throws(ArchiveError) -> TemporaryPath {
    TemporaryPath(try FileSystem.makeTemporaryFolder())
  }

  /// Writes a file beside its place and brings it to the disk; errors show that place.
  package static func file(
    for place: String, _ bytes: [UInt8], isExecutable: Bool = false
  ) throws(ArchiveError) -> TemporaryPath {
    let path = try free(in: FileSystem.parent(of: place), shownAs: place)
    let file = try OpenFile.creating(path, shownAs: place, isExecutable: isExecutable)
    let temporary = TemporaryPath(path)
    try file.write(bytes.span)
    try file.synchronise()
    return temporary
  }

  /// A path in a folder that nothing has.
  ///
  /// Leftovers of other users stay where they are, and in containers every run has the same process number.
  package static func free(
    in folder: String, _ name: String = "\(FileSystem.process)", shownAs shown: String? = nil
  ) throws(ArchiveError) -> String {
    for number in 1... {
      let path = "\(folder)/\(prefix)\(name)\(number == 1 ? "" : "-\(number)")"
      let isTaken = try FileSystem.exists(path) {
        ArchiveError.cannotCreate(path: shown ?? $0, fault: $1)
      }
      if !isTaken { return path }
    }
    throw .unusableName(name)
  }

  /// Gives it its name, and brings that to the disk.
  ///
  /// A file of that name is replaced, unless it is to be kept; a folder only when it is empty, so that no pack can be lost.
  package func publish(as place: String, keepingFile: Bool = false) throws(ArchiveError) {
    if keepingFile {
      try FileSystem.renameNew(path, to: place)
    } else {
      try FileSystem.rename(path, to: place)
    }
    isGone.withLock { $0 = true }
    try FileSystem.synchroniseNames(in: FileSystem.parent(of: place))
  }

  /// Removes it with everything in it, unless it has its name.
  package func discard() {
    isGone.withLock { isGone in
      if isGone { return }
      isGone = true
      do {
        try FileSystem.remove(path)
      } catch {
        // Whoever made it has failed already, and for a better reason; in an archive the next run removes it.
      }
    }
  }
}

/// A file without a name for what would be too much for memory: it is gone with the last who holds it.
package final class ScratchFile: Sendable {
  private let file: OpenFile

  /// Makes an empty file in a folder.
  package init(in folder: String) throws(ArchiveError) {
    file = try OpenFile.nameless("\(folder)/.scratch")
  }

  /// Writes behind what was written before; one at a time may do so.
  package func append(_ bytes: borrowing Span<UInt8>) throws(ArchiveError) { try file.write(bytes) }

  /// Some bytes from a place on, all of which must have been written.
  package func read(_ count: Int, at offset: Int) throws(ArchiveError) -> [UInt8] {
    try file.read(count, at: offset)
  }
}
