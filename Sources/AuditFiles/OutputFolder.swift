import AuditEvidence
import AuditModel

/// A folder outside any archive that finished files are put into.
package struct OutputFolder {
  private let path: String
  /// Where the files lie while they are written.
  private var temporary: String { "\(path)/.kfaudit-tmp-\(FileSystem.process)" }

  /// Opens a folder, which is made when it is missing, but not within a pack.
  package init(at path: String) throws(ArchiveError) {
    self.path = path
    try OutputGuard.check(path)
    try FileSystem.makeDirectories(path)
  }

  /// Begins to write.
  package func begin() throws(ArchiveError) -> PackBuilder {
    try FileSystem.makeDirectory(temporary)
    return PackBuilder(at: temporary)
  }

  /// Gives finished files their places; a file of the same name is replaced in one step.
  package func take(_ files: PackBuilder) throws(ArchiveError) {
    try files.complete()
    for file in files.files.map(\.path) {
      let target = "\(path)/\(file)"
      if let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) {
        let folder = "\(path)/\(file[..<slash])"
        try FileSystem.makeDirectories(folder)
      }
      try FileSystem.rename("\(temporary)/\(file)", to: target)
    }
  }
}
