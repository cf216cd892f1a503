/// The order in which items are drawn, which anyone can compute again.
///
/// An item's rank is SHA-256 of the ASCII text `<seed>:<reference id>`, the seed as 64 lower-case hexadecimal digits
/// and the id in decimal. Items are drawn by ascending rank, compared as 32 bytes: to whoever cannot choose the seed,
/// that is a random order, and it needs no generator that another language would have to rebuild.
public struct SampleOrder: Sendable {
  /// What the ranks are drawn from.
  public let seed: Digest

  /// Draws by a seed.
  public init(seed: Digest) {
    self.seed = seed
  }

  /// The rank of an item.
  public func rank(of referenceID: Int64) -> Digest {
    Digest.of(Array("\(seed):\(referenceID)".utf8))
  }
}
