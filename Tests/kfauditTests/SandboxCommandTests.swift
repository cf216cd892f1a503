import Foundation
import TestSupport
import Testing

@Suite("The sandbox command")
struct SandboxCommandTests {
  @Test(
    "It says its address on stdout, runs until it is asked to end, and answers 128 + the signal")
  func endsOnSignal() async throws {
    let (output, errors) = (Pipe(), Pipe())
    let process = try BuiltProgram().start(
      ["sandbox", "--instances", "10"], output: output, errors: errors)
    var line = Data()
    while line.last != UInt8(ascii: "\n") {
      guard let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty else {
        break
      }
      line.append(byte)
    }
    process.terminate()
    process.waitUntilExit()
    let told = String(
      decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    #expect(String(decoding: line, as: UTF8.self).hasPrefix("http://127.0.0.1:"))
    #expect(told.contains("KEYFACTOR_USERNAME") && told.contains("KEYFACTOR_AUTH_TOKEN_URL"))
    #expect(process.terminationReason == .exit && process.terminationStatus == 143)
  }

  @Test("It writes the decisions on its instances before it says its address")
  func decisions() async throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let (output, errors) = (Pipe(), Pipe())
    let process = try BuiltProgram().start(
      ["sandbox", "--instances", "100", "--decisions", file.path], output: output, errors: errors)
    _ = try output.fileHandleForReading.read(upToCount: 1)
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.hasPrefix("reference_id,id,approver,decided_at,decision,source\r\n"))
    #expect(text.split(separator: "\r\n").count > 10)
    process.terminate()
    process.waitUntilExit()
    try FileManager.default.removeItem(at: file)
  }

  @Test("A run over the sandbox proves its population, unless it only counts")
  func run() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    func run(_ extra: String...) async throws -> TestProcess.Answer {
      try await BuiltProgram().run(
        [
          "run", "--sandbox", "--sandbox-instances", "40", "--period", "2026-02", "--out",
          folder.path,
        ]
          + extra)
    }
    #expect(try await run().status == 0)
    let strict = try await run("--assurance", "counted")
    #expect(strict.status == 3)
    #expect(strict.output == folder.path + "/2026-02-01_2026-03-01.r2\n")
    #expect(strict.errors.contains("--accept-unproved"))
    let report = try String(
      contentsOfFile: folder.path + "/latest/report.json", encoding: .utf8)
    #expect(report.contains(#""sandbox""#))
    #expect(try await run("--assurance", "counted", "--accept-unproved").status == 0)
  }

  @Test(
    "A wrong option answers 64",
    arguments: [
      ["--port", "70000"], ["--hostile", "101"], ["--instances", "-1"], ["--profile", "v9"],
      ["--from", "2026-10-01"],
      ["--from", "2026-10-02", "--to", "2026-10-01"], ["--from", "soon", "--to", "2026-10-01"],
    ])
  func usage(arguments: [String]) async throws {
    let (output, errors) = (Pipe(), Pipe())
    let process = try BuiltProgram().start(["sandbox"] + arguments, output: output, errors: errors)
    let told = String(
      decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 64)
    #expect(told.contains(arguments[0]))
  }
}
