import CommandSandbox
import Foundation
import TestSupport
import Testing

/// The built program, ended by signals in commands other than `run`.
@Suite("A command that is ended by a signal", .slow)
struct CommandSignalTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent(UUID().uuidString)

  /// Where a command keeps what it needs for a while.
  private var temporary: URL { folder.appendingPathComponent("temporary") }

  /// Where a command puts its result.
  private var results: URL { folder.appendingPathComponent("results") }

  @Test("It leaves no temporary file or folder, and exits with 128 and the signal")
  func temporaries() async throws {
    let pack = try await pack()
    let out = results.appendingPathComponent("out").path
    let commands: [(arguments: [String], signal: Int32)] = [
      (["render", pack, "--out", results.path], SIGINT),
      (["render", pack, "--out", results.path, "--pseudonymise", try key()], SIGTERM),
      (["merge", pack, "--out", out], SIGTERM),
      (["diff", pack, pack, "--out", out], SIGHUP),
      (["sample", pack, "--size", "5", "--out", out], SIGINT),
      (["verify", pack], SIGINT),
    ]
    for (arguments, signal) in commands {
      let (status, errors) = try await interrupt(arguments, by: signal) {
        try !names(temporary).isEmpty || !names(results).isEmpty
      }
      #expect(status == 128 + signal, "\(arguments): \(errors)")
      #expect(
        errors
          == "kfaudit: error: interrupted by signal \(signal): nothing is written. [KFA-1072]\n",
        "\(arguments)")
      #expect(try names(temporary).isEmpty && names(results).isEmpty, "\(arguments)")
    }
    try FileManager.default.removeItem(at: folder)
  }

  @Test("While it waits for a server it waits no longer")
  func waiting() async throws {
    var options = SandboxOptions()
    options.latencyMilliseconds = 3_600_000
    let sandbox = try await Sandbox.start(options)
    try makeFolders()
    let (status, errors) = try await interrupt(
      ["check", "--server", sandbox.baseURL], by: SIGTERM,
      ["KEYFACTOR_USERNAME": options.userName, "KEYFACTOR_PASSWORD": options.password]
    ) {
      !sandbox.requests.isEmpty
    }
    #expect(status == 143)
    #expect(errors == "kfaudit: error: interrupted by signal 15: nothing is written. [KFA-1072]\n")
    #expect(try names(temporary).isEmpty)
    try await sandbox.stop()
    try FileManager.default.removeItem(at: folder)
  }

  @Test("A sandbox is gone with the run, so that nothing is said of resuming")
  func sandboxRun() async throws {
    try makeFolders()
    let (status, errors) = try await interrupt(
      ["run", "--sandbox", "--period", "2026-10", "--quiet", "--out", results.path], by: SIGTERM
    ) {
      try !names(results).isEmpty
    }
    #expect(status == 143)
    #expect(
      errors == "kfaudit: error: interrupted by signal 15: nothing is published. [KFA-1071]\n")
    try FileManager.default.removeItem(at: folder)
  }

  /// A pack whose rows have to be computed, and whose workbook takes a place on the disk while it is made.
  private func pack() async throws -> String {
    try makeFolders()
    let answer = try await BuiltProgram().run(
      "run", "--sandbox", "--format", "csv,html,xlsx", "--from", "2026-10-01", "--to", "2026-11-01",
      "--out", folder.appendingPathComponent("archive").path)
    #expect(answer.status == 0, "\(answer.errors)")
    return folder.appendingPathComponent("archive/latest").path
  }

  private func key() throws -> String {
    let file = folder.appendingPathComponent("key")
    try Data("0123456789abcdef0123456789abcdef".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    return file.path
  }

  private func makeFolders() throws {
    for place in [temporary, results] {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    }
  }

  private func names(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
  }

  /// Starts a command and sends it a signal as soon as it has got somewhere.
  private func interrupt(
    _ arguments: [String], by signal: Int32, _ variables: [String: String] = [:],
    when isThere: @escaping @Sendable () throws -> Bool
  ) async throws -> (status: Int32, errors: String) {
    var bench = BuiltProgram()
    bench.variables = variables.merging(["TMPDIR": temporary.path]) { $1 }
    let program = bench
    return try await TestProcess.blocking {
      let (output, errors) = (Pipe(), Pipe())
      let process = try program.start(arguments, output: output, errors: errors)
      while try process.isRunning && !isThere() { sched_yield() }
      kill(process.processIdentifier, signal)
      let told = try errors.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      let status =
        process.terminationReason == .exit
        ? process.terminationStatus : 1000 + process.terminationStatus
      return (status, String(decoding: told, as: UTF8.self))
    }
  }
}
