import AuditModel
import AuditPlan
import AuditRender
import Foundation
import TestSupport
import Testing

@testable import AuditPacks
@testable import AuditRun

@Suite("Recipes for SIEMs and for attestations")
struct RecipeTests {
  private static let examples = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Examples").standardized.path

  @Sendable private static func isUsable() async -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/jq")
      ? await PythonScript.canImport("py_ocsf_models, in_toto_attestation.v1") : false
  }

  /// A pack of saved responses, whose completeness is not proved, or of a server.
  private func pack(_ checks: [String], isProved: Bool = false) async throws -> PackCase {
    func configure(_ job: inout MainJob) throws {
      let gates = checks.map { "  - \($0)\n" }.joined()
      let waiver =
        checks.contains(Self.checks[2])
        ? "waivers:\n  - {gate: open, owner: A, reason: r, ticket: T-1, created: 2026-01-01T00:00:00Z, expires: 2027-12-01T00:00:00Z}\n"
        : ""
      try job.folder.write("gates:\n\(gates)\(waiver)", to: "policy.yaml")
      job.options.policy = job.folder("policy.yaml")
      job.options.acceptUnproved = true
      job.options.format = "json"
    }
    return isProved
      ? try await PackCase.server { try configure(&$0.job) }
      : try await PackCase.saved { try configure(&$0) }
  }

  private static let checks = [
    "{id: enough, metric: population.instances, min: 1, severity: critical}",
    "{id: many, metric: population.instances, min: 100000, severity: high}",
    "{id: open, title: 'Not \"one\" <open>', metric: population.instances, max: 0, severity: low}",
    "{id: change, metric: changes.gone, max: 0}",
  ]

  @Test(
    "Each check is an event of OCSF, as a Compliance Finding and as a Detection Finding",
    .enabled { await isUsable() })
  func events() async throws {
    let pack = try await pack(Self.checks)
    let folder = try TemporaryFolder()
    // Names are hostile here, and checks name controls.
    let report = try JSONReport.render(Fixture(verdict: .proved).report.withChecks("\u{202E}\"<b>"))
    try folder.write(String(decoding: report.bytes, as: UTF8.self), to: "report.json")
    let (status, output) = try await PythonScript(name: "siem").run(
      ["ocsf", "\(pack.path)/report.json", folder("report.json")])
    #expect(status == 0 && output.hasPrefix("valid; "), "\(output)")
  }

  @Test(
    "A predicate has the checks in its lists, and is PASSED only where all passed and all is proved",
    .enabled { await isUsable() },
    arguments: [
      (checks, true, "FAILED"), ([checks[0], checks[2]], true, "WARNED"),
      ([checks[0], checks[3]], true, "WARNED"), ([checks[0]], false, "WARNED"),
      ([checks[0]], true, "PASSED"),
    ])
  func predicate(checks: [String], isProved: Bool, result: String) async throws {
    let pack = try await pack(checks, isProved: isProved)
    let script = "\(Self.examples)/pipelines/attest.sh"
    let predicate = try await TestProcess([script, pack.path]).run()
    #expect(predicate.status == 0, "\(predicate.errors)")
    try pack.job.folder.write(predicate.output, to: "predicate.json")
    let (status, output) = try await PythonScript(name: "siem").run(
      ["test-result", pack.job.folder("predicate.json"), "\(pack.path)/report.json"])
    #expect(status == 0 && output.hasPrefix("\(result) evidence/inputs/policy.yaml "), "\(output)")
    let digest = try await TestProcess(["sha256sum", "\(pack.path)/evidence/inputs/policy.yaml"])
      .run()
    #expect(output.hasSuffix(" \(digest.output.prefix(64))\n"))
  }

  @Test(
    "cosign is told what to sign; an altered pack and one without a policy are refused",
    .enabled { await isUsable() })
  func attestation() async throws {
    let pack = try await pack(Self.checks)
    let folder = pack.job.folder
    try folder.makeFolder("bin")
    try folder.write("#!/bin/sh\ncat >&2\necho \"$@\"\n", to: "bin/cosign")
    try folder.setMode(0o755, of: "bin/cosign")
    let command = "PATH=\"$1:$PATH\" \"$2\" \"$3\" --key cosign.key"
    let script = "\(Self.examples)/pipelines/attest.sh"
    let call = { (pack: String) in
      try await TestProcess(shell: command, folder("bin"), script, pack).run()
    }
    let signed = try await call(pack.path)
    #expect(
      signed.output
        == "attest-blob --predicate /dev/stdin --type https://in-toto.io/attestation/test-result/v0.1 "
        + "--key cosign.key \(pack.path)/manifest.json\n")
    #expect(signed.errors.contains("\"failedTests\""))
    try pack.replace("\"failed\"", with: "\"passed\"", in: "report.json")
    #expect(try await call(pack.path).status == 65)
    let other = try await PackCase.saved { $0.options.acceptUnproved = true }
    #expect(try await call(other.path).status == 64)
  }
}
