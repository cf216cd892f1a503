import AuditModel
import AuditRender
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditPlan
@testable import AuditRun

@Suite("OSCAL in a pack")
struct AssessmentResultsPackTests {
  private static let file = "assessment-results.json"
  private static let policy = """
    gates:
      - {id: evidence, completeness: proved}
      - {id: failures, metric: failureRates.byUser, max: 0, severity: high, controls: [nist-800-53/AU-6, own/1.2]}
      - {id: enough, metric: population.instances, min: 1}
      - {id: change, metric: changes.gone, max: 0}
      - {id: open, metric: backlog.open, max: 0}
    waivers:
      - {gate: open, owner: A, reason: r, ticket: T-1, created: 2026-01-01T00:00:00Z, expires: 2027-12-01T00:00:00+01:00}
    """

  private func pack(
    _ formats: String = "csv,json,oscal", policy: String? = policy
  ) async throws -> PackCase {
    try await PackCase.saved { job in
      if let policy {
        try job.folder.write(policy, to: "policy.yaml")
        job.options.policy = job.folder("policy.yaml")
      }
      job.options.acceptUnproved = true
      job.options.format = formats
    }
  }

  private func render(
    _ pack: PackCase, _ change: (inout RenderRun.Options) -> Void = { _ in }
  ) async throws -> [UInt8] {
    try await pack.render(to: "out", change)
    return try pack.job.folder.read("out/\(Self.file)")
  }

  @Test("It is verified and rendered to the byte, and a forged one is found")
  func verified() async throws {
    let pack = try await pack()
    #expect(try await pack.verify().isIntact)
    #expect(try await render(pack) == pack.read(Self.file))
    let text = String(decoding: try pack.read(Self.file), as: UTF8.self)
    #expect(text.contains(#""control-id" : "au-6""#) && text.contains(#""control-id" : "own-1.2""#))
    try pack.replace("\"not-satisfied\"", with: "\"satisfied\"", in: Self.file)
    try pack.forgeDigests()
    #expect(try await !pack.verify().isIntact)
  }

