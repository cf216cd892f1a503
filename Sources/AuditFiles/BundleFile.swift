import AuditModel
import SafeZip

/// A zip archive of a pack while it is made: it gets its name in one step, or is gone with this value.
package struct BundleFile {
  /// The archive, which is complete and has no name yet; what is to be handed over is looked at here.
  package let files: StoredPack
  /// Its size, in bytes.
  package let bytes: Int
  private let folder: TemporaryPath
  private let location: String
  private let place: String

  /// What is not deflated once more.
  private static let compressed = [".gz", ".xlsx"]

  /// Checks that a bundle can be made at a place, where nothing is.
  package static func check(_ place: String) throws(ArchiveError) {
    try OutputGuard.check(place)
    if try FileSystem.exists(place) { throw .alreadyThere(path: place) }
  }

  /// Makes the archive of a pack: its plain files by path, below a folder of this name.
  package init(of pack: StoredPack, below folder: String, for place: String) throws {
    try Self.check(place)
    self.place = place
    self.folder = try .folder(in: FileSystem.parent(of: place), shownAs: place)
    location = "\(self.folder.path)/bundle.zip"
    let target = HeldFile(try OpenFile.creating(location, shownAs: place))
    do {
      var writer = try ZipWriter(to: target)
      for (path, size) in try pack.inventory().files.sorted(by: { $0.key < $1.key }) {
        let content = Cancellable(pack.content(of: path.string, size: size))
        let isStored = Self.compressed.contains { path.string.ends(with: $0) }
        try writer.add("\(folder)/\(path.string)", content, isStored: isStored)
      }
      try writer.finish()
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ArchiveError(reading: place, error)
    }
    try target.file.synchronise()
    bytes = try target.file.status().size
    files = .zip(try ZippedPack(at: location, shownAs: place))
  }

  /// Gives it its name, unless something has that.
  package func publish() throws(ArchiveError) {
    try FileSystem.renameNew(location, to: place)
    try FileSystem.synchroniseNames(in: FileSystem.parent(of: place))
    folder.discard()
  }

  /// Removes it, unless it is published.
  package func discard() { folder.discard() }

  /// A file whose reading ends when the work is cancelled.
  private final class Cancellable: ZipContent {
    private let content: any ZipContent

    init(_ content: any ZipContent) {
      self.content = content
    }

    var size: Int { content.size }

    func read(_ count: Int, at offset: Int) throws -> [UInt8] {
      try Task.checkCancellation()
      return try content.read(count, at: offset)
    }

    func close() { content.close() }
  }
}
