import AuditEvidence
import AuditModel
import AuditReport
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditPlan
@testable import AuditReduce
@testable import AuditRun

@Suite("Policies")
struct PolicyTests {
  /// The gates of a pack of saved pages under a policy, by id.
  private func judge(
    _ yaml: String, change: (inout MainJob) throws -> Void = { _ in }
  ) async throws -> (
    gates: [String: GateDocument.Result], status: AuditModel.ExitStatus, pack: PackCase
  ) {
    var status = AuditModel.ExitStatus.complete
    let pack = try await PackCase.saved { job in
      try job.folder.write(yaml, to: "policy.yaml")
      job.options.policy = job.folder("policy.yaml")
      job.options.acceptUnproved = true
      job.options.format = "json,html,junit,markdown,metrics"
      try change(&job)
    } result: {
      status = $0.exitStatus
    }
    let report =
      try JSONSerialization.jsonObject(with: Data(pack.read("report.json"))) as? [String: Any]
    let gates = try #require(report?["gates"] as? [[String: Any]])
    let results = try gates.map { gate in
      let result = try #require(gate["result"] as? String)
      return (
        try #require(gate["id"] as? String), try #require(GateDocument.Result(rawValue: result))
      )
    }
    return (Dictionary(uniqueKeysWithValues: results), status, pack)
  }

  private static let failing = """
    gates:
      - {id: evidence, completeness: proved}
      - {id: failures, metric: failureRates.byUser, max: 0, severity: high}
      - {id: enough, metric: population.instances, min: 100}
      - {id: beyond-doubt, metric: failureRates.byUser, on: low, max: 90%}
      - {id: too-few, metric: failureRates.byUser, max: 0, minimumN: 100000}
      - {id: change, metric: changes.gone, max: 0}
      - {id: slow, metric: turnaround.p50, group: Revocation, max: 365d}

    """

