import Testing

@testable import AuditFetch

@Suite("Readers that have nothing to do")
struct IdleReadersTests {
  @Test(
    "Rows are left to another when they fill two pages",
    arguments: [
      (0, false), (1, false), (7, false), (8, false), (9, false), (15, false), (16, true),
      (17, true), (Int.max, true),
    ])
  func rows(ahead: Int, isShared: Bool) {
    let readers = IdleReaders()
    readers.set(1)
    #expect(readers.claim(ahead: ahead, pageSize: 8) == isShared)
  }

  @Test("No more are claimed than are idle, and who is released can be claimed again")
  func claims() {
    let readers = IdleReaders()
    #expect(!readers.claim(ahead: 16, pageSize: 8))
    readers.set(2)
    let claims = (0..<3).map { _ in readers.claim(ahead: 16, pageSize: 8) }
    #expect(claims == [true, true, false])
    readers.release()
    #expect(readers.claim(ahead: 16, pageSize: 8))
    #expect(!readers.claim(ahead: 16, pageSize: 8))
    readers.set(3)
    #expect(readers.claim(ahead: 16, pageSize: 8))
    readers.set(0)
    readers.release()
    #expect(!readers.claim(ahead: 16, pageSize: 8))
  }

  @Test("Rows that are too few claim nobody")
  func few() {
    let readers = IdleReaders()
    readers.set(1)
    #expect(!readers.claim(ahead: 15, pageSize: 8))
    #expect(readers.claim(ahead: 16, pageSize: 8))
  }
}
