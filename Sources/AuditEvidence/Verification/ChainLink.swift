private import AuditModel
private import FoundationEssentials

/// A pack as a link of its archive's chain.
public struct ChainLink: Sendable, Equatable {
  private struct Manifest: Decodable {
    var previous: ManifestDocument.Previous?
    var window: WindowDocument
  }

  /// Its folder's name within the archive.
  public var name: String
  /// The digest of its manifest.json.
  public var manifest: Digest
  /// The pack that it names as the one before; `nil` when it names none.
  public var previous: ManifestDocument.Previous?
  /// The first instant of its window, RFC 3339 UTC.
  public var from: String

  /// Reads the manifest of a pack.
  ///
  /// - Throws: a `DecodingError` when the bytes are no manifest.
  public init(name: String, manifest bytes: [UInt8]) throws {
    let document = try JSONDecoder().decode(Manifest.self, from: Data(bytes))
    self.name = name
    manifest = Digest.of(bytes)
    previous = document.previous
    from = document.window.from
  }
}
