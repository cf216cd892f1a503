import AuditModel
import AuditPlan
import CommandSandbox
import Foundation
import TestSupport
import Testing

@testable import AuditRun

@Suite("The main job against a server", .slow)
struct SandboxProfileTests {
  private static func sandbox() -> SandboxOptions {
    var options = SandboxOptions()
    options.instances = 900
    options.hostilePercent = 10
    options.now = 1_793_600_000_000
    return options
  }

  struct ServerProfile: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var change: @Sendable (inout SandboxOptions) -> Void
    var variables: [String: String] = [:]
  }

  static let profiles: [ServerProfile] = [
    ServerProfile(testDescription: "version 11") { $0.profile = .v11 },
    ServerProfile(testDescription: "version 10, prefixed names only") { $0.profile = .v10 },
    ServerProfile(testDescription: "camel case") { $0.keyCase = .camel },
    ServerProfile(testDescription: "seven digits") { $0.dateStyle = .sevenDigits },
    ServerProfile(testDescription: "no zone") { $0.dateStyle = .zoneless },
    ServerProfile(testDescription: "F52: gzip") { $0.gzip = true },
    ServerProfile(testDescription: "pages clamped to 100") { $0.pageLimit = 100 },
    ServerProfile(testDescription: "a token that lives a second") {
      $0.authentication = .oauth
      $0.tokenLifetimeSeconds = 1
    },
  ]

  /// Runs the job against a sandbox, with Basic credentials or those of its client.
  private func run(_ options: SandboxOptions) async throws -> (MainJob, Sandbox) {
    let sandbox = try await Sandbox.start(options)
    var job = try MainJob()
    if options.authentication == .oauth {
      job.variables = [
        "KEYFACTOR_AUTH_CLIENT_ID": "kfaudit", "KEYFACTOR_AUTH_CLIENT_SECRET": "sandbox",
        "KEYFACTOR_AUTH_TOKEN_URL": sandbox.tokenURL,
      ]
    }
    job.ask(sandbox)
    let result = try await job.run()
    #expect(result.exitStatus == .complete)
    #expect(result.verdict == .proved)
    try await sandbox.stop()
    return (job, sandbox)
  }

  @Test("The figures and the rows are the same in every profile of the server", arguments: profiles)
  func sameFigures(profile: ServerProfile) async throws {
    let (plain, _) = try await run(Self.sandbox())
    var options = Self.sandbox()
    profile.change(&options)
    let (disguised, _) = try await run(options)
    #expect(try disguised.report("metrics") == plain.report("metrics"))
    #expect(try disguised.read("instances.csv") == plain.read("instances.csv"))
    #expect(try disguised.read("instances.ndjson") == plain.read("instances.ndjson"))
  }

  @Test("Every instance of the window is there, and none of outside it")
  func wholePopulation() async throws {
    let (job, sandbox) = try await run(Self.sandbox())
    let population = SandboxPopulation(Self.sandbox()).rows.filter {
      1_790_812_800_000..<1_793_491_200_000 ~= $0.start
    }
    let lines = try job.read("instances.ndjson").split(separator: 0x0A)
    let ids = try lines.map { line in
      let row = try JSONSerialization.jsonObject(with: line) as? [String: Any]
      return row?["referenceId"] as? Int64
    }
    #expect(ids == population.map(\.referenceID))
    #expect(sandbox.requests.allSatisfy { $0.hasPrefix("GET ") })
  }

  @Test("Integer statuses are unknown, and named by the configuration's statusMap")
  func integerStatuses() async throws {
    var options = Self.sandbox()
    options.statusAsInteger = true
    let sandbox = try await Sandbox.start(options)
    var job = try MainJob()
    job.ask(sandbox)
    _ = try await job.run()
    let unnamed = try job.report("metrics")
    #expect(String(decoding: unnamed, as: UTF8.self).contains(#""unknown":900"#))
    let names = SandboxRow.Status.allCases.map { "  \($0.number): \($0.rawValue)\n" }.joined()
    try job.configure("statusMap:\n\(names)")
    // In an archive of its own there is nothing to compare with.
    job.options.out = job.folder("named")
    _ = try await job.run()
    let (plain, _) = try await run(Self.sandbox())
    let named = try Data(contentsOf: URL(filePath: job.folder("named/latest/tables/users.csv")))
    #expect(try named == plain.read("tables/users.csv"))
    let report = try Data(contentsOf: URL(filePath: job.folder("named/latest/report.json")))
    let metrics = try JSONSerialization.jsonObject(with: report) as? [String: Any]
    #expect(
      try JSONSerialization.data(withJSONObject: metrics?["metrics"] ?? [:], options: .sortedKeys)
        == plain.report("metrics"))
    try await sandbox.stop()
  }

  @Test("A wrong password publishes nothing")
  func wrongPassword() async throws {
    let sandbox = try await Sandbox.start(Self.sandbox())
    var job = try MainJob()
    job.variables = ["KEYFACTOR_USERNAME": "KEYEXAMPLE\\auditor", "KEYFACTOR_PASSWORD": "wr0ng"]
    job.ask(sandbox)
    let error = try await job.failure()
    #expect(error.exitStatus == .refused)
    #expect(!error.description.contains("wr0ng"))
    #expect(try job.folder.names(in: "archive") == [".kfaudit.lock"])
    try await sandbox.stop()
  }

  @Test("The same rows and options are published once")
  func alreadyPublished() async throws {
    let sandbox = try await Sandbox.start(Self.sandbox())
    var job = try MainJob()
    job.ask(sandbox)
    let first = try await job.run()
    let second = try await job.run()
    #expect(!first.wasAlreadyPublished)
    #expect(second.wasAlreadyPublished)
    #expect(first.pack == second.pack)
    try await sandbox.stop()
  }
}

extension MainJob {
  /// Asks a sandbox for October 2026.
  mutating func ask(_ sandbox: Sandbox) {
    ask(server: sandbox.baseURL)
  }
}
