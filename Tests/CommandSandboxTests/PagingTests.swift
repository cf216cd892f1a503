import CommandSandbox
import Testing

@Suite("Paging and sorting")
struct PagingTests {
  @Test("Returns 50 rows unless asked, and the total of all")
  func defaults() async throws {
    try await withSandbox { _, client in
      let response = try await client.instances()
      #expect(try response.rows().count == 50)
      #expect(response.total == 324)
    }
  }

  @Test("Pages cover all rows once, in ascending order, and then are empty")
  func coversAll() async throws {
    try await withSandbox { _, client in
      var read: [Int64] = []
      for page in 1...4 {
        let response = try await client.instances([
          ("SortField", "ReferenceId"), ("SortAscending", "0"), ("ReturnLimit", "100"),
          ("PageReturned", "\(page)"),
        ])
        read += try response.referenceIDs()
      }
      #expect(read.count == 324)
      #expect(read == Set(read).sorted())
      let past = try await client.instances([("ReturnLimit", "100"), ("PageReturned", "5")])
      #expect(past.text == "[]")
      #expect(past.total == 324)
      let far = try await client.instances([
        ("ReturnLimit", "2147483647"), ("PageReturned", "2147483647"),
      ])
      #expect(far.text == "[]")
    }
  }

  @Test("Sorts downwards by 1")
  func descends() async throws {
    try await withSandbox { _, client in
      for field in ["referenceid", "Id", "StartDate"] {
        let ids = try await client.instances([
          ("SortField", field), ("SortAscending", "1"), ("ReturnLimit", "400"),
        ]).rows()
        let keys = ids.map { row in
          field == "Id" ? row["Id"] as? String ?? "" : "\(row["ReferenceId"] as? Int64 ?? 0)"
        }
        #expect(keys == keys.sorted(by: >))
      }
    }
  }

  @Test("Keeps no order among equal rows: paging by the default field loses some")
  func losesRows() async throws {
    try await withSandbox { _, client in
      var read: Set<Int64> = []
      for page in 1...7 {
        read.formUnion(try await client.instances([("PageReturned", "\(page)")]).referenceIDs())
      }
      #expect(read.count < 324)
      let steps = try await client.instances([("ReturnLimit", "400")]).rows()
        .compactMap { $0["CurrentStepDisplayName"] as? String }
      #expect(steps == steps.sorted { $0.lowercased() < $1.lowercased() })
    }
  }

  @Test("Reads by key what it reads by page")
  func readsByKey() async throws {
    try await withSandbox { _, client in
      var read: [Int64] = []
      while true {
        let query =
          "StartDate -ge \"2026-10-01\" AND StartDate -lt \"2026-11-01T00:00:00Z\""
          + " AND ReferenceId -gt \(read.last ?? 0)"
        let page = try await client.instances([
          ("QueryString", query), ("SortField", "ReferenceId"), ("ReturnLimit", "70"),
        ])
        #expect(page.total == 300 - read.count)
        let ids = try page.referenceIDs()
        if ids.isEmpty { break }
        read += ids
      }
      #expect(read.count == 300)
      #expect(read == Set(read).sorted())
    }
  }

  @Test("Clamps pages without saying so")
  func clamps() async throws {
    try await withSandbox {
      $0.pageLimit = 100
    } _: { _, client in
      let response = try await client.instances([("ReturnLimit", "500")])
      #expect(try response.rows().count == 100)
      #expect(response.total == 324)
    }
  }
}
