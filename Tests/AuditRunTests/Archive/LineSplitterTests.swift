import Testing

@testable import AuditFiles

@Suite("Lines from pieces")
struct LineSplitterTests {
  /// Bytes that count how often one of them is read.
  private struct CountedBytes: Collection {
    final class Counter {
      var reads = 0
    }

    let bytes: [UInt8]
    let counter: Counter
    var startIndex: Int { bytes.startIndex }
    var endIndex: Int { bytes.endIndex }

    func index(after index: Int) -> Int { index + 1 }

    subscript(index: Int) -> UInt8 {
      counter.reads += 1
      return bytes[index]
    }
  }

  private func lines(of text: String, cutEvery length: Int, limit: Int = 100) throws -> [String] {
    var splitter = LineSplitter(limit: limit)
    var lines: [String] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: length) {
      try splitter.add(bytes[start..<min(start + length, bytes.count)]) {
        lines.append(String(decoding: $0, as: UTF8.self))
      }
    }
    try splitter.finish { lines.append(String(decoding: $0, as: UTF8.self)) }
    return lines
  }

  @Test("Lines are the same wherever the pieces end", arguments: 1...9)
  func cuts(length: Int) throws {
    #expect(
      try lines(of: "one\ntwo\n\n\nthree\nfour", cutEvery: length) == [
        "one", "two", "three", "four",
      ])
    #expect(try lines(of: "one\n", cutEvery: length) == ["one"])
    #expect(try lines(of: "", cutEvery: length).isEmpty)
  }

  @Test("A line that goes on beyond the limit is not gathered")
  func limit() throws {
    #expect(try lines(of: "12345678\n", cutEvery: 4, limit: 8) == ["12345678"])
    #expect(throws: LineSplitter.LongLine.self) {
      try lines(of: "123456789\n", cutEvery: 3, limit: 8)
    }
  }

  @Test("Of a line in many pieces each byte is looked for a newline once and taken over once")
  func work() throws {
    let counter = CountedBytes.Counter()
    let (pieces, length) = (200, 64)
    var splitter = LineSplitter(limit: pieces * length)
    var found = 0
    for _ in 0..<pieces {
      let piece = [UInt8](repeating: UInt8(ascii: "x"), count: length)
      try splitter.add(CountedBytes(bytes: piece, counter: counter)) { _ in found += 1 }
    }
    #expect(found == 0)
    #expect(counter.reads <= 2 * pieces * length)
    try splitter.finish { found = $0.count }
    #expect(found == pieces * length)
  }
}
