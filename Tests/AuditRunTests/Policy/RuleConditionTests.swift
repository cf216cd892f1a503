import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditPlan
@testable import AuditReduce

@Suite("Conditions of rules over rows")
struct RuleConditionTests {
  /// A column, what is asked of it, and the rows that answer yes.
  static let tests: [(column: String, test: String, rows: [Int])] = [
    ("reference_id", "equals: 1", [1]), ("reference_id", "equals: 9", []),
    ("reference_id", "in: [3, 1, 9]", [1, 3]), ("reference_id", "exists: true", [1, 2, 3]),
    ("id", "equals: 9c996cd3-0f0e-4b0c-9f0f-100000000001", [1]), ("id", "endsWith: '2'", [2]),
    ("id", "equals: 9C996CD3-0f0e-4b0c-9f0f-100000000001", []),
    ("id", "startsWith: 9c99", [1, 2, 3]),
    ("id", "contains: '-4b0c-'", [1, 2, 3]), ("id", "exists: false", []),
    ("status", "equals: Failed", [1]), ("status", "in: [Complete, Running]", [2]),
    ("status", "startsWith: Fa", [1]), ("status", "endsWith: te", [2]),
    ("status", "contains: ail", [1]), ("status", "exists: false", [3]),
    ("outcome", "equals: failed", [1]), ("outcome", "in: [issued, unknown]", [2, 3]),
    ("outcome", "startsWith: un", [3]), ("outcome", "exists: true", [1, 2, 3]),
    ("workflow_type", "equals: Enrollment", [1]), ("workflow_type", "equals: enrollment", []),
    ("workflow_type", "contains: o", [1, 2]), ("workflow_type", "exists: false", [3]),
    ("definition_name", "equals: Code Signing é", [1]),
    ("definition_name", "equals: \"Code Signing e\\u0301\"", []),
    ("definition_name", "endsWith: e", [2]), ("definition_name", "exists: false", [3]),
    ("definition_version", "equals: 7", [1]), ("definition_version", "in: [8, 70]", [2]),
    ("definition_version", "exists: false", [3]), ("definition_version", "equals: -7", []),
    ("definition_id", "equals: 00000000-0000-0000-0000-00000000000a", [1]),
    ("definition_id", "endsWith: b", [2]), ("definition_id", "exists: false", [3]),
    ("user", "equals: corp\\ADA", [1]), ("user", "in: [SVC, 'CORP\\adа']", []),
    ("user", "in: [x, svc]", [2]), ("user", "startsWith: corp", []),
    ("user", "startsWith: CORP", [1]),
    ("user", "contains: \\A", [1]), ("user", "exists: false", [3]), ("user", "endsWith: vc", [2]),
    ("user_kind", "equals: domain", [1]), ("user_kind", "in: [client, timer]", [2]),
    ("user_kind", "startsWith: d", [1]), ("user_kind", "exists: false", [3]),
    ("action", "equals: revoke", [2]), ("action", "in: [other, enroll]", [1, 3]),
    ("action", "endsWith: e", [2]), ("action", "exists: true", [1, 2, 3]),
    ("common_name", "startsWith: '*.'", [1]), ("common_name", "endsWith: .org", [2]),
    ("common_name", "contains: example", [1, 2]), ("common_name", "exists: false", [3]),
    ("common_name", "equals: web.example.org", [2]), ("common_name", "contains: examplee", []),
    ("subject", "contains: 'O=Example'", [1]), ("subject", "endsWith: '.'", []),
    ("subject", "exists: false", [3]), ("subject", "in: [CN=web.example.org]", [2]),
    ("start", "olderThan: 24h", []), ("start", "olderThan: 86399s", [1, 2]),
    ("start", "exists: false", [3]), ("start", "exists: true", [1, 2]),
    ("last_modified", "olderThan: 22h", [1, 2]), ("last_modified", "olderThan: 23h", []),
    ("last_modified", "exists: false", [3]),
    ("duration_ms", "longerThan: 1h", [1]), ("duration_ms", "longerThan: 59m", [1, 2]),
    ("duration_ms", "equals: 3600000", [2]), ("duration_ms", "in: [3600001, 5]", [1]),
    ("duration_ms", "exists: false", [3]),
    ("step_name", "contains: aaab", [1]), ("step_name", "contains: abaa", []),
    ("step_name", "exists: false", [3]), ("step_name", "equals: End", [2]),
    ("step_unique_name", "startsWith: RequireApproval", [1]),
    ("step_unique_name", "exists: false", [3]), ("step_unique_name", "in: [End, Start]", [2]),
    ("step_id", "equals: 10000000-0000-0000-0000-000000000001", [1]),
    ("step_id", "exists: false", [3]), ("step_id", "endsWith: '02'", [2]),
    ("status_message", "equals: Access is denied.", [1]),
    ("status_message", "contains: denied", [1]),
    ("status_message", "exists: false", [3]), ("status_message", "startsWith: Iss", [2]),
    ("failure_class", "equals: accessDenied", [1]), ("failure_class", "in: [a, accessDenied]", [1]),
    ("failure_class", "contains: x", []), ("failure_class", "exists: false", [2, 3]),
    ("title", "contains: ' is enrolling for '", [1]), ("title", "exists: false", [3]),
    ("title", "startsWith: svc", [2]), ("title", "endsWith: '.'", [1]),
    ("title_rule", "equals: enroll", [1]), ("title_rule", "in: [revoke, 'config:3']", [2]),
    ("title_rule", "startsWith: un", [3]), ("title_rule", "exists: false", []),
    ("data_quality", "equals: unknownField", [1]), ("data_quality", "exists: false", [2]),
    ("data_quality", "contains: nullTitle", [3]), ("data_quality", "endsWith: Title", [3]),
    ("data_quality", "startsWith: 'unknownStatus;badDate'", [3]),
    // Several operators of one column must all hold.
    ("common_name", "startsWith: '*.', endsWith: .org", []),
    ("common_name", "startsWith: '*.', endsWith: .com, exists: true", [1]),
    ("duration_ms", "longerThan: 59m, in: [3600000]", [2]),
  ]

