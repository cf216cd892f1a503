import AuditEvidence
import Testing

@Suite("Digest")
struct DigestTests {
  @Test(
    "The digests of FIPS 180-2's examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func known(text: String, expected: String) {
    #expect(Digest.of(Array(text.utf8)).hexadecimal == expected)
  }

  @Test("Pieces give the digest of the whole, wherever the cuts are")
  func pieces() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    for cut in [0, 1, 63, 64, 65, 128, 299, 300] {
      var digester = Digester()
      digester.update(Array(bytes[..<cut]))
      digester.update(Array(bytes[cut...]))
      #expect(digester.digest == Digest.of(bytes))
    }
  }

  @Test("A copy of a digester goes its own way")
  func copy() {
    var first = Digester()
    first.update([1])
    var second = first
    second.update([2])
    #expect(first.digest == Digest.of([1]))
    #expect(second.digest == Digest.of([1, 2]))
  }

  @Test("Hexadecimal is read back exactly, and nothing else is read")
  func hexadecimal() {
    let digest = Digest.of(Array("abc".utf8))
    #expect(Digest(hexadecimal: digest.hexadecimal) == digest)
    #expect(digest.bytes.count == 32 && digest.bytes.first == 0xba)
    #expect(Digest(hexadecimal: digest.hexadecimal.uppercased()) == nil)
    #expect(Digest(hexadecimal: String(digest.hexadecimal.dropLast())) == nil)
    #expect(Digest(hexadecimal: digest.hexadecimal + "0") == nil)
    #expect(Digest.zero.hexadecimal == String(repeating: "0", count: 64))
  }
}
