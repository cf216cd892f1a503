import AuditModel
import Testing

@testable import AuditPlan

@Suite("Mistakes in rules over rows")
struct RuleMistakeTests {
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
      _ = try await RuleCase.pack(
        RuleCase.three, policy: "gates: [{id: g, metric: rules.a, max: 0}]\nrules:\n  - \(rule)\n")
    }
    #expect(error.exitStatus == .configuration)
    let told = error.mistakes.map(\.text)
    #expect(
      told.contains { $0.contains("policy.yaml:\(place): ") && $0.contains(words) }, "\(told)")
    // A check of a rule with a mistake is no second mistake; that where is misspelt means that it is missing.
    let hasID = rule.contains("id: a,") || rule.contains("id: a}")
    #expect(told.count == (hasID && !rule.contains("were") ? 1 : 2), "\(told)")
  }

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
      _ = try await RuleCase.pack(
        RuleCase.three, policy: "\(rules)gates: [{id: g, max: 0, metric: \(metric)}]")
    }
    #expect(error.exitStatus == .configuration)
    #expect(error.mistakes.count == 1 && error.description.contains(words), "\(error.description)")
  }

  @Test("A check of a rule that does not exist is refused with the nearest one")
  func unknownRule() async throws {
    let error = try await #require(throws: PlanError.self) {
      _ = try await RuleCase.pack(
        RuleCase.three,
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
}
