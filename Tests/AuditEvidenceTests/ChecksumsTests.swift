import AuditEvidence
import AuditModel
import Testing

@Suite("SHA256SUMS")
struct ChecksumsTests {
  private func lines(_ paths: [[UInt8]]) -> [UInt8] {
    paths.flatMap { Array("\(Digest.zero)  ".utf8) + $0 + [UInt8(ascii: "\n")] }
  }

  @Test("Two spellings of an accent are two files")
  func spellings() {
    let paths = ["cafe\u{301}", "caf\u{E9}"].map { Array($0.utf8) }
    let (digests, discrepancies) = Checksums.reading(lines(paths))
    #expect(digests.keys.sorted().map(\.bytes) == paths)
    #expect(discrepancies.isEmpty)
  }

  @Test("A path that is not UTF-8 is none: manifest.json cannot carry it")
  func notUTF8() {
    let (digests, discrepancies) = Checksums.reading(lines([[0xE9]]))
    #expect(digests.isEmpty)
    #expect(discrepancies == [.unusablePath("\u{FFFD}")])
  }

  @Test("A file of empty lines is read no further than is worth saying")
  func emptyLines() {
    let lines = [UInt8](repeating: UInt8(ascii: "\n"), count: 1000)
    #expect(Checksums.reading(lines).discrepancies.count == 100)
    let (journal, _, discrepancies) = Journal.reading(lines)
    #expect(journal.lines == 100)
    #expect(discrepancies.count == 100)
  }
}
