import Foundation
import TestSupport
import Testing

/// The policies of Examples, as somebody uses them: by their path, against the sandbox.
@Suite("The example policies", .slow)
struct PolicyExampleTests {
  private static let examples = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples")

  /// What a policy finds in the sandbox's month of October.
  struct Case: CustomTestStringConvertible, Sendable {
    let file: String
    let failed: Set<String>
    /// The checks that the sample waiver waives once its comment marks are removed.
    var waived: Set<String> = []
    /// The states of controls, none of which is `noGate`.
    var states: [String: String] = [:]
    var testDescription: String { file }
  }

  static let cases = [
    Case(file: "policy.yaml", failed: []),
    Case(
      file: "policies/baseline.yaml", failed: [],
      states: [
        "AU-3": "evidenced", "AU-9": "notEvaluated", "AU-11": "notEvaluated",
      ]),
    Case(
      file: "policies/cabf-br.yaml",
      failed: [
        "revocations-within-5-days", "revocations-within-24-hours", "revocations-succeed",
      ],
      waived: ["revocations-within-24-hours"],
      states: [
        "4.9.1.1": "contradicted", "4.9.3": "contradicted", "4.9.5": "contradicted",
        "5.4.1": "evidenced", "5.4.3": "notEvaluated",
      ]),
    Case(
      file: "policies/strict.yaml",
      failed: [
        "titles-understood", "failing-users", "no-repeated-failures", "revocations-in-time",
        "nothing-forgotten", "no-own-revocations", "no-approval-bypass", "no-many-requesters",
        "no-refused-then-obtained",
      ],
      waived: ["no-own-revocations"],
      states: [
        "AU-3": "contradicted", "AU-9": "notEvaluated",
        "AU-11": "notEvaluated", "IA-5": "contradicted",
        "CC6.2": "contradicted",
      ]),
    Case(
      file: "policies/rules.yaml",
      failed: ["few-wildcards", "code-signing-decided", "revocations-have-effect"],
      waived: ["revocations-have-effect"]),
  ]

  private func read(_ file: String) throws -> String {
    try String(contentsOf: Self.examples.appendingPathComponent(file), encoding: .utf8)
  }

  /// The results of a policy's checks, the states of its controls, the codes of the notices, and the exit status.
  private func judge(
    _ policy: String
  ) async throws -> (
    results: [String: String], states: [String: String], notices: [String], status: Int32
  ) {
    let work = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer {
      do { try FileManager.default.removeItem(at: work) } catch { Issue.record(error) }
    }
    // The frameworks are beside a policy of either folder.
    for (link, folder) in [("frameworks", "policies/frameworks"), ("policies", "policies")] {
      try FileManager.default.createSymbolicLink(
        at: work.appendingPathComponent(link),
        withDestinationURL: Self.examples.appendingPathComponent(folder))
    }
    let file = work.appendingPathComponent("policy.yaml")
    try policy.write(to: file, atomically: false, encoding: .utf8)
    let answer = try await BuiltProgram().run(
      "run", "--sandbox", "--period", "2026-10", "--as-of", "2026-11-02T06:00:00Z",
      "--format", "json", "--policy", file.path,
      "--out", work.appendingPathComponent("archive").path)
    try #require(answer.output.hasSuffix("\n"), "\(answer.errors)")
    let report = try JSONSerialization.jsonObject(
      with: Data(
        contentsOf: URL(fileURLWithPath: String(answer.output.dropLast()))
          .appendingPathComponent("report.json")))
    let document = try #require(report as? [String: Any])
    let gates = try #require(document["gates"] as? [[String: Any]])
    let completeness = try #require(document["completeness"] as? [String: Any])
    let notices = try #require(completeness["findings"] as? [[String: Any]])
    let controls = try #require(document["controls"] as? [[String: Any]])
    let pairs = { (objects: [[String: Any]], key: String, value: String) in
      Dictionary(
        uniqueKeysWithValues: objects.map { ($0[key] as? String ?? "", $0[value] as? String ?? "") }
      )
    }
    return (
      pairs(gates, "id", "result"), pairs(controls, "control", "state"),
      notices.map { $0["code"] as? String ?? "" }, answer.status
    )
  }

  @Test("Each is used as it is, without a notice about waivers", arguments: cases)
  func asItIs(_ example: Case) async throws {
    let found = try await judge(read(example.file))
    #expect(Set(found.results.filter { $0.value == "failed" }.keys) == example.failed)
    #expect(found.status == (example.failed.isEmpty ? 0 : 1))
    #expect(found.notices == [])
    #expect(found.states.filter { $0.value != "noGate" } == example.states)
    #expect(found.states.isEmpty == example.states.isEmpty)
    // What only a comparison with an earlier pack can tell.
    let skipped = found.results.filter { $0.value == "notJudged" }.keys
    #expect(skipped.isEmpty == example.file.contains("rules"))
    #expect(
      skipped.allSatisfy {
        $0.hasPrefix("nothing-") || $0.hasPrefix("no-new-")
      }, "\(skipped)")
  }

  @Test("Its sample waiver is valid once the comment marks are removed", arguments: cases)
  func waiver(_ example: Case) async throws {
    let text = try read(example.file)
    let mark = try #require(text.firstRange(of: /# (?:exceptions|waivers):\n/))
    let waiver = text[mark.lowerBound...].split(separator: "\n").map { $0.dropFirst("# ".count) }
    let found = try await judge(text[..<mark.lowerBound] + waiver.joined(separator: "\n") + "\n")
    #expect(Set(found.results.filter { $0.value == "excepted" }.keys) == example.waived)
    #expect(found.notices == (example.waived.isEmpty ? ["EXCEPTION_UNUSED"] : []))
  }
}
