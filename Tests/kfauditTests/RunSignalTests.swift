import CommandSandbox
import Foundation
import TestSupport
import Testing

/// The built program, ended by signals while it reads.
@Suite("A run that is ended by a signal", .slow)
struct RunSignalTests {
  /// What a run is ended by, and what the program answers.
  struct Ending: Sendable, CustomTestStringConvertible {
    var signal: Int32
    var status: Int32
    var testDescription: String
  }

  static let endings = [
    Ending(signal: SIGKILL, status: 137, testDescription: "F116: SIGKILL"),
    Ending(signal: SIGTERM, status: 143, testDescription: "F118: SIGTERM"),
    Ending(signal: SIGINT, status: 130, testDescription: "F118: SIGINT"),
    Ending(signal: SIGHUP, status: 129, testDescription: "F120: SIGHUP"),
    Ending(signal: SIGILL, status: 132, testDescription: "F133: a trap"),
  ]

  private func names(_ folder: URL) -> [String] {
    // A folder that is not there yet has no names.
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  @Test("The same command resumes it, and its pack verifies", arguments: endings)
  func resume(after ending: Ending) async throws {
    var options = SandboxOptions()
    options.instances = 400
    options.latencyMilliseconds = 20
    let sandbox = try await Sandbox.start(options)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let archive = folder.appendingPathComponent("archive")
    var bench = BuiltProgram()
    bench.variables = [
      "KEYFACTOR_USERNAME": options.userName, "KEYFACTOR_PASSWORD": options.password,
    ]
    let arguments = [
      "run", "--server", sandbox.baseURL, "--from", "2026-10-01", "--to", "2026-11-01",
      "--page-size", "10", "--concurrency", "1", "--out", archive.path,
    ]
    let program = bench
    let (status, last) = try await TestProcess.blocking {
      let errors = Pipe()
      let process = try program.start(
        arguments + ["--verbose"], output: Pipe(), errors: errors)
      // Each page is told of as soon as it is kept; waiting for the words is waiting for the page.
      var told = ""
      while !told.contains("read 1, page 5:") {
        let words = errors.fileHandleForReading.availableData
        if words.isEmpty { break }
        told += String(decoding: words, as: UTF8.self)
      }
      kill(process.processIdentifier, ending.signal)
      let rest = try errors.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      return (TestProcess.status(of: process), String(decoding: rest, as: UTF8.self))
    }
    #expect(status == ending.status)
    switch ending.signal {
    case SIGKILL: break
    case SIGILL:
      #expect(last.contains("kfaudit: error: internal error: the program stopped itself."))
      #expect(!last.contains(folder.path) && !last.contains("/Sources/"))
    default: #expect(last.contains("interrupted by signal \(ending.signal)"))
    }
    #expect(names(archive).contains(".kfaudit-read"))
    #expect(!names(archive).contains("latest"))

    let before = sandbox.requests.count
    let second = try await bench.run(arguments)
    #expect(second.status == 0, "\(second.errors)")
    #expect(second.errors.contains("resuming: "))
    // Forty-odd pages twice, without those that the first run had kept.
    #expect(sandbox.requests.count - before < 2 * 42 + 10)
    #expect(names(archive) == [".kfaudit.lock", "2026-10-01_2026-11-01", "latest"])
    #expect(try await verifies(archive.appendingPathComponent("latest")))
    try await sandbox.stop()
    try FileManager.default.removeItem(at: folder)
  }

  @Test("F120: Whoever starts it with nohup means it: a hangup is no reason to end")
  func hangup() async throws {
    let run = try SavedPagesRun()
    let answer = try await run.bench.shell(
      #"trap '' HUP; "$@" & kill -HUP $!; wait $!"#, run.arguments)
    #expect(answer.status == 0, "\(answer.errors)")
    try await run.expectPublished()
    try run.remove()
  }

  @Test("F119: A second SIGINT ends it at once, however busy it is")
  func twice() async throws {
    let sandbox = try await Sandbox.start(SandboxOptions())
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    var bench = BuiltProgram()
    bench.variables = [
      "KEYFACTOR_USERNAME": SandboxOptions().userName,
      "KEYFACTOR_PASSWORD": SandboxOptions().password,
    ]
    let arguments = [
      "run", "--server", sandbox.baseURL, "--from", "2026-10-01", "--to", "2026-11-01", "--verbose",
      "--out", folder.appendingPathComponent("archive").path,
    ]
    let program = bench
    let (reason, status) = try await TestProcess.blocking {
      let errors = Pipe()
      try Self.fill(errors)
      let process = try program.start(arguments, output: Pipe(), errors: errors)
      // Nobody reads what it says, so that it waits, first in its work and then with its last words.
      while !TestProcess.catches(SIGINT, process) { sched_yield() }
      kill(process.processIdentifier, SIGINT)
      while TestProcess.catches(SIGINT, process) { sched_yield() }
      kill(process.processIdentifier, SIGINT)
      process.waitUntilExit()
      return (process.terminationReason, process.terminationStatus)
    }
    #expect(reason == .uncaughtSignal && status == SIGINT)
    try await sandbox.stop()
    if FileManager.default.fileExists(atPath: folder.path) {
      try FileManager.default.removeItem(at: folder)
    }
  }

  /// Writes into a pipe until it takes no more.
  private static func fill(_ pipe: Pipe) throws {
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var byte: UInt8 = 0x20
    while unsafe write(descriptor, &byte, 1) == 1 { continue }
    _ = fcntl(descriptor, F_SETFL, 0)
  }

  @Test(
    "F123: A run of another window in the same archive is told to come later, and mixes nothing")
  func otherWindow() async throws {
    var options = SandboxOptions()
    options.instances = 400
    options.latencyMilliseconds = 20
    let sandbox = try await Sandbox.start(options)
    let run = try SavedPagesRun()
    var bench = run.bench
    bench.variables = [
      "KEYFACTOR_USERNAME": options.userName, "KEYFACTOR_PASSWORD": options.password,
    ]
    let arguments = [
      "run", "--server", sandbox.baseURL, "--from", "2026-10-01", "--to", "2026-11-01",
      "--page-size", "10", "--concurrency", "1", "--verbose", "--out", run.archive.path,
    ]
    let program = bench
    let (second, status) = try await TestProcess.blocking {
      let (errors, secondErrors) = (Pipe(), Pipe())
      let first = try program.start(arguments, output: Pipe(), errors: errors)
      var told = ""
      while !told.contains("read 1, page 2:") {
        let words = errors.fileHandleForReading.availableData
        if words.isEmpty { break }
        told += String(decoding: words, as: UTF8.self)
      }
      let second = try program.start(run.arguments, output: Pipe(), errors: secondErrors)
      let answer = try secondErrors.fileHandleForReading.readToEnd() ?? Data()
      second.waitUntilExit()
      // The first waits for its reader, so that it was still at work.
      _ = try errors.fileHandleForReading.readToEnd()
      first.waitUntilExit()
      let words = String(decoding: answer, as: UTF8.self)
      return ((second.terminationStatus, words, first.processIdentifier), first.terminationStatus)
    }
    #expect(second.0 == 75)
    #expect(second.1.contains("pid \(second.2), started ") && second.1.contains(run.archive.path))
    #expect(status == 0)
    #expect(try run.names() == ["2026-10-01_2026-11-01", "latest"])
    #expect(try await verifies(run.archive.appendingPathComponent("latest")))
    try await sandbox.stop()
    try run.remove()
  }

  /// Whether coreutils find every digest of a pack right.
  private func verifies(_ pack: URL) async throws -> Bool {
    let words = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
    return try await TestProcess(words, in: pack.path).run().status == 0
  }
}
