/// A finished file of a pack.
package struct Artifact: Sendable, Equatable {
  /// Where it lies inside the pack, `tables/users.csv`.
  package var path: String
  /// Its media type.
  package var mediaType: String
  /// Its content.
  package var bytes: [UInt8]

  /// Makes an artifact.
  package init(path: String, mediaType: String, bytes: [UInt8]) {
    self.path = path
    self.mediaType = mediaType
    self.bytes = bytes
  }
}
