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

  /// What a command has done when the signal comes.
  private enum Progress {
    /// It keeps something for a while.
    case hasFile
    /// It has begun to work, which takes it a while before it writes.
    case works
  }

  @Test("It leaves no temporary file or folder, and exits with 128 and the signal")
  func temporaries() async throws {
    let pack = try await pack()
    let out = results.appendingPathComponent("out").path
    let proof = ["proof", pack, "--id", try id(in: pack), "--out", out]
    let history = ["history", try await archive(of: pack), "--out", out]
    let commands: [(arguments: [String], signal: Int32, Progress)] = [
      (["render", pack, "--out", results.path], SIGINT, .hasFile),
      (["render", pack, "--out", results.path, "--pseudonymise", try key()], SIGTERM, .hasFile),
      (["merge", pack, "--out", out], SIGTERM, .hasFile),
      (["diff", pack, pack, "--out", out], SIGHUP, .hasFile),
      (["sample", pack, "--size", "5", "--out", out], SIGINT, .hasFile),
      (["verify", pack], SIGINT, .hasFile),
      (["bundle", pack, "--out", out], SIGINT, .hasFile),
      (["bundle", pack, "--out", out], SIGTERM, .hasFile),
      (proof, SIGINT, .works), (proof, SIGTERM, .works),
      (history, SIGINT, .works), (history, SIGTERM, .works),
      (["suggest", pack, "--out", out], SIGINT, .works),
    ]
    for (arguments, signal, progress) in commands {
      let (status, errors) = try await interrupt(arguments, by: signal) { process in
        switch progress {
        case .hasFile: try !names(temporary).isEmpty || !names(results).isEmpty
        case .works: TestProcess.catches(signal, process)
        }
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
    ) { _ in
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
    ) { _ in
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
      "run", "--sandbox", "--format", "csv,json,html,xlsx", "--from", "2026-10-01", "--to",
      "2026-11-01",
      "--out", folder.appendingPathComponent("archive").path)
    #expect(answer.status == 0, "\(answer.errors)")
    return folder.appendingPathComponent("archive/latest").path
  }

  /// The id of a pack's first instance.
  private func id(in pack: String) throws -> String {
    let rows = try String(contentsOfFile: "\(pack)/instances.csv", encoding: .utf8)
    return try String(
      #require(rows.split(separator: "\r\n").dropFirst().first).prefix { $0 != "," })
  }

  /// An archive that takes a while to read: a pack many times.
  private func archive(of pack: String) async throws -> String {
    let archive = folder.appendingPathComponent("many").path
    try await TestProcess(
      shell: """
        mkdir "$2" && cd "$2" && cp -rL "$1" 2026-10-01_2026-11-01
        for n in {2..60}; do cp -al 2026-10-01_2026-11-01 2026-10-01_2026-11-01.r$n || exit 1; done
        """, pack, archive
    ).succeed()
    return archive
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
    when isThere: @escaping @Sendable (Process) throws -> Bool
  ) async throws -> (status: Int32, errors: String) {
    var bench = BuiltProgram()
    bench.variables = variables.merging(["TMPDIR": temporary.path]) { $1 }
    let program = bench
    return try await TestProcess.blocking {
      let (output, errors) = (Pipe(), Pipe())
      let process = try program.start(arguments, output: output, errors: errors)
      while try process.isRunning && !isThere(process) { sched_yield() }
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
