import AuditFiles
import AuditModel
import Testing

@Suite("The example of stored pages")
struct StoredPagesExampleTests {
  @Test("A store of pages is a count, their names and their bodies, and can be read for rows")
  func rows() throws {
    struct PagesInMemory: StoredPages {
      let bodies: [[UInt8]]
      var count: Int { bodies.count }

      func name(at index: Int) -> String { "page \(index + 1)" }

      func body(at index: Int) -> [UInt8] { bodies[index] }
    }
    let pages = PagesInMemory(bodies: [Array("[]".utf8)])
    let rows = try pages.rows(at: 0)
    #expect(rows.identities.isEmpty)
    #expect(throws: (any Error).self) {
      try PagesInMemory(bodies: [Array("{}".utf8)]).rows(at: 0)
    }
  }
}
