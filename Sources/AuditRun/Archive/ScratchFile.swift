/// A file without a name for what would be too much for memory: it is gone with the last who holds it.
final class ScratchFile: Sendable {
  private let file: OpenFile
  private let folder: String

  /// Makes a folder of its own below the one for temporary files, `TMPDIR` or `/tmp`.
  static func folder() throws(ArchiveError) -> String {
    try ArchiveError.reporting(
      ArchiveError.cannotUseTemporary, at: FileSystem.temporaryFolder,
      try FileSystem.makeTemporaryFolder())
  }

  /// Makes an empty file in a folder.
  init(in folder: String) throws(ArchiveError) {
    self.folder = folder
    let path = "\(folder)/.scratch"
    file = try ArchiveError.reporting(
      ArchiveError.cannotCreate, at: path, try OpenFile.nameless(path))
  }

  /// Writes behind what was written before; one at a time may do so.
  func append(_ bytes: borrowing Span<UInt8>) throws(ArchiveError) {
    do throws(SystemFault) {
      try file.write(bytes)
    } catch {
      throw .cannotWrite(path: folder, bytes: bytes.count, fault: error)
    }
  }

  /// Some bytes from a place on, all of which must have been written.
  func read(_ count: Int, at offset: Int) throws(ArchiveError) -> [UInt8] {
    try ArchiveError.reporting(
      ArchiveError.cannotRead, at: folder, try file.read(count, at: offset))
  }
}
