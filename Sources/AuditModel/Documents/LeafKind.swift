/// What the leaves of the Merkle tree over a pack's rows are made of.
public enum LeafKind: String, Codable, Sendable {
  /// The rows as the server sent them: the bytes of each object in its page, braces included.
  case received
  /// The lines of instances.ndjson, without their newlines.
  case normalised
}
