import Testing

@testable import AuditEvidence

@Suite("Armour")
struct ArmourTests {
  @Test("Lines of any length are read, and written again at one length")
  func shortLines() throws {
    let bytes = (0..<120).map { UInt8($0) }
    let text = Armour(label: .cms, bytes: bytes).text(width: 64)
    let short = Armour(label: .cms, bytes: bytes).text(width: 1)
    #expect(short.count > text.count)
    #expect(try Armour.blocks(of: short) == [Armour(label: .cms, bytes: bytes)])
  }

  @Test(
    "A text that has lost its line ends is refused, and nothing of it is shown",
    arguments: Armour.Label.allCases, [" ", "", "\r", "\t"])
  func flat(label: Armour.Label, end: String) throws {
    let text = Armour(label: label, bytes: Array("a secret, a secret, a secret".utf8)).text(
      width: 8)
    let flat = String(decoding: text, as: UTF8.self).split(separator: "\n").joined(separator: end)
    for text in [flat, flat + "\n", "Bag Attributes\n" + flat, flat + flat] {
      let fault = try #require(throws: ArmourError.self) { try Armour.blocks(of: Array(text.utf8)) }
      #expect(fault == .flat(label))
      #expect(!"\(fault)".contains("YSBz") && "\(fault)".contains("line ends"), "\(fault)")
    }
  }

  @Test("What stands in a label's place is not shown when it is no label")
  func foreignLabel() throws {
    let begin = "-----BEGIN MIIEvQIBADAN-----"
    for text in [begin, "-----END MIIEvQIBADAN-----", begin + "\nx:\n-----END MIIEvQIBADAN-----"] {
      let fault = try #require(throws: ArmourError.self) { try Armour.blocks(of: Array(text.utf8)) }
      #expect(!"\(fault)".contains("MIIE"), "\(fault)")
    }
    let blocks = try Armour.blocks(of: Array("\(begin)\nAAAA\n-----END MIIEvQIBADAN-----".utf8))
    #expect(blocks == [Armour(label: .unnamed, bytes: [0, 0, 0])])
  }
}
