import Testing

@testable import AuditEvidence

@Suite("Armour")
struct ArmourTests {
  @Test("Lines of any length are read, and written again at one length")
  func shortLines() throws {
    let bytes = (0..<120).map { UInt8($0) }
    let text = Armour(label: "CMS", bytes: bytes).text(width: 64)
    let short = Armour(label: "CMS", bytes: bytes).text(width: 1)
    #expect(short.count > text.count)
    #expect(try Armour.blocks(of: short) == [Armour(label: "CMS", bytes: bytes)])
  }
}
