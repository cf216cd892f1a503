/// A file of a pack, as manifest.json and SHA256SUMS list it.
public struct FileRecord: Sendable, Hashable {
  /// The path within the pack, with `/`.
  public var path: String
  /// The size in bytes.
  public var bytes: Int
  /// The digest of the content.
  public var digest: Digest
  /// The media type.
  public var mediaType: String

  /// Makes a record.
  public init(path: String, bytes: Int, digest: Digest, mediaType: String) {
    self.path = path
    self.bytes = bytes
    self.digest = digest
    self.mediaType = mediaType
  }

  /// Whether its path sorts before another's, byte by byte.
  public func precedes(_ other: FileRecord) -> Bool {
    path.utf8.lexicographicallyPrecedes(other.path.utf8)
  }
}
