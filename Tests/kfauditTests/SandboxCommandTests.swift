import Foundation
import TestSupport
import Testing

@Suite("The sandbox command")
struct SandboxCommandTests {
  @Test(
    "It says its address on stdout, runs until it is asked to end, and answers 128 + the signal")
  func endsOnSignal() async throws {
    let (_, answer) = try await BuiltProgram().serve(["sandbox", "--instances", "10"]) { (_, _) in
      // Only that it serves matters.
    }
    #expect(answer.output.hasPrefix("http://127.0.0.1:"))
    #expect(answer.errors.contains("KEYFACTOR_USERNAME"))
    #expect(answer.errors.contains("KEYFACTOR_AUTH_TOKEN_URL"))
    #expect(answer.status == 143)
  }

  @Test("It writes the decisions on its instances before it says its address")
  func decisions() async throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let (text, _) = try await BuiltProgram().serve(
      ["sandbox", "--instances", "100", "--decisions", file.path]
    ) { (_, _) in try String(contentsOf: file, encoding: .utf8) }
    #expect(text.hasPrefix("reference_id,id,approver,decided_at,decision,source\r\n"))
    #expect(text.split(separator: "\r\n").count > 10)
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
    let answer = try await BuiltProgram().run(["sandbox"] + arguments)
    #expect(answer.status == 64)
    #expect(answer.errors.contains(arguments[0]))
  }
}
