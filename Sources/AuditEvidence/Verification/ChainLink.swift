public import AuditModel

/// A pack as a link of its archive's chain.
public struct ChainLink: Sendable, Equatable {
  private struct Manifest: Decodable {
    var previous: ManifestDocument.Previous?
    var chainRestart: ManifestDocument.ChainRestart?
    var window: WindowDocument
    var asOf: String
  }

  /// Its folder's name within the archive.
  public var name: String
  /// The digest of its manifest.json.
  public var manifest: Digest
  /// The pack that it names as the one before; `nil` when it names none.
  public var previous: ManifestDocument.Previous?
  /// The record that it begins a new chain; `nil` where it should follow another pack.
  public var restart: ManifestDocument.ChainRestart?
  /// The first instant of its window, RFC 3339 UTC.
  public var from: String
  /// Its as-of instant, RFC 3339 UTC.
  public var asOf: String

  /// Reads the manifest of a pack.
  ///
  /// - Throws: why the bytes are not a manifest.
  public init(name: String, manifest bytes: [UInt8]) throws(JSONDocumentError) {
    let document = try JSONDocument.read(Manifest.self, from: bytes)
    self.name = name
    manifest = Digest.of(bytes)
    previous = document.previous
    restart = document.previous == nil ? document.chainRestart : nil
    from = document.window.from
    asOf = document.asOf
  }

  /// Whether it comes before another one where the chain does not say it: by as-of instant, then by name.
  ///
  /// The times of files say nothing: a copy has those of the copying.
  func precedes(_ other: ChainLink) -> Bool {
    asOf.utf8.elementsEqual(other.asOf.utf8)
      ? name.utf8.lexicographicallyPrecedes(other.name.utf8)
      : asOf.utf8.lexicographicallyPrecedes(other.asOf.utf8)
  }
}
