import TestSupport
import Testing

@testable import AuditModel

@Suite("JSON documents that somebody else wrote")
struct JSONDocumentTests {
  private struct Size: CountedDocument, Equatable {
    var bytes: Int

    var boundedCounts: [(member: String, count: Int)] { [("bytes", bytes)] }
  }

  private func fault(_ text: String) -> String? {
    do {
      _ = try JSONDocument.read(counted: Size.self, from: Array(text.utf8))
      return nil
    } catch {
      return error.description
    }
  }

  @Test("A size or count is read where it can be one")
  func sizes() {
    #expect(fault(#"{"bytes":0}"#) == nil)
    #expect(fault(#"{"bytes":281474976710656}"#) == nil)
    #expect(fault(#"{"bytes":-1}"#) == "bytes cannot be -1.")
    #expect(fault(#"{"bytes":281474976710657}"#) == "bytes cannot be 281474976710657.")
    for number in ["9223372036854775807", "9223372036854775808", "1e300", "0.5", "-0.1"] {
      #expect(fault(#"{"bytes":\#(number)}"#) != nil, "\(number)")
    }
  }

  @Test(
    "What cannot be read is explained in a sentence, with the place",
    arguments: [
      ("", "it is not JSON, or a value is not what it should be."),
      ("{}", "the member bytes is missing."),
      (#"{"bytes":"1"}"#, "a value has another type than it should have at bytes."),
      (#"{"bytes":null}"#, "bytes"),
    ])
  func sentences(text: String, sentence: String) {
    #expect(fault(text)?.contains(sentence) == true)
  }

  @Test("Deep nesting is refused before anything descends into it")
  func nesting() {
    for open in ["[", #"{"a":"#] {
      let text = String(repeating: open, count: 1_000_000)
      #expect(fault(text) == "arrays and objects are nested more than 100 deep.")
    }
    #expect(fault(#"{"text":"[[[\"[[{{","bytes":1}"#) == nil)
  }

  @Test("Another encoding than UTF-8 is refused")
  func encodings() {
    let text = Array(#"{"bytes":1}"#.utf8)
    let wide: [UInt8] = text.flatMap { [$0, 0] as [UInt8] }
    let swapped: [UInt8] = text.flatMap { [0, $0] as [UInt8] }
    let cases: [[UInt8]] = [wide, swapped, [0xFF, 0xFE] + wide, text + [0]]
    for bytes in cases {
      #expect(throws: JSONDocumentError.self) {
        try JSONDocument.read(counted: Size.self, from: bytes)
      }
    }
  }

  @Test("Whatever the bytes are, a document or a sentence comes of them")
  func anyBytes() {
    var random = SeededGenerator(seed: 2)
    let sound = Array(#"{"bytes":123,"more":[true,null,"\u00e9",-1.5e3]}"#.utf8)
    for _ in 0..<5_000 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = .random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(.random(in: 0...255, using: &random), at: place)
        }
      }
      do {
        let size = try JSONDocument.read(counted: Size.self, from: bytes)
        #expect(0...JSONDocument.largestCount ~= size.bytes)
      } catch {
        #expect(error.description.hasSuffix("."))
      }
    }
  }
}