  @Test("Without a policy there is nothing to say, and that is said before anything is read")
  func withoutPolicy() async throws {
    let error = try await #require(throws: PlanError.self) { _ = try await pack(policy: nil) }
    #expect(error.exitStatus == .usage && error.description.contains("--policy"))
    let other = try await pack("json", policy: nil)
    let refusal = try await #require(throws: PlanError.self) {
      _ = try await render(other) { $0.format = "oscal" }
    }
    #expect(refusal.exitStatus == .usage)
    let folder = other.job.folder
    try folder.write(Self.policy, to: "policy.yaml")
    _ = try await render(other) { options in
      options.format = "oscal"
      options.policy = folder("policy.yaml")
    }
  }

  @Test(
    "A policy without checks is refused as early",
    arguments: ["gates: []\n", "rules: [{id: a, where: {status: {equals: Failed}}}]\n"])
  func nothingToSay(policy: String) async throws {
    let error = try await #require(throws: PlanError.self) {
      _ = try await pack("json,oscal", policy: policy)
    }
    #expect(error.exitStatus == .usage && error.description.contains("a policy without checks"))
    let other = try await pack("json", policy: policy)
    let refusal = try await #require(throws: PlanError.self) {
      _ = try await render(other) { $0.format = "oscal" }
    }
    #expect(refusal.exitStatus == .usage)
  }

  @Test(
    "A time from the year 3000 on is refused, for OSCAL only",
    arguments: [("2999-12-31T23:59:59Z", true), ("3000-01-01T00:00:00Z", false)])
  func farTimes(asOf: String, isTaken: Bool) async throws {
    func pack(_ formats: String) async throws {
      _ = try await PackCase.saved { job in
        try job.folder.write(Self.policy, to: "policy.yaml")
        job.options.policy = job.folder("policy.yaml")
        job.options.acceptUnproved = true
        job.options.format = formats
        job.options.asOf = asOf
      }
    }
    if isTaken { return try await pack("oscal") }
    let error = try await #require(throws: PlanError.self) { try await pack("json,oscal") }
    #expect(error.exitStatus == .usage && error.description.contains("--as-of 3000-01-01"))
    try await pack("json")
  }

  @Test("A waiver of a group accepts the breach of that group only")
  func waiverOfGroup() async throws {
    let waiver =
      "{gate: f, owner: A, reason: r, ticket: T, created: 2026-01-01T00:00:00Z, expires: 2027-12-01T00:00:00Z"
    let policy = """
      gates: [{id: f, metric: failureRates.byUser, max: 0}]
      waivers:
        - \(waiver), group: 'KEYEXAMPLE\\jsmith5'}
        - \(waiver)}
      """
    let text = String(
      decoding: try await pack("oscal", policy: policy).read(Self.file), as: UTF8.self)
    #expect(text.contains("jsmith5 is accepted until"))
    #expect(text.contains("The breach is accepted until"))
  }

  @Test("With another policy the document leads to no policy of the pack")
  func otherPolicy() async throws {
    let pack = try await pack()
    let folder = pack.job.folder
    try folder.write("gates: [{id: enough, metric: population.instances, min: 1}]", to: "p.yaml")
    let text = String(
      decoding: try await render(pack) { $0.policy = folder("p.yaml") }, as: UTF8.self)
    #expect(!text.contains("policy.yaml") && text.contains("\"name\" : \"sha-256\""))
  }

  @Test(
    "An id that OSCAL does not take is refused with its place, and only where the format is asked for",
    arguments: ["1st-check", "a check", "é", "a/b"])
  func identifiers(id: String) async throws {
    let policy = "gates:\n  - {id: '\(id)', completeness: unproved}\n"
    let error = try await #require(throws: PlanError.self) {
      _ = try await pack("json,oscal", policy: policy)
    }
    #expect(error.exitStatus == .configuration)
    #expect(error.description.contains("policy.yaml:2:10: id: '\(id)'"))
    _ = try await pack("json", policy: policy)
  }

  @Sendable private static func isUsable() async -> Bool {
    await PythonScript.canImport("trestle, oscal")
  }

  /// Reports of all kinds, the first of which has every part.
  private static func reports() -> [ReportDocument] {
    let report = Fixture(verdict: .proved).report.withChecks()
    var unmapped = report
    for index in unmapped.gates.indices { unmapped.gates[index].controls = [] }
    var unevaluated = report
    unevaluated.gates.removeAll { $0.result != .notJudged }
    var empty = report
    empty.gates = []
    var long = report
    long.gates[0].id = String(repeating: "x", count: 5000)
    long.gates[0].evaluated[0].label = long.gates[0].id
    var copy = report
    copy.cover.twinOf = String(repeating: "0", count: 64)
    var generator = SeededGenerator(seed: 27)
    let hostile = (0..<6).map { _ in
      let text = HostileText.random(using: &generator)
      return Fixture(text: { text + $0 }, verdict: .unproved).report.withChecks(text)
    }
    return [
      report, unmapped, unevaluated, empty, long, copy,
      Fixture(verdict: .incomplete).report.withChecks(),
    ]
      + hostile
  }

  @Test(
    "Two validators take every document, and with the checks of references nothing required can be missing",
    .slow, .enabled { await isUsable() })
  func validators() async throws {
    let folder = try TemporaryFolder()
    var paths: [String] = []
    for (index, report) in Self.reports().enumerated() {
      let digest = String(repeating: "0", count: 64)
      let artifact = try AssessmentResults.render(report, policy: digest) { _ in digest }
      let name = "\(index).json"
      try folder.write(String(decoding: artifact.bytes, as: UTF8.self), to: name)
      paths.append(folder(name))
    }
    let pack = try await pack()
    paths.append("\(pack.path)/\(Self.file)")
    try folder.write(Self.policy, to: "policy.yaml")
    _ = try await render(pack) { $0.policy = folder("policy.yaml") }
    paths.append(pack.job.folder("out/\(Self.file)"))
    let (status, output) = try await PythonScript(name: "assessment_results").run(paths)
    #expect(status == 0, "\(output)")
    let lines = output.split(separator: "\n")
    // References lead nowhere, or say the opposite: only the checks of this project see that.
    let unseen = lines.filter { $0.hasPrefix("only here: ") }.map { $0.dropFirst(11) }
    #expect(unseen == Self.seenHereOnly)
    #expect(lines.contains { $0.hasPrefix("\(paths.count) valid; ") })
  }

  private static let nowhere = "'00000000-0000-4000-8000-000000000000'"
  private static let seenHereOnly: [Substring] = [
    "hashes with value 'xyz'", "import-ap with href '#\(nowhere.dropFirst())",
    "related-observations with observation-uuid \(nowhere)",
    "related-risks with risk-uuid \(nowhere)",
    "relevant-evidence with href '#\(nowhere.dropFirst())", "a failed check that is satisfied",
    "a passed check that is not satisfied", "a finding about no check",
    "a waived check without its risk", "a risk of no group", "a risk of a group that is not waived",
    "a wrong word on completeness",
  ]
}
