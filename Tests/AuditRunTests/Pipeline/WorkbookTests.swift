import AuditPlan
import CommandSandbox
import Foundation
import Testing

@testable import AuditModel
@testable import AuditRun

@Suite(
  "The workbook",
  .enabled(
    "python3 lacks modules: pip install -r Tests/Oracle/requirements.txt", Oracle.isUsable))
struct WorkbookTests {
  /// A job over hostile names.
  private func job(_ sandbox: Sandbox) throws -> MainJob {
    var job = try MainJob()
    job.ask(sandbox)
    job.options.format = "csv,json,xlsx"
    return job
  }

  private func sandbox() async throws -> Sandbox {
    var options = SandboxOptions()
    options.instances = 400
    options.hostilePercent = 80
    options.now = 1_793_600_000_000
    return try await Sandbox.start(options)
  }

  @Test("F134, F135: every sheet says what its CSV says, cell by cell, and no cell is a formula")
  func sheets() async throws {
    let sandbox = try await sandbox()
    let job = try job(sandbox)
    let pack = try await job.run().pack
    try await sandbox.stop()
    let (status, output) = try await Oracle.sheets.judge([pack])
    #expect(status == 0, "\(output)")
    #expect(output.hasPrefix("agreement: "))
  }

  @Test("The same pages give the same bytes")
  func deterministic() async throws {
    let sandbox = try await sandbox()
    let (one, other) = (try job(sandbox), try job(sandbox))
    _ = try await one.run()
    _ = try await other.run()
    try await sandbox.stop()
    let isSame = try one.read("report.xlsx") == other.read("report.xlsx")
    #expect(isSame)
  }

  @Test("Pages out of order are written once, in order")
  func unsorted() async throws {
    var job = try MainJob()
    try job.folder.makeFolder("pages")
    let row = { (id: Int) in
      """
      {"Id":"9c996cd3-0f0e-4b0c-9f0f-\(100_000_000_000 + id)","Status":"Complete",\
      "StartDate":"2026-10-01T12:00:00Z","LastModified":"2026-10-01T12:00:01Z","ReferenceId":\(id)}
      """
    }
    try job.folder.write("[\(row(2)),\(row(1))]", to: "pages/a.json")
    job.options.pages = job.folder("pages")
    job.options.format = "csv,json,xlsx"
    let pack = try await job.run().pack
    let (status, output) = try await Oracle.sheets.judge([pack])
    #expect(status == 0, "\(output)")
  }
}
