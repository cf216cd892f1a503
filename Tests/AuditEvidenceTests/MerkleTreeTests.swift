import AuditEvidence
import TestSupport
import Testing

@Suite("Merkle tree")
struct MerkleTreeTests {
  /// The leaves of the test vectors of Certificate Transparency's reference implementation
  /// (`merkletree/merkle_tree_test.cc`).
  private static let leaves: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
    [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    [
      0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e,
      0x6f,
    ],
  ]

  /// The roots over the first one, two, … eight of them, from the same place.
  private static let roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test("The roots of Certificate Transparency's test vectors")
  func known() {
    var tree = MerkleTree()
    for (leaf, root) in zip(Self.leaves, Self.roots) {
      tree.append(leaf)
      #expect(tree.root.hexadecimal == root)
    }
    #expect(tree.count == 8)
  }

  @Test("The root of the empty tree is the SHA-256 of nothing")
  func empty() {
    #expect(
      MerkleTree().root.hexadecimal
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test("Streaming gives what the recursive definition of RFC 6962 gives, for every size to 130")
  func definition() {
    var tree = MerkleTree()
    var leaves: [[UInt8]] = []
    for number in 0..<130 {
      leaves.append(Array("row \(number)".utf8))
      tree.append(leaves[number])
      #expect(tree.root == Self.root(of: leaves[...]))
    }
  }

  @Test(
    "Leaves that come many at a time make the same tree, however they are divided",
    arguments: 0..<20)
  func many(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<200).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    let parts = (0..<Int.random(in: 0...700, using: &random)).map { number in
      number % 100..<Int.random(in: number % 100...200, using: &random)
    }
    let hashes = MerkleTree.leafHashes(of: parts, in: bytes.span)
    #expect(hashes == parts.map { MerkleTree.leafHash(of: bytes.span.extracting($0)) })
    var (single, grouped) = (MerkleTree(), MerkleTree())
    var rest = hashes[...]
    while !rest.isEmpty {
      let group = rest.prefix(Int.random(in: 1...150, using: &random))
      for hash in group { single.append(leafHash: hash) }
      grouped.append(leafHashes: Array(group))
      rest = rest.dropFirst(group.count)
      #expect(grouped.root == single.root)
      #expect(grouped.count == single.count)
    }
  }

  @Test("A leaf hashed elsewhere counts like the leaf")
  func leafHash() {
    var whole = MerkleTree()
    var hashed = MerkleTree()
    for leaf in Self.leaves {
      whole.append(leaf)
      hashed.append(leafHash: MerkleTree.leafHash(of: leaf.span))
    }
    #expect(whole.root == hashed.root)
  }

  /// RFC 6962, section 2.1, word for word.
  private static func root(of leaves: ArraySlice<[UInt8]>) -> Digest {
    guard let first = leaves.first else { return Digest.of([]) }
    if leaves.count == 1 { return Digest.of([0] + first) }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let left = root(of: leaves.prefix(split))
    let right = root(of: leaves.dropFirst(split))
    return Digest.of([1] + left.bytes + right.bytes)
  }
}
