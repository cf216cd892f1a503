import AuditEvidence
import AuditFiles

/// The raw pages of a pack, or some of them.
struct PackPages: StoredPages {
  private let pack: PublishedPack
  private let paths: [String]

  /// Finds pages by their paths within the pack; without paths it is all of them, by name.
  init(_ pack: PublishedPack, _ paths: [String]?) throws {
    self.pack = pack
    guard let paths else {
      self.paths = try pack.files.pageNames().map { "\(PageFolder.inPack)/\($0)" }
      return
    }
    for path in paths { try pack.checkIsPage(path) }
    self.paths = paths
  }

  var count: Int { paths.count }

  func name(at index: Int) -> String { String(paths[index].dropFirst(PageFolder.inPack.count + 1)) }

  func body(at index: Int) throws -> [UInt8] { try pack.page(paths[index]) }
}
