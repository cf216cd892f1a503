import CommandSandbox
import Foundation
import Testing

@testable import AuditPlan
@testable import AuditRun

@Suite("The JSON Schemas of what others read")
struct SchemaTests {
  @Test(
    "A published report and its manifest fit them, and nothing else does",
    .enabled(
      "python3 has no module jsonschema; Tests/run.sh installs it", SchemaValidator.isUsable),
    arguments: ["report", "manifest"])
  func fits(document: String) async throws {
    var options = SandboxOptions()
    options.instances = 120
    options.hostilePercent = 20
    options.now = 1_793_600_000_000
    let sandbox = try await Sandbox.start(options)
    var job = try MainJob()
    job.ask(sandbox)
    try Data(sandbox.decisions.csv).write(to: URL(filePath: job.folder("decisions.csv")))
    job.options.approvals = job.folder("decisions.csv")
    _ = try await job.run()
    try await sandbox.stop()
    let answer = try await SchemaValidator.validate(
      [job.folder("archive/latest/\(document).json")],
      against: SchemaValidator.schema(of: document))
    #expect(answer.status == 0, "\(answer.lines)")
  }
}
