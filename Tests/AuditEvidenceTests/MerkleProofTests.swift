import AuditEvidence
import Testing

@Suite("Merkle inclusion proofs")
struct MerkleProofTests {
  private static let leaves = (0..<70).map { MerkleTree.leafHash(of: Array("row \($0)".utf8).span) }

  private static func root(_ size: Int) -> Digest {
    var tree = MerkleTree()
    for leaf in leaves.prefix(size) { tree.append(leafHash: leaf) }
    return tree.root
  }

  @Test("Every leaf of every size to 70 leads to the root, and no other leaf does")
  func every() {
    for size in 1...Self.leaves.count {
      let root = Self.root(size)
      for index in 0..<size {
        let proof = MerkleProof(of: index, in: Array(Self.leaves.prefix(size)))
        #expect(proof.root(ofLeaf: Self.leaves[index]) == root)
        #expect(proof.root(ofLeaf: Self.leaves[(index + 1) % Self.leaves.count]) != root)
      }
    }
  }

  @Test("A proof that was changed in any part leads elsewhere or nowhere")
  func changed() {
    let sound = MerkleProof(of: 11, in: Array(Self.leaves.prefix(37)))
    let root = Self.root(37)
    var index = sound
    index.index = 12
    var size = sound
    size.size = 12
    var short = sound
    short.path.removeLast()
    var long = sound
    long.path.append(.zero)
    var outside = sound
    outside.index = 37
    var flipped = sound
    flipped.path[2] = .zero
    for proof in [index, size, short, long, outside, flipped] {
      #expect(proof.root(ofLeaf: Self.leaves[11]) != root)
    }
  }
}
