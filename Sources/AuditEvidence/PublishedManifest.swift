public import AuditModel

/// What a later run reads from the manifest of a published pack.
public struct PublishedManifest: Decodable, Sendable, Equatable {
  /// The root over the rows, lower-case hexadecimal.
  public var merkleRoot: String
  /// The digest of the options that were asked for, lower-case hexadecimal.
  public var optionsSha256: String
  /// Who signs it; a pack that is to be signed is not the same as one that is not.
  public var signer: SignerDocument?
  /// Whether it begins a new chain.
  private var chainRestart: ManifestDocument.ChainRestart?

  /// Reads manifest.json.
  ///
  /// - Throws: why the bytes are not a manifest.
  public init(decoding bytes: [UInt8]) throws(JSONDocumentError) {
    self = try JSONDocument.read(PublishedManifest.self, from: bytes)
  }

  /// Whether a published pack makes one with this manifest superfluous: it has the same rows, options and signer, and
  /// begins a new chain where this one does.
  public func isCovered(by published: PublishedManifest) -> Bool {
    merkleRoot == published.merkleRoot && optionsSha256 == published.optionsSha256
      && signer == published.signer && (chainRestart == nil || published.chainRestart != nil)
  }
}
