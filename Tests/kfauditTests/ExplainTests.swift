import AuditModel
import AuditPlan
import AuditReduce
import AuditReport
import Foundation
import TestSupport
import Testing

@testable import kfaudit

@Suite("kfaudit explain")
struct ExplainTests {
  private let program = BuiltProgram()

  @Test("A code is explained in any of its forms", arguments: ["KFA-1023", "kfa-1023", "1023"])
  func code(text: String) async throws {
    let answer = try await program.run("explain", text)
    let entry = MessageCode.invalidChoice.entry
    #expect(answer.status == 0 && answer.errors.isEmpty)
    for words in ["KFA-1023", "Exit status: 64", entry.cause, entry.remedy] {
      #expect(answer.output.contains(words), "\(answer.output)")
    }
  }

  @Test(
    "Every kind of name is explained",
    arguments: [
      ("65", "does not verify"), ("provedWithChanges", "changed between the reads"),
      ("backlog", "still open"), ("backlog.open", "metrics.backlog.open"),
      ("failureRates.byUser", "95% confidence interval"), ("SCOPE", "permission"),
      ("scope", "permission"), ("hiddenRecords", "account"), ("exceptions.unused", "max or min"),
      ("R9", "State: partly where a finished revocation"), ("requirements", "R1 to R16"),
      ("rules.ID", "fulfil the rule ID of the policy"),
    ])
  func names(name: String, words: String) async throws {
    let answer = try await program.run("explain", name)
    #expect(answer.status == 0)
    let text = answer.output.replacing("\n    ", with: " ")
    #expect(text.contains(words), "\(answer.output)")
    for line in answer.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test(
    "JSON has the kind, the name and the meaning", arguments: ["KFA-8006", "3", "trend", "GAP"])
  func json(name: String) async throws {
    let answer = try await program.run("explain", name, "--format", "json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: String])
    #expect(object["name"] == name)
    #expect(Explanation.Kind.allCases.map(\.rawValue).contains(object["kind"] ?? ""))
    #expect(object["meaning"]?.isEmpty == false)
  }

  @Test("An unknown name answers 64 with the nearest one")
  func unknown() async throws {
    let answer = try await program.run("explain", "backlog.opne")
    #expect(answer.status == 64 && answer.output.isEmpty)
    #expect(answer.errors.contains("'backlog.opne'") && answer.errors.contains("backlog.open?"))
    #expect(answer.errors.hasSuffix(" [KFA-1050]\n"))
  }

  @Test("Without a name every code, metric, figure, notice and status is listed")
  func list() async throws {
    let answer = try await program.run("explain")
    #expect(answer.status == 0)
    let names =
      MessageCode.allCases.map(\.name) + MetricKey.allCases.map(\.rawValue)
      + Gate.figures.map(\.name) + Notice.Code.allCases.map(\.rawValue)
      + ExitStatus.allCases.map { "\($0.rawValue)" }
    for name in names { #expect(answer.output.contains("\n  \(name)"), "\(name)") }
    let all = try await program.run("explain", "--format", "json")
    let objects = try #require(
      try JSONSerialization.jsonObject(with: Data(all.output.utf8)) as? [[String: String]])
    #expect(objects.count == ExplanationCatalogue.all.count)
  }

  @Test("Every name has a meaning, and is found by itself in any case")
  func meanings() {
    for explanation in ExplanationCatalogue.all {
      #expect(!explanation.meaning.isEmpty, "\(explanation.name)")
      let found = ExplanationCatalogue.explanations(of: explanation.name.uppercased())
      #expect(found.contains(explanation))
      #expect(found.count == 1 || found.map(\.kind) == [.metric, .figure], "\(explanation.name)")
    }
  }

  @Test("Requirements have the ids, titles and sources of a report")
  func requirements() throws {
    let found = ExplanationCatalogue.all.filter {
      $0.kind == .requirement && $0.name != "requirements"
    }
    let expected = Fixture().report.requirements
    #expect(found.map(\.name) == expected.map(\.id))
    #expect(found.map(\.meaning) == expected.map { "\($0.title)." })
    #expect(found.map { $0.facts.first?.text } == expected.map(\.source))
  }

  @Test(
    "A rule of a policy is explained under the id that it has there",
    arguments: ["rules.few-wildcards", "RULES.few-wildcards"])
  func rule(name: String) async throws {
    let answer = try await program.run("explain", name, "--format", "json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: String])
    #expect(object["kind"] == "figure" && object["name"] == "rules.few-wildcards")
    #expect(object["place"] == "metrics.rules[], where id is few-wildcards")
    #expect(object["policy"] == "metric: rules.few-wildcards, with max or min such as 0 or 10")
  }

  @Test("A name that is a metric and a figure is explained as both")
  func both() async throws {
    let text = try await program.run("explain", "sla").output
    #expect(text.contains("In report.json: metrics.sla\n") && text.contains("In a policy:"))
    let json = try await program.run("explain", "sla", "--format", "json").output
    let objects = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: String]])
    #expect(objects.map { $0["kind"] } == ["metric", "figure"])
  }
}