  @Test("Each operator of each column finds what it describes, and in an empty cell nothing")
  func operators() async throws {
    let rules = Self.tests.enumerated().map { number, test in
      "  - {id: r\(number), where: {\(test.column): {\(test.test)}}}\n"
        + "  - {id: not-r\(number), where: {not: {\(test.column): {\(test.test)}}}}\n"
    }
    let pack = try await RuleCase.pack(RuleCase.three, policy: "rules:\n" + rules.joined())
    let found = try RuleCase.ids(pack.path)
    for (number, test) in Self.tests.enumerated() {
      #expect(found["r\(number)"] == test.rows, "\(test.column): {\(test.test)}")
      let others = [1, 2, 3].filter { !test.rows.contains($0) }
      #expect(found["not-r\(number)"] == others, "not \(test.column): {\(test.test)}")
    }
    for column in InstanceColumn.allCases {
      let names = Self.tests.filter { $0.column == column.rawValue }.map(\.test).joined()
      #expect(names.contains("exists"), "\(column)")
    }
  }

  @Test(
    "Conditions are joined by all, any and not, however they are nested",
    arguments: [
      ("status: {equals: Failed}, user: {exists: true}", [1]),
      ("status: {equals: Failed}, user: {equals: svc}", []),
      ("any: [{status: {equals: Failed}}, {user: {equals: svc}}]", [1, 2]),
      ("any: [{status: {equals: Failed}, user: {equals: svc}}]", []),
      ("all: [{title: {exists: true}}, {not: {status: {equals: Failed}}}]", [2]),
      ("not: {any: [{status: {equals: Failed}}, {title: {exists: false}}]}", [2]),
      ("not: {all: [{title: {exists: true}}, {start: {olderThan: 86399s}}]}", [3]),
      ("not: {not: {not: {start: {olderThan: 24h}}}}", [1, 2, 3]),
      ("start: {olderThan: 86399s}, any: [{not: {last_modified: {olderThan: 23h}}}]", [1, 2]),
      ("title: {exists: true}, any: [{start: {olderThan: 20d}}, {reference_id: {in: [2]}}]", [2]),
    ])
  func nesting(condition: String, rows: [Int]) async throws {
    let policy = "rules:\n  - {id: nested, where: {\(condition)}}\n"
    let pack = try await RuleCase.pack(RuleCase.three, policy: policy)
    #expect(try RuleCase.ids(pack.path) == ["nested": rows])
  }

  @Test(
    "Random rules find in random rows what the plainest reading of instances.csv finds",
    arguments: 0..<8)
  func plainReading(seed: Int) async throws {
    let rows = RandomRows(seed: seed)
    let random = RandomRules(seed: seed, count: 60)
    let pack = try await RuleCase.pack(
      rows.page, policy: random.policy, configuration: rows.configuration, zone: rows.zone)
    let cells = CSVReader.rows(of: try pack.read("instances.csv"))
    let header = try #require(cells.first)
    let table = cells.dropFirst().map { row in
      Dictionary(uniqueKeysWithValues: zip(header, row.map(CSVReader.text)))
    }
    let asOf = try #require(Instant(rfc3339: "2026-10-30T06:00:00Z"))
    let metrics = try MergeCase.report(at: pack.path).object("metrics")
    var distinct: Set<[Int]> = []
    for (rule, reported) in zip(random.rules, try metrics.objects("rules")) {
      let expected = table.filter { rule.condition.isFulfilled(by: $0, asOf: asOf) }
        .compactMap { $0["reference_id"].flatMap { Int($0) } }
      #expect(reported["id"] as? String == rule.id)
      #expect(reported["instances"] as? Int == expected.count, "\(rule.condition.entry)")
      #expect(reported["ids"] as? [Int] == Array(expected.prefix(100)), "\(rule.condition.entry)")
      distinct.insert(expected)
    }
    #expect(table.count < 50 || distinct.count > 15, "the rules tell too few rows apart")
  }

  @Test("Without an as-of instant the age is that at the newest instant of the pages")
  func laterAsOf() async throws {
    let policy = """
      rules:
        - {id: aged, where: {start: {olderThan: 59m}}}
        - {id: young, where: {not: {start: {olderThan: 1h}}, start: {exists: true}}}
      """
    let pack = try await RuleCase.pack(RuleCase.three, policy: policy) { $0.options.asOf = nil }
    #expect(try RuleCase.ids(pack.path) == ["aged": [1, 2], "young": [2]])
  }

  @Test("A rule may have long lists of words and of conditions")
  func longLists() async throws {
    let names = (0..<5000).map { "host\($0)" }
    let conditions =
      names.map { "{common_name: {startsWith: \($0)}}" } + ["{status: {equals: Failed}}"]
    let policy = """
      rules:
        - {id: words, where: {step_name: {in: [\(names.joined(separator: ", ")), End]}}}
        - {id: conditions, where: {any: [\(conditions.joined(separator: ", "))]}}
      """
    let pack = try await RuleCase.pack(RuleCase.three, policy: policy)
    #expect(try RuleCase.ids(pack.path) == ["words": [2], "conditions": [1]])
  }
}
