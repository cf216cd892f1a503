import AuditEvidence
import AuditModel
import CommandSandbox
import Foundation

@testable import AuditPlan
@testable import AuditRun

/// An archive of sandbox nights, from 1 October 2026 on, with what goes wrong with real ones.
struct NightsArchive {
  let job: MainJob
  /// What the policies call the checks: hostile texts among them.
  static let titles = (
    hostile: "=1+1 <script>alert(1)</script> \u{202E}gate", quiet: "Few \"workflows\" & more"
  )

  /// A copy of the archive that the suite shares.
  static func copy() async throws -> NightsArchive {
    NightsArchive(job: try await SharedJob.copy())
  }

  /// Makes eleven nights: the 4th is missing, the 3rd not proved, and a check fails from the 5th on.
  static func make() async throws -> MainJob {
    var options = SandboxOptions()
    options.instances = 900
    options.from = 1_790_812_800_000
    options.to = options.from + 11 * 86_400_000
    options.now = 1_793_600_000_000
    options.hostilePercent = 30
    let sandbox = try await Sandbox.start(options)
    var job = try MainJob()
    job.ask(sandbox)
    job.options.format = "json,html"
    job.options.acceptUnproved = true
    for day in 1...11 where day != 4 {
      job.options.from = Self.day(day)
      job.options.to = Self.day(day + 1)
      job.options.assurance = day == 3 ? "counted" : nil
      try job.folder.write(Self.policy(failing: (5...11).contains(day)), to: "policy.yaml")
      job.options.policy = job.folder("policy.yaml")
      _ = try await job.run()
    }
    try await sandbox.stop()
    return job
  }

  /// The path of the archive.
  var path: String { job.folder("archive") }

  /// Alters the report of a night by a byte that leaves it JSON.
  func alterReport(_ day: Int) throws {
    let path = "archive/\(Self.name(day))/report.json"
    let text = String(decoding: try job.folder.read(path), as: UTF8.self)
    try job.folder.write(text + " ", to: path)
  }

  func remove(_ day: Int) throws {
    try FileManager.default.removeItem(atPath: job.folder("archive/\(Self.name(day))"))
  }

  static func name(_ day: Int) -> String { "\(Self.day(day))_\(Self.day(day + 1))" }

  private static func day(_ day: Int) -> String { "2026-10-\(day < 10 ? "0" : "")\(day)" }

  private static func policy(failing: Bool) -> String {
    """
    gates:
      - {id: complete, title: Completeness is proved, completeness: proved}
      - {id: "=hostile", title: '\(titles.hostile)', metric: population.instances, min: \(failing ? 1_000_000 : 1)}
      - {id: quiet, title: '\(titles.quiet)', metric: backlog.open, max: 100000}
    """
  }
}

extension NightsArchive {
  /// Rewrites the report of a night, with digests that fit.
  func rewrite(_ day: Int, _ change: (inout [String: Any]) throws -> Void) throws {
    let folder = "archive/\(Self.name(day))"
    func digest(_ file: String) throws -> String {
      Digest.of(try job.folder.read("\(folder)/\(file)")).hexadecimal
    }
    let data = Data(try job.folder.read("\(folder)/report.json"))
    guard var report = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      return
    }
    let old = try digest("report.json")
    try change(&report)
    let bytes = try JSONSerialization.data(withJSONObject: report)
    try job.folder.write(String(decoding: bytes, as: UTF8.self), to: "\(folder)/report.json")
    let sums = String(decoding: try job.folder.read("\(folder)/SHA256SUMS"), as: UTF8.self)
    try job.folder.write(
      sums.replacing(old, with: try digest("report.json")), to: "\(folder)/SHA256SUMS")
  }
}
