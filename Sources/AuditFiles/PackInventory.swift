package import AuditModel

/// Everything that lies in a pack's folder; nothing is opened, and no symbolic link followed.
package struct PackInventory {
  /// The sizes of plain files, in bytes, by path, compared byte for byte.
  package internal(set) var files: [Name: Int] = [:]
  /// The folders; of an archive, those that it lists.
  package internal(set) var folders: [String] = []
  /// What is neither.
  package private(set) var others: [String] = []
  /// What an operating system added to an archive, which is not looked at.
  package internal(set) var passedOver: [String] = []

  /// Knows of nothing yet.
  init() {}

  /// Lists a folder.
  package init(of pack: String) throws(ArchiveError) {
    try list("", in: pack)
  }

  private mutating func list(_ folder: String, in pack: String) throws(ArchiveError) {
    let location = "\(pack)/\(folder)"
    let names = try FileSystem.names(in: location)
    for name in names {
      let path = folder + name
      let status = try FileSystem.status(of: "\(pack)/\(path)")
      switch status?.kind {
      case .file: files[Name(path)] = status?.size ?? 0
      case .directory:
        folders.append(path)
        try list(path + "/", in: pack)
      // A name that is not UTF-8 is not found under what was made of it.
      case .symbolicLink, .other, nil: others.append(path)
      }
    }
  }
}
