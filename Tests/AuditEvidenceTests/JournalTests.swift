import AuditEvidence
import AuditModel
import Foundation
import Testing

@Suite("Journal")
struct JournalTests {
  private static func facts(_ number: Int) -> JournalEntry {
    let page = RawPage(
      request: "/KeyfactorAPI/Workflow/Instances?x=\"previous\":\"\(number)\"", status: 200,
      headers: [.init(name: "x-total-count", value: "7")], body: Array("[\(number)]".utf8))
    return JournalEntry(
      of: page, rows: 1, body: (page.body.count, Digest.of(page.body)),
      in: FileRecord(
        path: "evidence/pages/\(number).json.gz", bytes: 20,
        digest: Digest.of([UInt8(number)]), mediaType: "application/gzip"))
  }

  private static func lines(_ pages: Int) throws -> [[UInt8]] {
    var journal = Journal()
    return try (1...pages).map { try journal.append(facts($0)) }
  }

  @Test("The first line, byte for byte")
  func firstLine() throws {
    var journal = Journal()
    var facts = Self.facts(1)
    facts.purpose = "read 1"
    facts.after = 12
    let line = try journal.append(facts)
    let expected = #"""
      {"after":12,"bytes":3,"file":"evidence/pages/1.json.gz","headers":[{"name":"x-total-count","value":"7"}],"line":1,"previous":"0000000000000000000000000000000000000000000000000000000000000000","purpose":"read 1","request":"/KeyfactorAPI/Workflow/Instances?x=\"previous\":\"1\"","rows":1,"sha256":"\#(Digest.of(Array("[1]".utf8)))","status":200,"storedBytes":20,"storedSha256":"\#(Digest.of([1]))"}

      """#
    #expect(String(decoding: line, as: UTF8.self) == expected)
    #expect(journal.lines == 1)
  }

  @Test("Each line holds the digest of the line before, and the head is the digest of the last")
  func chain() throws {
    var journal = Journal()
    var expected = Digest.zero
    for number in 1...5 {
      let line = try journal.append(Self.facts(number))
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
      #expect(object["previous"] as? String == expected.hexadecimal)
      #expect(object["line"] as? Int == number)
      #expect(line.last == UInt8(ascii: "\n"))
      expected = Digest.of(Array(line.dropLast()))
      #expect(journal.head == expected)
    }
  }

  @Test("A journal that is read again goes on as if nothing had been")
  func takenUp() throws {
    let lines = try Self.lines(4)
    let found = Journal.reading(lines.prefix(3).joined())
    #expect(found.discrepancies.isEmpty)
    #expect(found.entries.map(\.file) == (1...3).map { "evidence/pages/\($0).json.gz" })
    var journal = found.journal
    #expect(try journal.append(Self.facts(4)) == lines[3])
    #expect(Journal.reading([]).entries.isEmpty)
    #expect(Journal.reading([]).discrepancies.isEmpty)
  }

  @Test("A line that is missing, torn, moved or written otherwise is found")
  func broken() throws {
    let lines = try Self.lines(4)
    let places = { (bytes: [UInt8]) in
      Journal.reading(bytes).discrepancies.map { discrepancy -> Int in
        guard case .journal(let line, _) = discrepancy else { return 0 }
        return line
      }
    }
    #expect(places(Array([lines[0], lines[2]].joined())) == [2])
    #expect(places(Array([lines[1], lines[0]].joined())) == [1, 2])
    #expect(places(Array(lines.joined().dropLast())) == [4])
    #expect(places(Array("{}\n".utf8)) == [1])
    #expect(places(lines[0].dropLast() + Array(" \n".utf8) + lines[1]) == [1, 2])
  }

  @Test("The same pages give the same lines")
  func deterministic() throws {
    #expect(try Self.lines(4) == Self.lines(4))
  }

  @Test("A saved page has a null status")
  func savedPage() throws {
    var journal = Journal()
    var facts = Self.facts(1)
    facts.status = nil
    let line = String(decoding: try journal.append(facts), as: UTF8.self)
    #expect(line.contains(#""status":null"#))
  }

  @Test("Control characters and newlines in a header do not break the line")
  func hostileHeader() throws {
    var journal = Journal()
    var facts = Self.facts(1)
    facts.headers = [.init(name: "x", value: "a\nb\r\u{1b}\u{2028}\"")]
    let line = try journal.append(facts)
    #expect(line.filter { $0 < 0x20 } == [UInt8(ascii: "\n")])
  }
}
