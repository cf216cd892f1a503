/// That a leaf stands at an index of a Merkle tree: the hashes of the subtrees beside its way to the root.
///
/// The path is the audit path of RFC 6962, section 2.1.1; it is checked as in RFC 9162, section 2.1.3.2.
public struct MerkleProof: Sendable, Equatable {
  /// The leaf's index, from 0.
  public var index: Int
  /// How many leaves the tree has.
  public var size: Int
  /// The hashes beside the way, from the leaf to the root.
  public var path: [Digest]

  /// Takes over a proof.
  public init(index: Int, size: Int, path: [Digest]) {
    self.index = index
    self.size = size
    self.path = path
  }

  /// Makes the proof of a leaf; `index` is one of `leaves`, which are leaf hashes.
  public init(of index: Int, in leaves: [Digest]) {
    self.init(index: index, size: leaves.count, path: Self.path(to: index, in: leaves[...]))
  }

  /// The root that follows from a leaf's hash; `nil` when no tree of this size has such a path.
  public func root(ofLeaf leaf: Digest) -> Digest? {
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
    let split = leaves.startIndex + Self.split(leaves.count)
    return index < split
      ? path(to: index, in: leaves[..<split]) + [root(of: leaves[split...])]
      : path(to: index, in: leaves[split...]) + [root(of: leaves[..<split])]
  }

  /// The largest power of two that is less than a count.
  private static func split(_ count: Int) -> Int {
    1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }

  private static func root(of leaves: ArraySlice<Digest>) -> Digest {
    var tree = MerkleTree()
    for leaf in leaves { tree.append(leafHash: leaf) }
    return tree.root
  }
}
