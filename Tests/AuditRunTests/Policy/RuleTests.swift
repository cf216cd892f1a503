import AuditEvidence
import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditPlan
@testable import AuditReduce
@testable import AuditReport
@testable import AuditRun

@Suite("Rules over rows")
struct RuleTests {
  /// A pack of one page under a policy; as of 30 October, 06:00.
  private static func pack(
    _ page: String, policy: String, configuration: String = "{}", zone: String = "UTC",
    _ change: (inout MainJob) throws -> Void = { _ in },
    result: (AuditResult) -> Void = { _ in }
  ) async throws -> PackCase {
    var job = try MainJob()
    try job.folder.makeFolder("pages")
    try job.folder.write(page, to: "pages/a.json")
    try job.folder.write(policy, to: "policy.yaml")
    try job.configure(configuration)
    job.options.policy = job.folder("policy.yaml")
    job.options.pages = job.folder("pages")
    job.options.from = "2026-10-01"
    job.options.to = "2026-11-01"
    job.options.timeZone = zone
    job.options.asOf = "2026-10-30T06:00:00Z"
    job.options.acceptUnproved = true
    try change(&job)
    let published = try await job.run()
    result(published)
    return PackCase(job: job, path: published.pack)
  }

  /// The rules of a report, each with its reference ids.
  private static func ids(_ folder: String) throws -> [String: [Int]] {
    let rules = try MergeCase.report(at: folder).object("metrics").objects("rules")
    return try Dictionary(
      uniqueKeysWithValues: rules.map { rule in
        let ids = try #require(rule["ids"] as? [Int])
        #expect(rule["instances"] as? Int == ids.count || ids.count == 100)
        return (try #require(rule["id"] as? String), ids)
      })
  }

  // MARK: Operators

  /// A row with something in every column, one with other things, and one with nothing wherever that can be.
  private static let three = #"""
    [{"Id":"9C996CD3-0f0e-4b0c-9f0f-100000000001","Status":"Failed","StatusMessage":"Access is denied.",
      "Definition":{"Id":"00000000-0000-0000-0000-00000000000A","DisplayName":"Code Signing é","Version":7,
        "WorkflowType":"Enrollment"},
      "CurrentStepId":"10000000-0000-0000-0000-000000000001","CurrentStepDisplayName":"Ask aab aaab",
      "CurrentStepUniqueName":"RequireApproval1","StartDate":"2026-10-29T06:00:00Z",
      "LastModified":"2026-10-29T07:00:00.001Z",
      "Title":"CORP\\Ada is enrolling for a certificate with CN=*.example.com,O=Example.","ReferenceId":1,"Odd":1},
     {"Id":"9c996cd3-0f0e-4b0c-9f0f-100000000002","Status":"Complete","StatusMessage":"Issued",
      "Definition":{"Id":"00000000-0000-0000-0000-00000000000b","DisplayName":"Web e","Version":8,
        "WorkflowType":"Revocation"},
      "CurrentStepId":"10000000-0000-0000-0000-000000000002","CurrentStepDisplayName":"End",
      "CurrentStepUniqueName":"End","StartDate":"2026-10-29T06:00:00.001Z","LastModified":"2026-10-29T07:00:00.001Z",
      "Title":"svc is revoking certificate with CN=web.example.org","ReferenceId":2},
     {"Id":"9c996cd3-0f0e-4b0c-9f0f-100000000003","Status":null,"StatusMessage":"",
      "Definition":{"Id":null,"DisplayName":null,"Version":null,"WorkflowType":null},
      "CurrentStepId":null,"CurrentStepDisplayName":"","CurrentStepUniqueName":null,
      "StartDate":null,"LastModified":null,"Title":null,"ReferenceId":3}]
    """#

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
    let pack = try await Self.pack(Self.three, policy: "rules:\n" + rules.joined())
    let found = try Self.ids(pack.path)
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
    let pack = try await Self.pack(Self.three, policy: policy)
    #expect(try Self.ids(pack.path) == ["nested": rows])
  }

  @Test(
    "Random rules find in random rows what the plainest reading of instances.csv finds",
    arguments: 0..<8)
  func plainReading(seed: Int) async throws {
    let rows = RandomRows(seed: seed)
    let random = RandomRules(seed: seed, count: 60)
    let pack = try await Self.pack(
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
    let pack = try await Self.pack(Self.three, policy: policy) { $0.options.asOf = nil }
    #expect(try Self.ids(pack.path) == ["aged": [1, 2], "young": [2]])
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
    let pack = try await Self.pack(Self.three, policy: policy)
    #expect(try Self.ids(pack.path) == ["words": [2], "conditions": [1]])
  }

  // MARK: Mistakes

  @Test(
    "A mistake in a rule is told with its place and what to do",
    arguments: [
      ("{id: a, where: {common_nam: {equals: x}}}", "3:21", "Did you mean common_name?"),
      ("{id: a, where: {quux: {equals: x}}}", "3:21", "Use one of reference_id, id, status"),
      ("{id: a, where: {al: [{user: {exists: true}}]}}", "3:21", "Did you mean all?"),
      ("{id: a, where: {user: {startWith: x}}}", "3:28", "Did you mean startsWith?"),
      (
        "{id: a, where: {user: {olderThan: 24h}}}", "3:28",
        "user: 'olderThan' does not apply to this column. Use one of equals, in,"
      ),
      ("{id: a, where: {start: {equals: x}}}", "3:29", "Use one of exists, olderThan."),
      (
        "{id: a, where: {duration_ms: {contains: x}}}", "3:35",
        "Use one of equals, in, exists, longerThan"
      ),
      (
        "{id: a, where: {reference_id: {longerThan: 1h}}}", "3:36", "Use one of equals, in, exists."
      ),
      ("{id: a, where: {}}", "3:20", "where is empty. Add at least one"),
      ("{id: a, where: {user: {}}}", "3:27", "user is empty."),
      ("{id: a, where: {user: {in: []}}}", "3:32", "in is empty."),
      ("{id: a, where: {any: []}}", "3:26", "any is empty."),
      ("{id: a, where: {not: {}}}", "3:26", "not is empty."),
      ("{id: a, where: {all: {user: {exists: true}}}}", "3:26", "all must be a list"),
      ("{id: a, where: [x]}", "3:20", "where must be a mapping"),
      ("{id: a, where: {user: x}}", "3:27", "user must be a mapping, such as equals"),
      ("{id: a}", "3:5", "where is missing"),
      ("{where: {user: {exists: true}}}", "3:5", "id is missing"),
      ("{id: a, were: {user: {exists: true}}}", "3:13", "Did you mean where?"),
      ("{id: 1a, where: {user: {exists: true}}}", "3:10", "'1a' is not valid. Use letters"),
      ("{id: a.b, where: {user: {exists: true}}}", "3:10", "'a.b' is not valid. Use letters"),
      (
        "{id: a, where: {user: {exists: true}}}\n  - {id: a, where: {user: {exists: true}}}",
        "4:10",
        "the rule 'a' occurs twice. Keep one."
      ),
      ("{id: a, where: {start: {olderThan: 7}}}", "3:40", "Use a time such as 30m"),
      ("{id: a, where: {duration_ms: {longerThan: 1w}}}", "3:47", "'1w' is not valid. Use a time"),
      ("{id: a, where: {duration_ms: {longerThan: 999999d}}}", "3:47", "at most 3650d."),
      ("{id: a, where: {duration_ms: {longerThan: +1h}}}", "3:47", "'+1h' is not valid."),
      (
        "{id: a, where: {reference_id: {equals: +105}}}", "3:44",
        "'+105' is not valid. Use a whole number in plain digits."
      ),
      ("{id: a, where: {reference_id: {in: [1, 007]}}}", "3:44", "'007' is not valid."),
      (
        "{id: a, where: {duration_ms: {equals: 1h}}}", "3:43",
        "'1h' is not valid. Use a whole number"
      ),
      (
        "{id: a, where: {definition_version: {in: [1, x]}}}", "3:50",
        "'x' is not valid. Use a whole number"
      ),
      ("{id: a, where: {user: {exists: perhaps}}}", "3:36", "Use true or false"),
      ("{id: a, where: {user: {contains: ''}}}", "3:38", "use exists: false"),
      ("{id: a, where: {user: {equals: [x]}}}", "3:36", "a list is not valid"),
      (
        "{id: a, where: {status: {equals: Complet}}}", "3:38",
        "status: 'Complet' is not known. Did you mean Complete?"
      ),
      ("{id: a, where: {status: {in: [Failed, failed]}}}", "3:43", "Did you mean Failed?"),
      ("{id: a, where: {outcome: {equals: isued}}}", "3:39", "Did you mean issued?"),
      (
        "{id: a, where: {user_kind: {equals: robot}}}", "3:41",
        "Use one of timer, domain, principal, client."
      ),
      ("{id: a, where: {action: {equals: enrol}}}", "3:38", "Did you mean enroll?"),
      ("{id: a, where: {title_rule: {equals: 'config:101'}}}", "3:42", "Did you mean config:1?"),
      (
        "{id: a, where: {\(String(repeating: "not: {", count: 8))user: {exists: true}\(String(repeating: "}", count: 8))}}",
        "3:68", "nested more than 8 deep"
      ),
    ])
  func mistakes(rule: String, place: String, words: String) async throws {
    let error = try await #require(throws: PlanError.self) {
      _ = try await Self.pack(
        Self.three, policy: "gates: [{id: g, metric: rules.a, max: 0}]\nrules:\n  - \(rule)\n")
    }
    #expect(error.exitStatus == .configuration)
    let told = error.mistakes.map(\.text)
    #expect(
      told.contains { $0.contains("policy.yaml:\(place): ") && $0.contains(words) }, "\(told)")
    // A check of a rule with a mistake is no second mistake; that where is misspelt means that it is missing.
    let hasID = rule.contains("id: a,") || rule.contains("id: a}")
    #expect(told.count == (hasID && !rule.contains("were") ? 1 : 2), "\(told)")
  }

  // MARK: Checks

  @Test(
    "A check whose group is no rule of the file is refused, with the nearest one",
    arguments: [
      ("rules, group: wildcard", "group: 'wildcard' is not known. Did you mean wildcards?"),
      ("rules, group: x", "group: 'x' is not known. Use wildcards."),
      (
        "rules.wildcards, group: wildcards",
        "group: 'wildcards' is not known. Remove the key: rules.wildcards has no groups."
      ),
    ])
  func unknownGroup(metric: String, words: String) async throws {
    let rules = "rules: [{id: wildcards, where: {user: {exists: true}}}]\n"
    let error = try await #require(throws: PlanError.self) {
      _ = try await Self.pack(
        Self.three, policy: "\(rules)gates: [{id: g, max: 0, metric: \(metric)}]")
    }
    #expect(error.exitStatus == .configuration)
    #expect(error.mistakes.count == 1 && error.description.contains(words), "\(error.description)")
  }

  @Test("A check may ask for one rule as a group of all")
  func knownGroup() async throws {
    let pack = try await Self.pack(
      Self.three,
      policy: """
        rules: [{id: wildcards, where: {user: {exists: true}}}]
        gates: [{id: g, metric: rules, group: wildcards, max: 0}]
        """)
    let gates = try MergeCase.report(at: pack.path).objects("gates")
    #expect(gates[0]["result"] as? String == "failed")
  }

  @Test(
    "A check of a rule fails the run wherever the rules stand, of all rules too, and names its figure",
    arguments: [true, false])
  func gates(rulesFirst: Bool) async throws {
    let rules = """
      rules:
        - {id: found, title: What is found, where: {status: {equals: Failed}}}
        - {id: nothing, where: {user: {equals: nobody}}}

      """
    let checks = """
      gates:
        - {id: one, metric: rules.found, max: 0}
        - {id: none, metric: rules.nothing, max: 0, required: true}
        - {id: every, metric: rules, max: 1}
        - {id: group, metric: rules, group: found, max: 0}
        - {id: few, metric: rules.found, max: 0, minimumN: 4}

      """
    var status = AuditModel.ExitStatus.complete
    let pack = try await Self.pack(
      Self.three, policy: rulesFirst ? rules + checks : checks + rules
    ) {
      $0.options.format = "csv,json,ndjson,html,junit,markdown,metrics,xlsx"
    } result: {
      status = $0.exitStatus
    }
    #expect(status == .breach)
    let report = try MergeCase.report(at: pack.path)
    let gates = try report.objects("gates")
    #expect(
      gates.map { $0["result"] as? String } == [
        "failed", "passed", "passed", "failed", "notJudged",
      ])
    #expect(
      gates.map { $0["metric"] as? String }.prefix(3) == ["rules.found", "rules.nothing", "rules"])
    let evaluated = try #require(gates[0]["evaluated"] as? [[String: Any]])
    #expect(evaluated.map { $0["n"] as? Int } == [3])
    #expect(evaluated.map { $0["value"] as? Int } == [1])
    let rule = try #require(report.object("metrics").objects("rules").first)
    #expect(rule["title"] as? String == "What is found")
    let rate = try rule.object("rate")
    #expect(rate["k"] as? Int == 1 && rate["n"] as? Int == 3 && rate["small"] as? Bool == true)
    let table = CSVReader.rows(of: try pack.read("tables/rules.csv"))
    #expect(
      table.map { $0.prefix(4) } == [
        ["id", "title", "instances", "n"], ["found", "What is found", "1", "3"],
        ["nothing", "nothing", "0", "3"],
      ])
    #expect(table[0].dropFirst(4) == ["share", "low", "high"])
    let page = String(decoding: try pack.read("report.html"), as: UTF8.self)
    #expect(page.contains("Rules of the policy"))
    #expect(page.contains("1 of 2 rules of the policy is fulfilled by at least one instance."))
    #expect(page.contains("found: 1 instance, by reference ID"))
    #expect(try await pack.verify().isIntact)
    let metrics = try JSONDecoder().decode(
      [String: JSONValue].self, from: Data(pack.read("report.json")))["metrics"]
    #expect(
      RulesMetric.figures[0].values(in: try #require(metrics)).map {
        "\($0.group ?? "") \($0.value ?? -1) \($0.n ?? 0)"
      }
        == ["found 1.0 3", "nothing 0.0 3"])
  }

  @Test("A check of a rule that does not exist is refused with the nearest one")
  func unknownRule() async throws {
    let error = try await #require(throws: PlanError.self) {
      _ = try await Self.pack(
        Self.three,
        policy: """
          gates: [{id: a, metric: rules.wildcard-name, max: 0}]
          rules: [{id: wildcard-names, where: {common_name: {startsWith: '*.'}}}]
          """)
    }
    #expect(
      error.description.contains("policy.yaml:1:25: metric: 'rules.wildcard-name' is not a figure.")
    )
    #expect(error.description.contains("Did you mean rules.wildcard-names?"))
  }

  // MARK: Packs

  private static let policy = """
    gates: [{id: old, metric: rules.old, max: 100}]
    rules:
      - {id: old, title: Old ones of Ada, where: {user: {equals: "CORP\\\\ada"}, start: {olderThan: 20d}}}
      - {id: lower, where: {user: {startsWith: corp}}}
    """

  private static func randomPack(
    seed: Int = 9, _ change: (inout MainJob) throws -> Void = { _ in }
  ) async throws -> PackCase {
    try await pack(RandomRows(seed: seed).page, policy: policy, change)
  }

  @Test("A count that is changed is found, even where the digests fit")
  func tampering() async throws {
    let pack = try await Self.randomPack()
    let count = try #require(try Self.ids(pack.path)["lower"]?.count)
    try pack.replace(
      "\"instances\" : \(count),\n        \"rate\"",
      with: "\"instances\" : \(count + 1),\n        \"rate\"",
      in: "report.json")
    try pack.forgeDigests()
    #expect(!(try await pack.verify().isIntact))
  }

  @Test("A pack without rules says nothing of them; render counts those of another policy")
  func otherPolicy() async throws {
    let pack = try await Self.randomPack { $0.options.policy = nil }
    let report = try MergeCase.report(at: pack.path)
    #expect(try report.object("metrics")["rules"] == nil)
    let limitations = try #require(report["limitations"] as? [String])
    #expect(!limitations.contains { $0.contains("rules in the policy") || $0.contains(" rules") })
    var options = RenderRun.Options(out: pack.job.folder("out"))
    options.policy = pack.job.folder("policy.yaml")
    _ = try await RenderRun(pack: pack.path, options: options, workers: 2, warning: { _ in }).run()
    let own = try await Self.randomPack()
    #expect(try Self.ids(options.out) == Self.ids(own.path))
    #expect(
      try MergeCase.report(at: options.out).objects("gates").map { $0["result"] as? String } == [
        "passed"
      ])
  }

  @Test("A policy that is not there, or its framework, is told by render as by run")
  func missingFiles() async throws {
    let pack = try await Self.randomPack()
    try pack.job.folder.write("frameworks: [f1.yaml]", to: "lost.yaml")
    for (policy, words) in [
      ("nowhere.yaml", "--policy: the file \(pack.job.folder("nowhere.yaml")) does not exist."),
      ("lost.yaml", "frameworks: the file \(pack.job.folder("f1.yaml")) does not exist. Check"),
    ] {
      var options = RenderRun.Options(out: pack.job.folder("out"))
      options.policy = pack.job.folder(policy)
      let error = try await #require(throws: PlanError.self) {
        _ = try await RenderRun(pack: pack.path, options: options, workers: 2, warning: { _ in })
          .run()
      }
      #expect(error.exitStatus == .missingInput)
      #expect(error.description.contains(words), "\(error.description)")
    }
  }

  @Test("--metrics chooses them like others, and where no policy has any the report says so")
  func metrics() async throws {
    let chosen = try await Self.randomPack { $0.options.metrics = "rules" }
    #expect(
      try MergeCase.report(at: chosen.path).object("metrics").keys.sorted()
        == ["normalisation", "population", "rules"])
    let others = try await Self.randomPack { $0.options.metrics = "trend" }
    #expect(try MergeCase.report(at: others.path).object("metrics")["rules"] == nil)
    let none = try await Self.randomPack {
      $0.options.metrics = "rules"
      $0.options.policy = nil
    }
    let limitations = try #require(MergeCase.report(at: none.path)["limitations"] as? [String])
    #expect(limitations.contains("Not available without rules in the policy: rules."))
  }

  @Test("A pseudonymised copy has the counts of the original, and none of the words of its rules")
  func pseudonymised() async throws {
    let pack = try await Self.randomPack()
    var options = RenderRun.Options(out: pack.job.folder("copy"))
    options.pseudonyms = Pseudonyms(key: Array("0123456789abcdef".utf8))
    _ = try await RenderRun(pack: pack.path, options: options, workers: 2, warning: { _ in }).run()
    let ids = try Self.ids(options.out)
    #expect(ids == (try Self.ids(pack.path)))
    #expect(ids.values.allSatisfy { !$0.isEmpty })
    for file in ["report.json", "report.html", "tables/rules.csv"] {
      let text = try String(contentsOfFile: "\(options.out)/\(file)", encoding: .utf8)
      #expect(!text.contains("Ada") && !text.contains("CORP"), "\(file)")
    }
  }

  @Test("Two packs are compared rule by rule")
  func compared() async throws {
    let (old, new) = (try await Self.randomPack(), try await Self.randomPack(seed: 19))
    let bytes = try await DiffRun(old: old.path, new: new.path, workers: 2).run().json()
    let diff = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let figures = try diff.object("figures").objects("figures").filter {
      $0["figure"] as? String == "rules"
    }
    #expect(Set(figures.compactMap { $0["group"] as? String }) == ["old", "lower"])
    let counts = (try Self.ids(old.path)["lower"]?.count, try Self.ids(new.path)["lower"]?.count)
    let lower = try #require(figures.first { $0["group"] as? String == "lower" })
    #expect(lower["old"] as? Int == counts.0 && lower["new"] as? Int == counts.1)
    let next = try await Self.pack(RandomRows(seed: 19).page, policy: Self.policy) {
      $0.options.previous = old.path
    }
    let previous = String(decoding: try next.read(PreviousDocument.path), as: UTF8.self)
    #expect(previous.contains("\"rules\""))
  }

  // MARK: Merged packs

  private static func part(
    _ days: ClosedRange<Int>, policy: String, asOf: String? = nil
  ) async throws -> PackCase {
    try await MergeCase.pack(days: days) { job in
      try job.folder.write(policy, to: "policy.yaml")
      job.options.policy = job.folder("policy.yaml")
      if let asOf { job.options.asOf = asOf }
    }
  }

  @Test("A merge counts the rules that all its packs have, each row as of its own pack")
  func merged() async throws {
    let policy = """
      rules:
        - {id: every, where: {reference_id: {exists: true}}}
        - {id: aged, where: {start: {olderThan: 15d}}}
      """
    let parts = [
      try await Self.part(1...10, policy: policy, asOf: "2026-10-20T12:00:00Z"),
      try await Self.part(10...20, policy: policy),
    ]
    let counts = try parts.map { part in
      try MergeCase.report(at: part.path).object("metrics").objects("rules")
        .map { try #require($0["instances"] as? Int) }
    }
    // At the later instant all of the first would be that old.
    #expect(counts[0][1] > 0 && counts[0][1] < counts[0][0])
    let merge = try MergeCase(parts)
    let report = try await merge.report()
    let rules = try report.object("metrics").objects("rules")
    let sums = zip(counts[0], counts[1]).map { $0 + $1 }
    #expect(rules.map { $0["instances"] as? Int } == sums)
    #expect(try rules[0].object("rate")["n"] as? Int == sums[0])
    let table = try Data(contentsOf: URL(filePath: merge.folder("out/tables/rules.csv")))
    #expect(CSVReader.rows(of: Array(table)).count == 3)
  }

  @Test("A merge of packs with different rules counts none, and says so")
  func differing() async throws {
    let parts = [
      try await Self.part(1...10, policy: "rules: [{id: a, where: {user: {exists: true}}}]"),
      try await Self.part(10...20, policy: "gates: [{id: a, completeness: proved}]"),
    ]
    let report = try await MergeCase(parts).report()
    #expect(try report.object("metrics")["rules"] == nil)
    let limitations = try #require(report["limitations"] as? [String])
    #expect(limitations.contains { $0.contains("different rules over rows") })
    #expect(!limitations.contains { $0.contains("nobody asked for it: rules") })
  }
}
