/// A finished file of a pack.
public struct Artifact: Sendable, Equatable {
  /// Where it lies inside the pack, `tables/users.csv`.
  public var path: String
  /// Its media type.
  public var mediaType: String
  /// Its content.
  public var bytes: [UInt8]

  /// Makes an artifact.
  public init(path: String, mediaType: String, bytes: [UInt8]) {
    self.path = path
    self.mediaType = mediaType
    self.bytes = bytes
  }
}
