import AuditModel
import Foundation
import TestSupport
import Testing

@Suite("JSON files")
struct JSONFileTests {
  /// A document of any shape.
  private indirect enum Document: Encodable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case array([Document])
    case object([String: Document])
    case nested([[Int64]])

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .null: try container.encodeNil()
      case .boolean(let value): try container.encode(value)
      case .integer(let value): try container.encode(value)
      case .number(let value): try container.encode(value)
      case .text(let value): try container.encode(value)
      case .array(let value): try container.encode(value)
      case .object(let value): try container.encode(value)
      case .nested(let rows):
        var object = encoder.container(keyedBy: AnyKey.self)
        var list = object.nestedUnkeyedContainer(forKey: AnyKey("rows"))
        try object.encode(rows.count, forKey: AnyKey("count"))
        for row in rows {
          var cells = list.nestedContainer(keyedBy: AnyKey.self)
          for (index, cell) in row.enumerated() {
            try cells.encode(cell, forKey: AnyKey("c\(index)"))
          }
        }
      }
    }

    static func any(_ depth: Int, _ random: inout SeededGenerator) -> Document {
      switch Int.random(in: depth > 4 ? 3...8 : 0...8, using: &random) {
      case 0, 1:
        var members: [String: Document] = [:]
        for _ in 0..<Int.random(in: 0...4, using: &random) {
          members[text(&random)] = any(depth + 1, &random)
        }
        return .object(members)
      case 2:
        return .array(
          (0..<Int.random(in: 0...4, using: &random)).map { _ in any(depth + 1, &random) })
      case 3: return .null
      case 4: return .boolean(Bool.random(using: &random))
      case 5:
        return .integer(
          Int(truncatingIfNeeded: random.next() >> UInt64.random(in: 0...63, using: &random)))
      case 6:
        let number = Double(bitPattern: random.next())
        return .number(number.isFinite ? number : Double(Int.random(in: -9...9, using: &random)))
      case 7:
        return .nested((0..<Int.random(in: 0...3, using: &random)).map { [Int64($0), -1, .max] })
      default: return .text(text(&random))
      }
    }

    private static func text(_ random: inout SeededGenerator) -> String {
      let scalars: [Unicode.Scalar] = [
        "a", "B", "0", "/", "\\", "\"", "\n", "\r", "\t", "\u{8}", "\u{c}", "\u{0}", "\u{1f}",
        "\u{7f}", "\u{e9}", "\u{301}", "\u{2028}", "\u{1f600}", "_", " ",
      ]
      var text = ""
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        text.unicodeScalars.append(scalars[Int.random(in: 0..<scalars.count, using: &random)])
      }
      return text
    }
  }

  @Test("Any document is written to the byte as Foundation's encoder writes it", arguments: 0..<40)
  func sameBytes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    for _ in 0..<20 {
      let document = Document.array([Document.any(0, &random)])
      let expected = Array(try encoder.encode(document)) + [UInt8(ascii: "\n")]
      #expect(
        try String(decoding: JSONFile.bytes(document), as: UTF8.self)
          == String(decoding: expected, as: UTF8.self))
    }
  }

  @Test("Numbers of every width are written, and what is no number is an error")
  func numbers() throws {
    struct Widths: Encodable {
      var byte: UInt8 = 255
      var small: Int16 = -7
      var large: UInt64 = .max
      var single: Float = 0.1
      var text: String? = nil
    }
    let text = try String(decoding: JSONFile.bytes(Widths()), as: UTF8.self)
    #expect(
      text
        == "{\n  \"byte\" : 255,\n  \"large\" : 18446744073709551615,\n  \"single\" : 0.1,\n  \"small\" : -7\n}\n"
    )
    #expect(throws: (any Error).self) { try JSONFile.bytes([Double.nan]) }
    #expect(throws: (any Error).self) { try JSONFile.bytes([Double.infinity]) }
  }
}
