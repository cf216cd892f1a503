import Testing

@testable import CommandSandbox

@Suite("The query language")
struct QueryTests {
  /// 2026-10-15T12:00:00Z.
  private static let noon: Int64 = 1_792_065_600_000
  private static let hour: Int64 = 3_600_000
  private static let context = QueryContext(now: noon, principal: "KEYEXAMPLE\\JSmith")

  private static let rows = [
    row(7, .complete, "KEYEXAMPLE\\jsmith", "KEYEXAMPLE\\jsmith is enrolling", start: noon),
    row(8, .failed, "Timer Service", nil, start: noon + hour),
    row(12, .suspended, "PARTNER\\ann", "PARTNER\\ann says \u{C4}", start: noon + 24 * hour),
  ]

  private static func row(
    _ id: Int64, _ status: SandboxRow.Status, _ user: String, _ title: String?, start: Int64
  ) -> SandboxRow {
    SandboxRow(
      referenceID: id, id: "0000000\(id % 10)-1111-4222-8333-444444444444", status: status,
      definition: SandboxRow.Definition(
        id: "aaaaaaaa-1111-4222-8333-444444444444", name: "Web", version: 1,
        workflowType: id == 12 ? "Revocation" : "Enrollment"),
      step: SandboxRow.Step(id: "", name: "End", uniqueName: "End"), userName: user, title: title,
      start: start, lastModified: id == 8 ? nil : start + 1000)
  }

  private func matches(_ query: String) throws -> [Int64] {
    let parsed = try QueryParser.parse(query, Self.context)
    let found = Self.rows.indices.filter { parsed.holds(at: $0, of: Self.rows) }
    let candidates = parsed.candidates(among: Self.rows)
    #expect(candidates.filter { parsed.holds(at: $0, of: Self.rows) } == found)
    return found.map { Self.rows[$0].referenceID }
  }

  @Test(
    "Finds the rows that a query describes",
    arguments: [
      ("", [7, 8, 12]), ("  ", [7, 8, 12]),
      ("ReferenceId -gt 7", [8, 12]), ("referenceid -GE \"8\"", [8, 12]),
      ("ReferenceId -lt 8", [7]), ("ReferenceId -le 8", [7, 8]), ("ReferenceId -eq 8", [8]),
      ("ReferenceId -ne 8", [7, 12]), ("ReferenceId -gt -5", [7, 8, 12]),
      ("ReferenceId -gt 12 AND ReferenceId -le 7", []),
      ("ReferenceId -gt 7 AND ReferenceId -le 8", [8]),
      ("ReferenceId -gt 99", []), ("ReferenceId -lt 7", []), ("ReferenceId -eq 9", []),
      ("Status -eq \"failed\"", [8]), ("Status -ne \"Failed\"", [7, 12]),
      ("Title -contains \"IS ENROLL\"", [7]), ("Title -notcontains \"enroll\"", [12]),
      ("Title -contains \"\"", [7, 12]), ("Title -contains \"\u{C4}\"", [12]),
      ("Title -contains \"\u{E4}\"", []),
      ("Title -startswith \"partner\\ann\"", [12]), ("Title -endswith \"enrolling\"", [7]),
      ("Title -eq NULL", [8]), ("Title -ne null", [7, 12]), ("LastModified -eq NULL", [8]),
      ("Title -ne \"x\"", [7, 12]), ("LastModified -gt \"2020-01-01\"", [7, 12]),
      ("InitiatingUserName -eq \"%ME%\"", [7]), ("InitiatingUserName -ne \"%me%\"", [8, 12]),
      ("Title -eq \"%ME%\"", []),
      ("WorkflowType -eq \"Revocation\"", [12]),
      ("DefinitionId -eq aaaaaaaa-1111-4222-8333-444444444444", [7, 8, 12]),
      ("Id -eq \"00000007-1111-4222-8333-444444444444\"", [7]),
      ("StartDate -ge \"2026-10-16\"", [12]), ("StartDate -lt \"10/16/2026\"", [7, 8]),
      ("StartDate -gt \"2026-10-15T12:00:00Z\"", [8, 12]),
      ("StartDate -ge \"2026-10-15T18:45:00.000+05:45\"", [8, 12]),
      ("StartDate -lt \"%TODAY%\"", []), ("StartDate -lt \"%TODAY+1%\"", [7, 8]),
      ("StartDate -ge \"%TODAY-10%\"", [7, 8, 12]),
      ("ReferenceId -eq 7 OR ReferenceId -eq 8 AND Status -eq \"Complete\"", [7]),
      ("(ReferenceId -eq 7 or ReferenceId -eq 8) and Status -eq \"Failed\"", [8]),
      ("((ReferenceId -eq 7)OR(ReferenceId -eq 12))", [7, 12]),
    ] as [(String, [Int64])])
  func finds(query: String, expected: [Int64]) throws {
    #expect(try matches(query) == expected)
  }

