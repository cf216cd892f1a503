import AuditPlan
import CommandSandbox
import Foundation
import TestSupport
import Testing

@testable import AuditPacks
@testable import AuditRun

/// What Examples/fleet computes from an archive, against what a merge of its packs says.
@Suite(
  "A fleet on other engines",
  .slow,
  .enabled(
    "python3 lacks modules: pip install -r Examples/fleet/requirements.txt",
    { await PythonScript.canImport("pyspark, duckdb, chdb") }),
  .enabled(
    if: ProcessInfo.processInfo.environment["CI"] != nil
      || FileManager.default.fileExists(atPath: "/usr/bin/java"),
    "there is no Java: Tests/run.sh installs it"))
struct FleetTests {
  /// Ten windows of August to October with the day of each one's as-of instant: some overlap, one leaves a gap.
  private static let windows = [
    ("08-01", "08-10", "08-12"), ("08-10", "08-20", "08-21"), ("08-18", "09-01", "09-02"),
    ("09-01", "09-10", "09-11"), ("09-10", "09-20", "09-25"), ("09-20", "09-28", "10-01"),
    ("09-26", "10-05", "10-06"), ("10-05", "10-14", "10-14"), ("10-15", "10-25", "10-30"),
    ("10-25", "10-31", "11-02"),
  ]

  /// Packs of a sandbox server, below a folder of its own.
  private func packs(of site: UInt64, below archive: String) async throws -> [String] {
    var options = SandboxOptions()
    options.instances = 600
    options.seed = site
    options.hostilePercent = 8
    options.now = QuirkJob.now
    // 2026-08-01.
    options.from = 1_785_542_400_000
    let sandbox = try await Sandbox.start(options)
    var job = try MainJob()
    job.ask(sandbox)
    job.options.out = "\(archive)/site\(site)"
    job.options.format = "ndjson"
    job.options.metrics = "population"
    var packs: [String] = []
    for (from, to, asOf) in Self.windows {
      (job.options.from, job.options.to) = ("2026-\(from)", "2026-\(to)")
      job.options.asOf = "2026-\(asOf)T12:00:00Z"
      packs.append(try await job.run().pack)
    }
    try await sandbox.stop()
    return packs
  }

  @Test(
    "Spark, DuckDB and ClickHouse give the figures of a merge, and Spark refuses what is damaged")
  func agreement() async throws {
    let folder = try TemporaryFolder()
    let archive = folder("archive")
    var packs: [String] = []
    for site in 1...4 as ClosedRange<UInt64> {
      packs += try await self.packs(of: site, below: archive)
    }
    #expect(packs.count == 40)
    var options = MergeRun.Options(out: folder("merged"))
    options.metrics = "turnaround,failureRates"
    _ = try await MergeRun(packs: packs, options: options, workers: 2, warning: { _ in }).run()
    let report = try MergeCase.report(at: options.out)
    let all = try report.objects("servers").flatMap { try $0.objects("packs") }
    #expect(all.contains { $0["duplicates"] as? Int ?? 0 > 0 })
    let (status, output) = try await PythonScript(name: "engines")
      .run([archive, "\(options.out)/report.json"])
    #expect(status == 0, "\(output)")
    for engine in ["Spark", "DuckDB", "ClickHouse"] {
      #expect(output.contains("agreement: \(engine), "), "\(output)")
    }
    let rows = "\(packs[7])/instances.ndjson"
    let text = try String(contentsOfFile: rows, encoding: .utf8)
    try text.replacing("Complete", with: "Rejected").write(
      toFile: rows, atomically: true, encoding: .utf8)
    let refusal = try await PythonScript(name: "../../Examples/fleet/fleet")
      .run([archive, "--out", folder("out"), "--master", "local[2]"])
    #expect(refusal.status == 65, "\(refusal.output)")
    #expect(refusal.output.contains("site1/2026-10-05_2026-10-14: instances.ndjson"))
    #expect(!FileManager.default.fileExists(atPath: folder("out")))
  }
}