  @Test("Each axis is judged, and a breach answers 1 with all files written")
  func axes() async throws {
    let (gates, status, pack) = try await judge(Self.failing)
    #expect(
      gates == [
        "evidence": .failed, "failures": .failed, "enough": .passed, "beyond-doubt": .passed,
        "too-few": .notJudged, "change": .notJudged, "slow": .passed,
      ])
    #expect(status == .breach)
    #expect(
      Set(try pack.files()).isSuperset(
        of: [
          "report.html", "junit.xml", "summary.md", "metrics.prom", "evidence/inputs/policy.yaml",
        ]))
    #expect(try await pack.verify().isIntact)
    let page = String(decoding: try pack.read("report.html"), as: UTF8.self)
    #expect(page.contains("gates-table"))
  }

  @Test("The worst wins: incompleteness before a breach, and a required gate that cannot be judged")
  func worst() async throws {
    #expect(try await judge(Self.failing) { $0.options.acceptUnproved = false }.status == .unproved)
    let required = "gates:\n  - {id: change, metric: changes.gone, max: 0, required: true}\n"
    #expect(try await judge(required).status == .unproved)
    let passing = "gates:\n  - {id: enough, metric: population.instances, min: 1}\n"
    #expect(try await judge(passing).status == .complete)
  }

  private func exception(group: String? = nil, expires: String, ticket: String = "T-1") -> String {
    "  - {gate: failures, \(group.map { "group: '\($0)', " } ?? "")owner: A, reason: r, ticket: \(ticket), "
      + "created: 2026-10-01T00:00:00Z, expires: \(expires)}\n"
  }

  @Test("An exception is in force until it expires; that the gate failed stays")
  func exceptions() async throws {
    let gate = "gates:\n  - {id: failures, metric: failureRates.byUser, max: 0}\nexceptions:\n"
    let (gates, status, pack) = try await judge(gate + exception(expires: "2026-12-01T00:00:00Z"))
    #expect(gates["failures"] == .excepted)
    #expect(status == .complete)
    let report = String(decoding: try pack.read("report.json"), as: UTF8.self)
    #expect(report.contains("failed, "))
    #expect(report.contains("by A (T-1): r"))

    let expired = try await judge(gate + exception(expires: "2026-10-15T00:00:00Z"))
    #expect(expired.gates["failures"] == .failed && expired.status == .breach)
    #expect(
      String(decoding: try expired.pack.read("report.json"), as: UTF8.self).contains(
        "EXCEPTION_EXPIRED"))

    let other = try await judge(
      gate + exception(group: "nobody", expires: "2026-12-01T00:00:00Z")
        + exception(group: "nobody", expires: "2026-12-01T00:00:00Z", ticket: "T-2"))
    #expect(other.gates["failures"] == .failed)
    let findings = String(decoding: try other.pack.read("report.json"), as: UTF8.self)
    #expect(findings.contains("EXCEPTION_UNUSED") && findings.contains("EXCEPTION_OVERLAP"))
  }

  /// The checks of a pack, as their scripts read them.
  private struct Reported: Decodable {
    struct Gate: Decodable {
      struct Bound: Decodable, Equatable {
        var min: Double?
        var max: Double?
        var value: Double
        var unit: String
      }

      struct Evaluated: Decodable {
        var group: String?
        var label: String?
        var value: Double?
        var low: Double?
        var high: Double?
        var n: Int?
        var breach: Bool
        var waivedBy: String?
      }

      var metric: String
      var on: String?
      var bound: Bound?
      var evaluated: [Evaluated]
    }

    struct User: Decodable {
      var user: String
      var failed: Int
      var terminal: Int
    }

    struct Rates: Decodable {
      var byUser: [User]
    }

    struct Metrics: Decodable {
      var failureRates: Rates
    }

    var gates: [Gate]
    var metrics: Metrics
  }

  @Test("Each group is there with its value, whether it breaks the bound, and the waiver for it")
  func structure() async throws {
    let waived = "KEYEXAMPLE\\jsmith5"
    let (gates, _, pack) = try await judge(
      Self.failing + "exceptions:\n"
        + exception(group: waived, expires: "2026-12-01T00:00:00Z"))
    #expect(gates["failures"] == .failed)
    let report = try JSONDecoder().decode(Reported.self, from: Data(pack.read("report.json")))
    let failures = report.gates[1]
    #expect(failures.metric == "failureRates.byUser" && failures.on == "point")
    #expect(failures.bound == .init(min: nil, max: 0, value: 0, unit: "share"))
    let users = report.metrics.failureRates.byUser
    #expect(failures.evaluated.map(\.group) == users.map(\.user))
    for (evaluated, user) in zip(failures.evaluated, users) {
      #expect(evaluated.value == Double(user.failed) / Double(user.terminal))
      #expect(evaluated.n == user.terminal && evaluated.label == user.user)
      #expect(evaluated.breach == (user.failed > 0))
      #expect((evaluated.waivedBy != nil) == (user.user == waived))
      #expect(evaluated.waivedBy?.contains("by A (T-1)") ?? true)
    }
    #expect(report.gates[0].metric == "completeness" && report.gates[0].bound == nil)
    #expect(report.gates[0].evaluated.map(\.breach) == [true])
    #expect(report.gates[2].bound == .init(min: 100, max: nil, value: 100, unit: "1"))
    #expect(report.gates[4].evaluated.isEmpty && report.gates[5].evaluated.isEmpty)
    #expect(report.gates[6].bound?.unit == "ms")
    #expect(report.gates[6].evaluated.map(\.group) == ["Revocation"])
  }

  @Test("Gates can ask about the exceptions: how many ended, are of no use, overlap")
  func exceptionGates() async throws {
    let gates = """
      gates:
        - {id: expired, metric: exceptions.expired, max: 0}
        - {id: unused, metric: exceptions.unused, max: 0}
        - {id: overlapping, metric: exceptions.overlapping, max: 0}
        - {id: used, metric: exceptions.used, max: 1}
        - {id: failures, metric: failureRates.byUser, max: 0}
      exceptions:

      """
    let far = "2026-12-01T00:00:00Z"
    let sound = try await judge(gates + exception(expires: far))
    #expect(
      sound.gates == [
        "expired": .passed, "unused": .passed, "overlapping": .passed, "used": .passed,
        "failures": .excepted,
      ])
    #expect(sound.status == .complete)
    let odd = try await judge(
      gates + exception(expires: far) + exception(expires: "2026-10-02T00:00:00Z", ticket: "T-2")
        + exception(group: "nobody", expires: far, ticket: "T-3"))
    #expect(odd.gates["expired"] == .failed && odd.gates["unused"] == .failed)
    #expect(odd.gates["overlapping"] == .failed && odd.gates["failures"] == .excepted)
    #expect(odd.status == .breach)
    let circular = exception(expires: far).replacing("gate: failures", with: "gate: unused")
    await #expect(throws: PlanError.self) { try await judge(gates + circular) }
  }

  @Test("A waiver that ends within a week is a notice and a figure; what its owner adds is shown")
  func endingWaiver() async throws {
    let gates = """
      gates:
        - {id: soon, metric: exceptions.endsSoon, max: 0}
        - {id: failures, metric: failureRates.byUser, max: 0}
      waivers:

      """
    let later = try await judge(gates + exception(expires: "2099-01-01T00:00:00Z"))
    #expect(later.gates == ["soon": .passed, "failures": .excepted])
    let asOf = try #require(try Instant(rfc3339: PublishedPack(at: later.pack.path).manifest.asOf))
    let week: Int64 = 7 * 24 * 3_600_000
    let note = exception(expires: "\(asOf.advanced(byMilliseconds: week))").replacing(
      "ticket: T-1", with: "ticket: T-1, remediationDate: 2026-12-15, note: 'case <4711>'")
    let soon = try await judge(gates + note)
    #expect(soon.gates == ["soon": .failed, "failures": .excepted])
    let report = String(decoding: try soon.pack.read("report.json"), as: UTF8.self)
    #expect(report.contains("EXCEPTION_ENDS_SOON"))
    #expect(report.contains("by A (T-1): r; remediation by 2026-12-15; case <4711>"))
    let next = "\(asOf.advanced(byMilliseconds: week + 1))"
    #expect(try await judge(gates + exception(expires: next)).gates["soon"] == .passed)
  }

  @Test("F77: unrecognised titles are a breach only for a policy that says so")
  func unrecognised() async throws {
    let strict = "gates:\n  - {id: t, metric: normalisation.unrecognisedRate, max: 0.1%}\n"
    #expect(try await judge(strict).status == .breach)
  }

  @Test(
    "F14: a bound that is none, an unknown key and an unknown figure are told with their line",
    arguments: [
      ("{id: a, metric: failureRates.byUser, max: -1}", "max: '-1' is not valid. Use a share"),
      ("{id: a, metric: failureRates.byUser, max: nan}", "max: 'nan' is not valid. Use a share"),
      ("{id: a, metric: failureRates.byUser, max: 101%}", "max: '101%' is not valid. Use a share"),
      ("{id: a, metric: turnaround.p50, max: 5}", "max: '5' is not valid. Use a time"),
      ("{id: a, metric: failureRates.byUsr, max: 1}", "Did you mean failureRates.byUser?"),
      ("{id: a, metric: failureRates.byUser, maks: 1}", "Did you mean max?"),
      ("{id: a, metric: failureRates.byUser}", "of a metric needs a bound"),
      ("{id: a, metric: population.instances, on: low, max: 1}", "has no confidence interval"),
      ("{id: a, completeness: provd}", "Did you mean proved?"),
      ("{id: a}", "needs either completeness or metric"),
      ("{completeness: proved}", "id is missing"),
      ("{id: a, completeness: proved, severity: awful}", "'awful' is not known"),
      ("{id: a, completeness: proved}\n  - {id: a, completeness: proved}", "has the id 'a'"),
    ])
  func mistakes(gate: String, words: String) async throws {
    let error = try await #require(throws: PlanError.self) {
      _ = try await judge("gates:\n  - \(gate)\n")
    }
    #expect(error.exitStatus == .configuration)
    #expect(error.description.contains(words), "\(error.description)")
    #expect(error.description.contains("policy.yaml:"))
  }

  @Test(
    "An exception needs an owner, a reason, a ticket and its days",
    arguments: [
      ("{gate: a}", "owner is missing"),
      ("{gate: a, remediationDate: 2026-02-30}", "Use a valid day, such as"),
      ("{gate: a, expires: 2026-12-01}", "a time with a zone"),
      (
        "{gate: b, owner: o, reason: r, ticket: t, created: 2026-01-01T00:00:00Z, expires: 2026-12-01T00:00:00Z}",
        "there is no policy check 'b'"
      ),
      (
        "{gate: a, owner: o, reason: r, ticket: t, created: 2026-12-02T00:00:00Z, expires: 2026-12-01T00:00:00Z}",
        "is not after created"
      ),
    ])
  func exceptionMistakes(exception: String, words: String) async throws {
    let error = try await #require(throws: PlanError.self) {
      _ = try await judge(
        "gates:\n  - {id: a, completeness: proved}\nexceptions:\n  - \(exception)\n")
    }
    #expect(error.description.contains(words), "\(error.description)")
  }

  @Test("A re-run under another policy is another pack, and render judges by another policy")
  func otherPolicy() async throws {
    let (_, _, pack) = try await judge(Self.failing)
    var job = pack.job
    try job.folder.write(
      "gates:\n  - {id: enough, metric: population.instances, min: 1}\n", to: "other.yaml")
    job.options.policy = job.folder("other.yaml")
    #expect(try await job.run().pack.hasSuffix(".r2"))
    let render = { (policy: String?) async throws -> AuditModel.ExitStatus in
      var options = RenderRun.Options(out: job.folder("out"))
      options.policy = policy
      return try await RenderRun(pack: pack.path, options: options, workers: 2, warning: { _ in })
        .run()
    }
    #expect(try await render(job.options.policy) == .complete)
    #expect(try await render(job.folder("policy.yaml")) == .breach)
    #expect(try await render(nil) == .complete)
  }

  @Test("The documentation lists the figures that there are")
  func documentation() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Sources/kfaudit/Documentation.docc/Policies.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.range(of: "## Figures\n\n")?.upperBound)
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try (text[..<start] + Gate.figures.documentation).write(
        to: file, atomically: true, encoding: .utf8)
    }
    #expect(text[start...] == Gate.figures.documentation)
  }

  @Test(
    "The example passes on one population and fails on another, and every figure is one that a report can have"
  )
  func example() async throws {
    let example = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Examples/policy.yaml")
    var server = try QuirkJob()
    server.job.options.policy = example.path
    server.job.options.format = "json"
    let result = try await server.run()
    #expect(result.exitStatus == .complete)

    let failing = QuirkJob.rows().enumerated().map { index, row in
      var row = row
      if index.isMultiple(of: 2) { row.status = "Failed" }
      return row
    }
    var other = try QuirkJob(failing)
    other.job.options.policy = example.path
    other.job.options.format = "json"
    #expect(try await other.run().exitStatus == .breach)

    let decisions = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Examples/decisions.csv").path
    let pack = try await PackCase.saved { $0.options.approvals = decisions }
    let report = try await Reperformance(of: PublishedPack(at: pack.path), workers: 2)
      .perform(into: DigestedFiles()).report.document
    let metrics = try JSONDecoder().decode(
      JSONValue.self, from: Data(JSONFile.bytes(report.metrics)))
    for figure in Gate.figures {
      #expect(report.metrics.values(of: [figure]) == figure.values(in: metrics), "\(figure.name)")
    }
    let absent = Gate.figures.filter { $0.values(in: metrics).isEmpty }.map(\.name)
    // Without an earlier pack, a calendar, definitions and rules a report has none of these.
    #expect(
      absent.allSatisfy {
        $0.hasPrefix("changes.") || $0.hasPrefix("exceptions.")
          || $0.hasPrefix("businessHours.") || $0.hasPrefix("controlDesign.")
          || ["offHours", "rules"].contains($0)
      }, "\(absent)")
    let empty = Gate.figures.filter { figure in
      let found = figure.values(in: metrics)
      return !found.isEmpty && found.allSatisfy { $0.value == nil }
    }.map(\.name)
    #expect(
      empty.allSatisfy {
        ["definitions.new", "approvals.outsideHours"].contains($0) || $0.hasSuffix(".p99")
      }, "\(empty)")
  }
}
