import SafeZip
import TestSupport
import Testing

@Suite("Zip archives that are written")
struct ZipWriterTests {
  private static let files: [(path: String, content: [UInt8], isStored: Bool)] = [
    ("p/a.txt", Array("a text that is deflated, deflated, deflated\n".utf8), false),
    ("p/empty", [], false),
    ("p/large", (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }, false),
    ("p/pages/ä.gz", Array(repeating: 7, count: 300_000), true),
  ]

  private static func written() throws -> [UInt8] {
    let target = MemoryZip()
    var writer = try ZipWriter(to: target)
    for file in files {
      try writer.add(file.path, MemoryZip(file.content), isStored: file.isStored)
    }
    try writer.finish()
    return target.bytes
  }

  @Test("What was written is read: whole, in pieces, and from the middle")
  func roundTrip() throws {
    var reader = try ZipReader(MemoryZip(Self.written()))
    let entries = reader.entries
    #expect(entries.map(\.path) == Self.files.map(\.path))
    for (entry, file) in zip(entries, Self.files) {
      #expect(entry.size == file.content.count)
      #expect((entry.compressedSize == entry.size) == (file.isStored || file.content.isEmpty))
      let content = try reader.content(of: entry)
      #expect(content == file.content)
    }
    for offset in [500_000, 3, 699_999] {
      let bytes = try reader.read(1, of: entries[2], at: offset)
      #expect(bytes == [Self.files[2].content[offset]])
    }
  }

  @Test("The same files give the same bytes")
  func deterministic() throws {
    #expect(try Self.written() == Self.written())
  }

  /// Something that cannot be read or written.
  private final class Broken: ZipContent, ZipTarget {
    struct Failure: Error {}
    let size = 10
    func read(_ count: Int, at offset: Int) throws -> [UInt8] { throw Failure() }
    func write(_ bytes: [UInt8], at offset: Int) throws { throw Failure() }
    func close() {}
  }

  @Test("Why a file cannot be read, or the archive not be written, comes out as it was")
  func failures() throws {
    #expect(throws: Broken.Failure.self) { _ = try ZipReader(Broken()) }
    var unreadable = try ZipWriter(to: MemoryZip())
    try unreadable.add("a", Broken(), isStored: true)
    #expect(throws: Broken.Failure.self) { try unreadable.finish() }
    var unwritable = try ZipWriter(to: Broken())
    try unwritable.add("a", MemoryZip([1]), isStored: true)
    #expect(throws: Broken.Failure.self) { try unwritable.finish() }
  }
}
