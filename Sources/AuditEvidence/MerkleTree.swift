/// The Merkle tree hash of RFC 6962, section 2.1, over leaves that come one by one.
///
/// It keeps the roots of the complete subtrees only, one for each bit of the count, so that a million rows cost
/// twenty digests. Leaves and nodes have different prefixes (0x00, 0x01): no row can pass for a subtree.
package struct MerkleTree: Sendable {
  /// How many leaves there are.
  package private(set) var count = 0
  /// The roots of the complete subtrees, the largest and leftmost first.
  private var subtrees: [Digest] = []

  /// Starts without leaves.
  package init() {}

  /// The hash of a leaf, which workers may compute on their own.
  package static func leafHash(of bytes: borrowing Span<UInt8>) -> Digest {
    var digester = Digester(prefix: 0x00)
    digester.update(bytes)
    return digester.digest
  }

  /// The hashes of leaves that are parts of some bytes.
  package static func leafHashes(
    of parts: [Range<Int>], in bytes: borrowing Span<UInt8>
  ) -> [Digest] {
    Digest.of(parts, in: bytes, behind: 0x00)
  }

  /// Adds a leaf: the bytes that stand for a row.
  package mutating func append(_ bytes: [UInt8]) {
    append(leafHash: Self.leafHash(of: bytes.span))
  }

  /// Adds a leaf whose hash is known.
  package mutating func append(leafHash: Digest) { append(subtree: leafHash, of: 1) }

  /// Adds leaves whose hashes are known.
  package mutating func append(leafHashes: [Digest]) {
    var rest = leafHashes[...]
    while !rest.isEmpty {
      // A complete subtree begins where the count is a multiple of its size.
      let fitting = count == 0 ? rest.count : 1 << count.trailingZeroBitCount
      let size = min(fitting, rest.count).highestBit
      var level = Array(rest.prefix(size))
      while level.count > 1 { level = Self.nodes(over: level) }
      append(subtree: level[0], of: size)
      rest = rest.dropFirst(size)
    }
  }

  private mutating func append(subtree: Digest, of size: Int) {
    var node = subtree
    // Each trailing one bit of the count of such subtrees is one that the new one makes a pair of.
    for _ in 0..<(~(count / size)).trailingZeroBitCount {
      node = Self.node(subtrees.removeLast(), node)
    }
    subtrees.append(node)
    count += size
  }

  /// The root; without leaves the SHA-256 of nothing.
  package var root: Digest {
    guard var root = subtrees.last else { return Digest.of([]) }
    for left in subtrees.dropLast().reversed() { root = Self.node(left, root) }
    return root
  }

  /// The hash of a node over two.
  static func node(_ left: Digest, _ right: Digest) -> Digest { nodes(over: [left, right])[0] }

  /// The hashes of the nodes over each two of an even number.
  private static func nodes(over level: [Digest]) -> [Digest] {
    let bytes = Digest.bytes(of: level)
    let pairs = stride(from: 0, to: bytes.count, by: 64).map { $0..<$0 + 64 }
    return Digest.of(pairs, in: bytes.span, behind: 0x01)
  }
}

extension Int {
  /// The largest power of two that is not greater.
  fileprivate var highestBit: Int { 1 << (Int.bitWidth - 1 - leadingZeroBitCount) }
}

/// That a leaf is at an index of a Merkle tree: the hashes of the subtrees beside its way to the root.
///
/// The path is the audit path of RFC 6962, section 2.1.1; it is checked as in RFC 9162, section 2.1.3.2.
package struct MerkleProof: Sendable, Equatable {
  /// The leaf's index, from 0.
  package var index: Int
  /// How many leaves the tree has.
  package var size: Int
  /// The hashes beside the way, from the leaf to the root.
  package var path: [Digest]

  /// Takes over a proof.
  package init(index: Int, size: Int, path: [Digest]) {
    self.index = index
    self.size = size
    self.path = path
  }

  /// Makes the proof of a leaf; `index` is one of `leaves`, which are leaf hashes.
  package init(of index: Int, in leaves: [Digest]) {
    self.init(index: index, size: leaves.count, path: Self.path(to: index, in: leaves[...]))
  }

  /// The root that follows from a leaf's hash; `nil` when no tree of this size has such a path.
  package func root(ofLeaf leaf: Digest) -> Digest? {
    guard 0..<size ~= index else { return nil }
    var (position, last) = (index, size - 1)
    var root = leaf
    for hash in path {
      guard last > 0 else { return nil }
      if position & 1 == 1 || position == last {
        root = MerkleTree.node(hash, root)
        while position & 1 == 0, position > 0 {
          position >>= 1
          last >>= 1
        }
      } else {
        root = MerkleTree.node(root, hash)
      }
      position >>= 1
      last >>= 1
    }
    return last == 0 ? root : nil
  }

  private static func path(to index: Int, in leaves: ArraySlice<Digest>) -> [Digest] {
    guard leaves.count > 1 else { return [] }
    // The largest power of two that is less than the count.
    let split = leaves.startIndex + (leaves.count - 1).highestBit
    return index < split
      ? path(to: index, in: leaves[..<split]) + [root(of: leaves[split...])]
      : path(to: index, in: leaves[split...]) + [root(of: leaves[..<split])]
  }

  private static func root(of leaves: ArraySlice<Digest>) -> Digest {
    var tree = MerkleTree()
    tree.append(leafHashes: Array(leaves))
    return tree.root
  }
}
