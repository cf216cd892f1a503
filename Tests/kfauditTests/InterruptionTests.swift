import CommandSandbox
import Foundation
import Testing

/// The built program, ended by signals while it reads.
@Suite("A run that is ended by a signal")
struct InterruptionTests {
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
    var bench = DoorBench()
    bench.variables = [
      "KEYFACTOR_USERNAME": options.userName, "KEYFACTOR_PASSWORD": options.password,
    ]
    let arguments = [
      "run", "--server", sandbox.baseURL, "--from", "2026-10-01", "--to", "2026-11-01",
      "--page-size", "10", "--concurrency", "1", "--out", archive.path,
    ]
    let program = bench
    let status = try await DoorBench.blocking {
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
      process.waitUntilExit()
      return process.terminationReason == .exit
        ? process.terminationStatus : 128 + process.terminationStatus
    }
    #expect(status == ending.status)
    #expect(names(archive).contains(".kfaudit-read"))
    #expect(!names(archive).contains("latest"))

    let before = sandbox.requests.count
    let second = try await bench.run(arguments)
    #expect(second.status == 0, "\(second.errors)")
    #expect(second.errors.contains("resuming: "))
    // Forty-odd pages twice, without those that the first run had kept.
    #expect(sandbox.requests.count - before < 2 * 42 + 10)
    #expect(names(archive) == [".kfaudit.lock", "2026-10-01_2026-11-01", "latest"])
    #expect(try verifies(archive.appendingPathComponent("latest")))
    try await sandbox.stop()
    try FileManager.default.removeItem(at: folder)
  }

  /// Whether coreutils find every digest of a pack right.
  private func verifies(_ pack: URL) throws -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
    process.currentDirectoryURL = pack
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