  @Test(
    "Refuses what the language does not have",
    arguments: [
      ("ReferenceId", QueryError.unexpected(found: "the end", expected: "an operator", offset: 11)),
      (
        "ReferenceId -gt",
        .unexpected(found: "the end", expected: "a value", offset: 15)
      ),
      ("Colour -eq 5", .unknownField("Colour")),
      ("CurrentStepDisplayName -eq \"End\"", .unknownField("CurrentStepDisplayName")),
      ("ReferenceId -contains 5", .unfitOperator("-contains", field: "ReferenceId")),
      ("Title -gt \"a\"", .unfitOperator("-gt", field: "Title")),
      ("Title -like \"a\"", .unfitOperator("-like", field: "Title")),
      ("StartDate -lt NULL", .unfitOperator("-lt", field: "NULL")),
      ("ReferenceId -eq \"x\"", .unfitValue("x", field: "ReferenceId")),
      ("StartDate -ge \"yesterday\"", .unfitValue("yesterday", field: "StartDate")),
      ("Status -eq Failed", .unexpected(found: "'Failed'", expected: "a value", offset: 11)),
      ("Title -eq \"open", .unclosedQuote(offset: 10)),
      ("(ReferenceId -eq 5", .unexpected(found: "the end", expected: "')'", offset: 18)),
      (
        "ReferenceId -eq 5)",
        .unexpected(found: "')'", expected: "AND, OR or the end", offset: 17)
      ),
      ("ReferenceId -eq 5 AND", .unexpected(found: "the end", expected: "a field", offset: 21)),
      ("\"Title\" -eq \"a\"", .unexpected(found: "a quoted value", expected: "a field", offset: 0)),
      (String(repeating: "(", count: 5000), .tooDeep),
    ] as [(String, QueryError)])
  func refuses(query: String, reason: QueryError) {
    #expect(throws: reason) { try QueryParser.parse(query, Self.context) }
  }

  @Test(
    "Reads dates in the forms that the portal and the documents use",
    arguments: [
      ("2026-10-15", noon - 12 * hour), ("2026-10-15T12:00:00", noon),
      ("2026-10-15T12:00:00Z", noon), ("2026-10-15T12:00:00.5Z", noon + 500),
      ("2026-10-15T12:00:00.1239999Z", noon + 123), ("2026-10-15T07:00:00-05:00", noon),
      ("10/15/2026", noon - 12 * hour), ("1/2/2026", 1_767_312_000_000),
      ("%TODAY%", noon - 12 * hour), ("%today-1%", noon - 36 * hour),
      ("2026-02-30", nil), ("2025-02-29", nil), ("2024-02-29", 1_709_164_800_000),
      ("13/1/2026", nil), ("2026-10-15T24:00:00Z", nil), ("2026-10-15T12:00Z", nil),
      ("2026-10-15 12:00:00", nil), ("2026-10-15T12:00:00.Z", nil), ("2026-10-15Z", nil),
      ("2026-10-15T12:00:00.12345678Z", nil), ("%TODAY10%", nil), ("%TODAY-%", nil), ("%", nil),
      ("%TODAY", nil), ("", nil), ("2026-10-15T12:00:00Zulu", nil),
    ] as [(String, Int64?)])
  func readsDates(text: String, expected: Int64?) {
    #expect(DateLiteral.milliseconds(text, now: Self.noon) == expected)
  }
}
