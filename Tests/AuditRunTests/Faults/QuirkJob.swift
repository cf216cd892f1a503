import AuditFetch
import AuditModel
import AuditPlan
import Foundation
import TestSupport
import Testing

@testable import AuditRun

/// The main job against a model server of October 2026, an instance a quarter of a day.
struct QuirkJob {
  static let from: Int64 = 1_790_812_800_000
  static let now: Int64 = 1_793_600_000_000
  static let step: Int64 = 6 * 3_600_000

  /// The usual instances: reference ids 101, 103, …, each a quarter of a day after the one before.
  static func rows(_ count: Int = 110) -> [ModelRow] {
    (0..<count).map { index in
      var row = ModelRow(101 + 2 * Int64(index), start: from + Int64(index) * step)
      row.user = index.isMultiple(of: 2) ? "EX\\ada" : "EX\\bob"
      return row
    }
  }

  var server: ModelServer
  var job: MainJob

  init(
    _ rows: [ModelRow] = rows(), quirks: ModelQuirks = ModelQuirks(),
    before: @escaping ModelServer.Interference = { (_, _, _) in nil },
    after: @escaping ModelServer.Revision = { $2 }
  ) throws {
    try self.init(
      server: ModelServer(rows, now: Self.now, quirks: quirks, before: before, after: after))
  }

  init(server: ModelServer) throws {
    self.server = server
    job = try MainJob()
    job.network = server.network
    job.ask(server: "https://kf.example")
    job.options.pageSize = "10"
    job.options.concurrency = "1"
  }

  /// Runs the job on a server that keeps all its promises.
  static func undisturbed() async throws -> QuirkJob {
    let job = try QuirkJob()
    #expect(try await job.run().verdict == .proved)
    return job
  }

  /// The job asks with OAuth client credentials.
  func withTokens() -> QuirkJob {
    var copy = self
    copy.job.variables = [
      "KEYFACTOR_AUTH_CLIENT_ID": "kfaudit", "KEYFACTOR_AUTH_CLIENT_SECRET": "s3cret&word",
      "KEYFACTOR_AUTH_TOKEN_URL": "https://idp.example/token",
    ]
    return copy
  }

  func run() async throws -> AuditResult { try await job.run() }

  /// Runs the job and returns why it ended, which it must.
  func failure() async throws -> any AuditFailure { try await job.failure() }

  /// What the archive holds besides the lock.
  func disk() throws -> [String] {
    try job.folder.names(in: "archive").filter { $0 != ".kfaudit.lock" }
  }

  /// `completeness` of the published report.
  func completeness() throws -> [String: Any] {
    let report = try JSONSerialization.jsonObject(with: job.read("report.json")) as? [String: Any]
    return try #require(report?["completeness"] as? [String: Any])
  }

  func reasons() throws -> String {
    try #require(try completeness()["reasons"] as? [String]).joined(separator: "\n")
  }

  /// The findings as `CODE: text`.
  func findings() throws -> String {
    let findings = try #require(try completeness()["findings"] as? [[String: String]])
    return findings.map { "\($0["code"] ?? ""): \($0["text"] ?? "")" }.joined(separator: "\n")
  }

  /// What the manifest says of the preflight, as `name: detail`.
  func preflight() throws -> String {
    let manifest =
      try JSONSerialization.jsonObject(with: job.read("manifest.json")) as? [String: Any]
    let conversation = try #require(manifest?["conversation"] as? [String: Any])
    let checks = try #require(conversation["preflight"] as? [[String: String]])
    return checks.map { "\($0["name"] ?? ""): \($0["detail"] ?? "")" }.joined(separator: "\n")
  }

  /// The reference ids in instances.ndjson.
  func ids() throws -> [Int64] {
    try job.read("instances.ndjson").split(separator: 0x0A).map { line in
      let row = try JSONSerialization.jsonObject(with: line) as? [String: Any]
      return try #require(row?["referenceId"] as? Int64)
    }
  }

  /// The files that depend on nothing but the rows are those of an undisturbed run.
  func expectSameRows(as other: QuirkJob) throws {
    for file in ["instances.csv", "instances.ndjson", "tables/users.csv", "datapackage.json"] {
      #expect(try job.read(file) == other.job.read(file), "\(file)")
    }
    // The backlog holds rows of another question, which a server may refuse.
    let metrics = try metrics(without: "backlog")
    let others = try other.metrics(without: "backlog")
    #expect(metrics == others)
  }

  private func metrics(without key: String) throws -> NSDictionary {
    let metrics = try JSONSerialization.jsonObject(with: job.report("metrics")) as? [String: Any]
    return NSDictionary(dictionary: try #require(metrics).filter { $0.key != key })
  }
}
