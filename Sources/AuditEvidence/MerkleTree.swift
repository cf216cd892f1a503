/// The Merkle tree hash of RFC 6962, section 2.1, over leaves that come one by one.
///
/// It keeps the roots of the complete subtrees only, one for each bit of the count, so that a million rows cost
/// twenty digests. Leaves and nodes have different prefixes (0x00, 0x01): no row can pass for a subtree.
public struct MerkleTree: Sendable {
  /// How many leaves there are.
  public private(set) var count = 0
  /// The roots of the complete subtrees, the largest and leftmost first.
  private var subtrees: [Digest] = []

  /// Starts without leaves.
  public init() {}

  /// The hash of a leaf, which workers may compute on their own.
  public static func leafHash(of bytes: borrowing Span<UInt8>) -> Digest {
    var digester = Digester(prefix: 0x00)
    digester.update(bytes)
    return digester.digest
  }

  /// Adds a leaf: the line of a row, without its newline.
  public mutating func append(_ bytes: [UInt8]) {
    append(leafHash: Self.leafHash(of: bytes.span))
  }

  /// Adds a leaf: the line of a row, without its newline.
  public mutating func append(_ bytes: borrowing Span<UInt8>) {
    append(leafHash: Self.leafHash(of: bytes))
  }

  /// Adds a leaf whose hash is known.
  public mutating func append(leafHash: Digest) {
    var node = leafHash
    // Each trailing one bit of the count is a complete subtree that the new leaf makes a pair of.
    for _ in 0..<(~count).trailingZeroBitCount {
      node = Self.node(subtrees.removeLast(), node)
    }
    subtrees.append(node)
    count += 1
  }

  /// The root; without leaves the SHA-256 of nothing.
  public var root: Digest {
    guard var root = subtrees.last else { return Digest.of([]) }
    for left in subtrees.dropLast().reversed() { root = Self.node(left, root) }
    return root
  }

  /// The hash of a node over two.
  static func node(_ left: Digest, _ right: Digest) -> Digest { Digest.of(0x01, left, right) }
}
