import AuditEvidence

/// The raw pages of a pack, or some of them.
struct PackPages: StoredPages {
  /// Where they lie within the pack.
  static let folder = "evidence/pages"

  private let folder: PageFolder?
  private let names: [String]

  /// Finds pages by their paths within the pack; without paths it is all of them, by name.
  init(_ pack: PublishedPack, _ paths: [String]?) throws {
    if let paths, paths.isEmpty {
      folder = nil
      names = []
      return
    }
    let folder = try PageFolder(at: "\(pack.path)/\(Self.folder)")
    self.folder = folder
    names =
      try paths.map { paths in
        try paths.map { path in
          let name = String(path.split(separator: "/").last ?? "")
          guard path == "\(Self.folder)/\(name)", pack.lists(path) else {
            throw PackError.unreadable(
              path: OptionsDocument.path, reason: "it names the page \(path), which is none.")
          }
          return name
        }
      } ?? folder.names
  }

  var count: Int { names.count }

  func name(at index: Int) -> String { names[index] }

  func body(at index: Int) throws -> [UInt8] {
    try folder?.body(of: names[index]) ?? []
  }
}
