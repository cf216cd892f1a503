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

  @Test("A check may ask for one rule as a group of all")
  func knownGroup() async throws {
    let pack = try await RuleCase.pack(
      RuleCase.three,
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
    let pack = try await RuleCase.pack(
      RuleCase.three, policy: rulesFirst ? rules + checks : checks + rules
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

  private static let policy = """
    gates: [{id: old, metric: rules.old, max: 100}]
    rules:
      - {id: old, title: Old ones of Ada, where: {user: {equals: "CORP\\\\ada"}, start: {olderThan: 20d}}}
      - {id: lower, where: {user: {startsWith: corp}}}
    """

  private static func randomPack(
    seed: Int = 9, _ change: (inout MainJob) throws -> Void = { _ in }
  ) async throws -> PackCase {
    try await RuleCase.pack(RandomRows(seed: seed).page, policy: policy, change)
  }

  @Test("A count that is changed is found, even where the digests fit")
  func tampering() async throws {
    let pack = try await Self.randomPack()
    let count = try #require(try RuleCase.ids(pack.path)["lower"]?.count)
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
    let rendered = try await pack.render { $0.policy = pack.job.folder("policy.yaml") }
    let own = try await Self.randomPack()
    #expect(try RuleCase.ids(rendered) == RuleCase.ids(own.path))
    #expect(
      try MergeCase.report(at: rendered).objects("gates").map { $0["result"] as? String } == [
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
      let error = try await #require(throws: PlanError.self) {
        try await pack.render { $0.policy = pack.job.folder(policy) }
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
    let copy = try await pack.render { $0.pseudonyms = PackCase.pseudonyms }
    let ids = try RuleCase.ids(copy)
    #expect(ids == (try RuleCase.ids(pack.path)))
    #expect(ids.values.allSatisfy { !$0.isEmpty })
    for file in ["report.json", "report.html", "tables/rules.csv"] {
      let text = try String(contentsOfFile: "\(copy)/\(file)", encoding: .utf8)
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
    let counts = (
      try RuleCase.ids(old.path)["lower"]?.count, try RuleCase.ids(new.path)["lower"]?.count
    )
    let lower = try #require(figures.first { $0["group"] as? String == "lower" })
    #expect(lower["old"] as? Int == counts.0 && lower["new"] as? Int == counts.1)
    let next = try await RuleCase.pack(RandomRows(seed: 19).page, policy: Self.policy) {
      $0.options.previous = old.path
    }
    let previous = String(decoding: try next.read(PreviousDocument.path), as: UTF8.self)
    #expect(previous.contains("\"rules\""))
  }

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
