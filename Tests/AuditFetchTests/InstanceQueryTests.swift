import AuditModel
import Testing

@testable import AuditFetch

@Suite("The request for instances")
struct InstanceQueryTests {
  private func query() throws -> InstanceQuery {
    let from = try #require(Instant(rfc3339: "2026-10-01T00:00:00Z"))
    let to = try #require(Instant(rfc3339: "2026-11-01T00:00:00Z"))
    return InstanceQuery(
      filter: .started(in: Window(from: from, to: to, zone: .utc))
        && .within(.init(after: 17, through: 4711)),
      limit: 500)
  }

  @Test("Every documented parameter is sent, percent-encoded, 0 for ascending")
  func bare() throws {
    #expect(
      try query().target(path: "/KeyfactorAPI", dialect: ServerDialect())
        == "/KeyfactorAPI/Workflow/Instances"
        + "?QueryString=%28StartDate%20-ge%20%222026-10-01T00%3A00%3A00Z%22%20AND%20"
        + "StartDate%20-lt%20%222026-11-01T00%3A00%3A00Z%22%29%20AND%20ReferenceId%20-gt%2017%20AND%20"
        + "ReferenceId%20-le%204711"
        + "&PageReturned=1&ReturnLimit=500&SortField=ReferenceId&SortAscending=0")
  }

  @Test("Version 10 wants its parameters prefixed")
  func prefixed() throws {
    let target = try query().target(path: "", dialect: ServerDialect(style: .prefixed))
    for name in ["queryString", "pageReturned", "returnLimit", "sortField", "sortAscending"] {
      #expect(target.contains("pq.\(name)="))
    }
  }

  @Test("A server that reads SortAscending as its name does is asked the other way round")
  func inverted() throws {
    let dialect = ServerDialect(isInverted: true, firstPage: 0)
    #expect(try query().target(path: "", dialect: dialect).hasSuffix("&SortAscending=1"))
    var descending = try query()
    descending.isDescending = true
    descending.skippedPages = 2
    let target = descending.target(path: "", dialect: dialect)
    #expect(target.hasSuffix("&SortAscending=0"))
    #expect(target.contains("&PageReturned=2&"))
  }

  @Test(
    "Dates of headers are read",
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37.000Z"),
      ("Tue, 24 Nov 2026 00:00:00 GMT", "2026-11-24T00:00:00.000Z"),
      ("2026-11-24", nil),
    ] as [(String, String?)])
  func dates(header: String, instant: String?) {
    #expect(HTTPDate.instant(header)?.description == instant)
  }
}
