/// A file without a name for what would be too much for memory: it is gone with the last who holds it.
package final class ScratchFile: Sendable {
  private let file: OpenFile

  /// Makes a folder of its own below the one for temporary files, `TMPDIR` or `/tmp`.
  package static func folder() throws(ArchiveError) -> String {
    try FileSystem.makeTemporaryFolder()
  }

  /// Makes an empty file in a folder.
  package init(in folder: String) throws(ArchiveError) {
    let path = "\(folder)/.scratch"
    file = try OpenFile.nameless(path)
  }

  /// Writes behind what was written before; one at a time may do so.
  package func append(_ bytes: borrowing Span<UInt8>) throws(ArchiveError) {
    try file.write(bytes)
  }

  /// Some bytes from a place on, all of which must have been written.
  package func read(_ count: Int, at offset: Int) throws(ArchiveError) -> [UInt8] {
    try file.read(count, at: offset)
  }
}
