/// A single file that a command makes where the user wants it.
package enum ResultFile {
  /// Writes a file beside its place and puts it there in one step, in the place of an older one.
  package static func write(_ bytes: [UInt8], to path: String) throws(ArchiveError) {
    try OutputGuard.check(path)
    let temporary = "\(path).kfaudit-tmp-\(FileSystem.process)"
    do {
      let file = try OpenFile.creating(temporary, shownAs: path)
      try file.write(bytes.span)
      try file.synchronise()
      try FileSystem.rename(temporary, to: path)
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
