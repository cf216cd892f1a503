import AuditEvidence
import AuditModel
import FoundationEssentials

/// A pack that somebody has published, as it lies on the disk; nothing in it is trusted.
struct PublishedPack: Sendable {
  /// Its folder, without symbolic links.
  let path: String
  /// The digest of its manifest.json.
  let manifestDigest: Digest
  /// What its manifest.json says.
  let manifest: ManifestDocument
  /// The sizes of the files that the manifest lists, in bytes, by path.
  private let sizes: [Name: Int]

  /// The folder's name.
  var name: String { path.parts(at: "/").last ?? "" }

  /// Opens a pack; `archive/latest` may lead to it.
  init(at path: String) throws {
    self.path = try Self.folder(path)
    guard try FileSystem.status(of: "\(self.path)/manifest.json") != nil else {
      throw PackError.notAPack(path: path)
    }
    let bytes = try StoredFile.read("\(self.path)/manifest.json")
    manifestDigest = Digest.of(bytes)
    manifest = try Self.decode(ManifestDocument.self, bytes, "\(self.path)/manifest.json")
    sizes = Dictionary(manifest.files.map { (Name($0.path), $0.bytes) }) { first, _ in first }
  }

  /// The folder that a path leads to.
  static func folder(_ path: String) throws -> String {
    let real: String
    do {
      real = try FileSystem.realPath(of: path)
    } catch {
      throw PackError.missing(path: path, fault: error)
    }
    guard try FileSystem.status(of: real)?.kind == .directory else {
      throw PackError.notAPack(path: path)
    }
    return real
  }

  /// The bytes of a plain file of the pack.
  func read(_ path: String) throws(ArchiveError) -> [UInt8] {
    try StoredFile.read("\(self.path)/\(path)")
  }

  /// Whether the manifest lists a file.
  func lists(_ path: String) -> Bool { sizes[Name(path)] != nil }

  /// The size of a file that the manifest lists, in bytes.
  func size(of path: String) -> Int? { sizes[Name(path)] }

  /// The body of a raw page, decompressed where it is compressed.
  ///
  /// - Throws: A ``PackError`` for a path that is no page's, whoever names it.
  func page(_ path: String) throws -> [UInt8] {
    try checkIsPage(path)
    return try PageFolder.body(at: "\(self.path)/\(path)", stored: read(path))
  }

  /// Sees to it that a path names a page that the manifest lists.
  func checkIsPage(_ path: String) throws(PackError) {
    let name = path.parts(at: "/").last ?? ""
    guard path.isSame(as: "\(PackPages.folder)/\(name)"), lists(path) else {
      throw .unreadable(
        path: self.path, reason: "the page \(path) is named, which is none.")
    }
  }

  /// A document of the pack.
  func document<Document: Decodable>(_ type: Document.Type, at path: String) throws -> Document {
    try Self.decode(type, read(path), "\(self.path)/\(path)")
  }

  private static func decode<Document: Decodable>(
    _ type: Document.Type, _ bytes: [UInt8], _ path: String
  ) throws(PackError) -> Document {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw .unreadable(path: path, reason: (error as? DecodingError)?.words ?? "\(error)")
    }
  }
}
