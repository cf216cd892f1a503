/// A single file that a command makes where the user wants it.
public enum ResultFile {
  /// Writes a file beside its place and puts it there in one step, in the place of an older one.
  public static func write(_ bytes: [UInt8], to path: String) throws(ArchiveError) {
    try OutputGuard.check(path)
    let temporary = "\(path).kfaudit-tmp-\(FileSystem.process)"
    do {
      let file = try ArchiveError.reporting(
        ArchiveError.cannotCreate, at: path, try OpenFile.creating(temporary))
      try ArchiveError.reporting(
        { .cannotWrite(path: $0, bytes: bytes.count, fault: $1) }, at: path,
        try file.write(bytes.span))
      try ArchiveError.reporting(
        ArchiveError.cannotSynchronise, at: path, try file.synchronise())
      try ArchiveError.reporting(
        ArchiveError.cannotCreate, at: path, try FileSystem.rename(temporary, to: path))
    } catch {
      do {
        try FileSystem.remove(temporary)
      } catch {
        // What is left of it is of no use, and that it cannot be removed says less than why it was not finished.
      }
      throw error
    }
  }
}
