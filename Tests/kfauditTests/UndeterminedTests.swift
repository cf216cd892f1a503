import Foundation
import TestSupport
import Testing

@Suite("A verdict that was not reached")
struct UndeterminedTests {
  @Test(
    "Without a folder for temporary files verify says that nothing is determined, and where",
    arguments: ["/proc/nowhere", "/proc"])
  func temporaryFolder(path: String) async throws {
    var run = try SavedPagesRun()
    let made = try await run.bench.run(run.arguments + ["--format", "xlsx,json"])
    #expect(made.status == 0, "\(made.errors)")
    run.bench.variables["TMPDIR"] = path
    let text = try await run.bench.run("verify", run.pack.path)
    #expect(text.status == 73, "\(text.output)")
    #expect(text.output.contains("NOT DETERMINED: ") && !text.output.contains("NOT INTACT"))
    #expect(text.output.contains(path) && text.errors.contains(path))
    let json = try await run.bench.run("verify", run.pack.path, "--format", "json")
    #expect(json.status == 73)
    #expect(json.output.contains("\"verdict\" : \"notDetermined\""), "\(json.output)")
    #expect(json.output.contains(path))
    try Data().write(to: run.pack.appendingPathComponent("report.json"))
    let broken = try await run.bench.run("verify", run.pack.path)
    #expect(broken.status == 65 && broken.output.contains("NOT INTACT"), "\(broken.output)")
    try run.remove()
  }

  @Test("Without one a command that signs is not started, and the folder is named")
  func signCommand() async throws {
    var run = try SavedPagesRun()
    run.bench.variables["TMPDIR"] = "/proc"
    let answer = try await run.bench.run(run.arguments + ["--sign-command", "cat"])
    #expect(answer.status == 73, "\(answer.errors)")
    #expect(answer.errors.contains("/proc") && answer.errors.contains("TMPDIR"))
    try run.remove()
  }

  @Test("--signer with a subject needs somebody who vouches for it")
  func signer() async throws {
    let bench = BuiltProgram()
    let answer = try await bench.run("verify", "pack", "--signer", "CN=a")
    #expect(answer.status == 64 && answer.errors.contains("--signer 'CN=a'"), "\(answer.errors)")
  }
}
