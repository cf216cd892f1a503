import Foundation
import SafeGzip
import Testing

@Suite("Gzip")
struct GzipTests {
  private static func text(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 % 251 &* ($0 / 977)) }
  }

  private static func compressed(_ bytes: [UInt8]) throws -> [UInt8] {
    var compressor = try GzipCompressor()
    return compressor.compress(bytes)
  }

  private static func decompressed(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
    var decompressor = try GzipDecompressor()
    return try decompressor.decompress(bytes, limit: limit)
  }

  @Test("What was compressed comes back", arguments: [0, 1, 63, 64, 65, 1000, 300_000])
  func roundTrip(count: Int) throws {
    let bytes = Self.text(count)
    #expect(try Self.decompressed(Self.compressed(bytes)) == bytes)
  }

  @Test("Random bytes, which do not shrink, come back as well")
  func incompressible() throws {
    var state: UInt64 = 7
    let bytes = (0..<100_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    #expect(try Self.decompressed(Self.compressed(bytes)) == bytes)
  }

  @Test("A compressor gives the same bytes for the same page, whatever it did before")
  func deterministic() throws {
    var used = try GzipCompressor()
    _ = used.compress(Self.text(100_000))
    let again = used.compress(Self.text(5000))
    #expect(try again == Self.compressed(Self.text(5000)))
  }

  @Test("The header carries no time and no name")
  func header() throws {
    let header = try Self.compressed(Self.text(100)).prefix(8)
    #expect(Array(header) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
  }

  @Test("Several members are joined")
  func members() throws {
    let parts = [Self.text(5000), [], Self.text(3), Self.text(70_000)]
    let bytes = try parts.flatMap { try Self.compressed($0) }
    #expect(try Self.decompressed(bytes) == parts.flatMap { $0 })
  }

  @Test("Content of exactly the limit passes, and one byte more does not")
  func limit() throws {
    let bytes = try Self.compressed([UInt8](repeating: 0, count: 100_000))
    #expect(try Self.decompressed(bytes, limit: 100_000).count == 100_000)
    #expect(throws: GzipError.overLimit(99_999)) { try Self.decompressed(bytes, limit: 99_999) }
  }

  @Test("The limit is on all members together")
  func limitOfMembers() throws {
    let member = try Self.compressed([UInt8](repeating: 0, count: 1000))
    #expect(throws: GzipError.overLimit(1999)) {
      try Self.decompressed(member + member, limit: 1999)
    }
  }

  @Test("A size that the last four bytes understate or overstate does no harm")
  func lyingSize() throws {
    let long = try Self.compressed([UInt8](repeating: 7, count: 50_000))
    let short = try Self.compressed([1])
    #expect(try Self.decompressed(long + short).count == 50_001)
    #expect(throws: GzipError.notGzip(offset: 0)) {
      try Self.decompressed(long.dropLast(4) + [255, 255, 255, 255])
    }
  }

  @Test("Every cut and every flipped byte of a member is noticed or harmless")
  func damage() throws {
    let bytes = Self.text(400)
    let sound = try Self.compressed(bytes)
    for length in sound.indices {
      #expect(throws: GzipError.self) { try Self.decompressed(Array(sound.prefix(length))) }
    }
    for index in sound.indices {
      var flipped = sound
      flipped[index] ^= 1
      // Flags, time and system in the header are not covered by the checksum: the content still is.
      if let content = try? Self.decompressed(flipped) { #expect(content == bytes) }
    }
  }

  @Test("Nothing, plain text and trailing bytes are not gzip, and the message says where")
  func notGzip() throws {
    let sound = try Self.compressed([1, 2, 3])
    #expect(throws: GzipError.notGzip(offset: 0)) { try Self.decompressed([]) }
    #expect(throws: GzipError.notGzip(offset: 0)) { try Self.decompressed(Array("[]".utf8)) }
    let error = #expect(throws: GzipError.notGzip(offset: sound.count)) {
      try Self.decompressed(sound + [0])
    }
    #expect(error?.description.contains("offset \(sound.count)") == true)
  }
}
