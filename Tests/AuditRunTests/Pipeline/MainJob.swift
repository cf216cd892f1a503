import AuditFetch
import AuditModel
import AuditTransport
import Foundation

@testable import AuditPlan
@testable import AuditReduce
@testable import AuditRun

/// Runs the main job in a folder of its own.
struct MainJob {
  var folder: TemporaryFolder
  var options = AuditOptions()
  var workers = 3
  var network = Network.real
  var variables: [String: String] = [:]
  var now = Instant(milliseconds: 1_793_600_000_000)

  init() throws {
    folder = try TemporaryFolder()
    options.out = folder("archive")
    options.asOf = "2026-11-02T06:00:00Z"
  }

  /// Asks a server for October 2026.
  mutating func ask(server: String) {
    options.server = server
    options.from = "2026-10-01"
    options.to = "2026-11-01"
    if variables.isEmpty {
      variables = ["KEYFACTOR_USERNAME": "KEYEXAMPLE\\auditor", "KEYFACTOR_PASSWORD": "sandbox"]
    }
  }

  /// Writes a configuration and uses it.
  mutating func configure(_ yaml: String) throws {
    try folder.write(yaml, to: "config.yaml")
    options.config = folder("config.yaml")
  }

  /// What the options come to.
  func plan() throws -> AuditPlan {
    let environment = RunEnvironment(variables: variables, now: now, homeFolder: nil) {
      (path, _) throws(NamedFileError) in
      guard let bytes = FileManager.default.contents(atPath: path) else { throw .missing }
      return NamedFile(bytes: Array(bytes), mode: 0o600, isOwn: true)
    }
    return try AuditPlan(resolving: options, in: environment)
  }

  func run() async throws -> AuditResult {
    let plan = try plan()
    guard case .instances(let source) = plan.source else { throw CancellationError() }
    return try await AuditRun(
      plan: plan, source: source, now: now, observer: RunObserver(), workers: workers,
      network: network,
      variables: EnvironmentVariables(variables),
      nonce: 7
    ).run()
  }

  /// Runs the job and returns why it ended, which it must.
  func failure() async throws -> any AuditFailure {
    do {
      _ = try await run()
    } catch let failure as any AuditFailure {
      return failure
    }
    throw CancellationError()
  }

  func read(_ path: String) throws -> Data {
    try Data(contentsOf: URL(filePath: folder("archive/latest/\(path)")))
  }

  /// A member of report.json, as canonical JSON.
  func report(_ member: String) throws -> Data {
    let report = try JSONSerialization.jsonObject(with: read("report.json")) as? [String: Any]
    return try JSONSerialization.data(
      withJSONObject: report?[member] ?? [:], options: [.sortedKeys])
  }
}
