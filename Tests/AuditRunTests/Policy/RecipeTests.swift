import AuditModel
import AuditPlan
import AuditRender
import Foundation
import TestSupport
import Testing

@testable import AuditPacks
@testable import AuditRun

@Suite("Recipes for SIEMs and for attestations", .slow)
struct RecipeTests {
  private static let examples = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Examples").standardized.path

  @Sendable private static func isUsable() async -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/jq")
      ? await PythonScript.canImport("py_ocsf_models, in_toto_attestation.v1") : false
  }

  /// A pack of saved responses, whose completeness is not proved, or of a server.
  private func pack(
    _ checks: [String], isProved: Bool = false, formats: String = "json"
  ) async throws -> PackCase {
    func configure(_ job: inout MainJob) throws {
      let gates = checks.map { "  - \($0)\n" }.joined()
      let waiver =
        checks.contains(Self.checks[2])
        ? "waivers:\n  - {gate: open, owner: A, reason: r, ticket: T-1, created: 2026-01-01T00:00:00Z, expires: 2027-12-01T00:00:00Z}\n"
        : ""
      try job.folder.write(
        checks.isEmpty ? "gates: []\n" : "gates:\n\(gates)\(waiver)", to: "policy.yaml")
      job.options.policy = job.folder("policy.yaml")
      job.options.acceptUnproved = true
      job.options.format = formats
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

  /// Runs attest.sh in a folder, with a program in the place of cosign that prints its arguments.
  private func attest(
    _ arguments: String..., in folder: TemporaryFolder, path: String = "$PWD/bin:$PATH"
  ) async throws -> TestProcess.Answer {
    try folder.write("#!/bin/sh\ncat >&2\necho \"$@\"\n", to: "cosign")
    try folder.setMode(0o755, of: "cosign")
    let command = "mkdir -p bin && cp cosign bin && PATH=\"\(path)\" exec \"$0\" \"$@\""
    let script = "\(Self.examples)/pipelines/attest.sh"
    return try await TestProcess(["bash", "-c", command, script] + arguments, in: folder.path).run()
  }

  @Test("cosign is told what to sign", .enabled { await isUsable() })
  func signing() async throws {
    let pack = try await pack(Self.checks)
    let folder = pack.job.folder
    let signed = try await attest(pack.path, "--key", "cosign.key", in: folder)
    #expect(
      signed.output
        == "attest-blob --predicate /dev/stdin --type https://in-toto.io/attestation/test-result/v0.1 "
        + "--key cosign.key \(pack.path)/manifest.json\n")
    #expect(signed.errors.contains("\"failedTests\""))
  }

  @Test(
    "An altered pack is refused, also where its checksums were made to fit",
    .enabled { await isUsable() }, arguments: ["report.json", "evidence/inputs/policy.yaml"])
  func altered(file: String) async throws {
    let pack = try await pack(Self.checks)
    try pack.write(pack.read(file) + Array(" ".utf8), to: file)
    #expect(try await attest(pack.path, "--key", "k", in: pack.job.folder).status == 65)
    try await pack.run("sed -i \"s|^.*  \(file)\\$|$(sha256sum \(file))|\" SHA256SUMS")
    try await pack.run("sha256sum --check --quiet SHA256SUMS")
    let answer = try await attest(pack.path, "--key", "k", in: pack.job.folder)
    #expect(answer.status == 65 && answer.output.isEmpty)
    #expect(answer.errors.contains("\(file) has another digest than in manifest.json"))
  }

  @Test("Without checks there is nothing to attest", .enabled { await isUsable() })
  func nothingToAttest() async throws {
    let packs = [
      (
        try await PackCase.saved { $0.options.acceptUnproved = true },
        "has no evidence/inputs/policy"
      ),
      (try await pack(Self.checks, formats: "csv"), "has no report.json"),
      (try await pack([]), "has no checks"),
    ]
    for (pack, reason) in packs {
      let answer = try await attest(pack.path, "--key", "k", in: pack.job.folder)
      #expect(answer.status == 64 && answer.output.isEmpty)
      #expect(answer.errors.contains(reason), "\(answer.errors)")
    }
  }

  @Test(
    "What is not a pack is told apart, and any name of a folder will do",
    .enabled { await isUsable() })
  func names() async throws {
    let folder = try await pack([Self.checks[0]]).job.folder
    try folder.write("PK", to: "pack.zip")
    for (argument, status, words) in [
      ("missing", Int32(66), "does not exist"), ("pack.zip", 64, "Unpack a bundle first"),
      ("bin", 64, "is not the folder of a pack"),
    ] {
      let answer = try await attest(argument, in: folder)
      #expect(answer.status == status && answer.output.isEmpty && answer.errors.contains(words))
    }
    #expect(try await attest(in: folder).status == 64)
    let help = try await attest("--help", in: folder)
    #expect(help.status == 0 && help.output.contains("attest.sh archive/latest"))
    try await TestProcess(shell: "cp -rL archive/latest ./-pack", in: folder.path).succeed()
    #expect(try await attest("-pack", in: folder).output.contains("\"passedTests\""))
  }

  @Test("Without jq cosign is not started", .enabled { await isUsable() })
  func withoutJQ() async throws {
    let pack = try await pack(Self.checks)
    let folder = pack.job.folder
    try await TestProcess(
      shell: "mkdir bin && ln -s $(command -v bash sha256sum cut cat mkdir cp) bin",
      in: folder.path
    ).succeed()
    let answer = try await attest(pack.path, "--key", "k", in: folder, path: "$PWD/bin")
    #expect(answer.status == 69 && answer.output.isEmpty)
    #expect(answer.errors == "attest: jq is not installed.\n")
  }
}
