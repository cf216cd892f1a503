import CommandSandbox
import Foundation
import TestSupport
import Testing

@Suite("What goes wrong")
struct MistakesTests {
  private let work = FileManager.default.temporaryDirectory.appendingPathComponent(
    UUID().uuidString)

  struct Mistake: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var arguments: [String]
    var variables = ["KEYFACTOR_USERNAME": "EX\\a", "KEYFACTOR_PASSWORD": "p4ss"]
    var status: Int32
    var says: String
  }

  private static let window = ["--from", "2026-10-01", "--to", "2026-11-01"]

  static let mistakes: [Mistake] = [
    Mistake(
      testDescription: "from after to",
      arguments: ["--from", "2026-11-01", "--to", "2026-10-01", "--server", "https://kf.example"],
      status: 64, says: "2026-11-01T00:00:00.000Z"),
    Mistake(
      testDescription: "a day that does not exist",
      arguments: ["--from", "2026-02-30", "--to", "2026-10-01", "--server", "https://kf.example"],
      status: 64, says: "2026-02-30"),
    Mistake(
      testDescription: "an unknown option", arguments: window + ["--sever", "https://kf.example"],
      status: 64, says: "--sever"),
    Mistake(
      testDescription: "no credentials", arguments: window + ["--server", "https://kf.example"],
      variables: [:], status: 78, says: "KEYFACTOR_USERNAME"),
    Mistake(
      testDescription: "plain http to another machine",
      arguments: window + ["--server", "http://kf.example"], status: 78, says: "http"),
    Mistake(
      testDescription: "a folder without pages", arguments: ["--pages", "/nonexistent-pages"],
      status: 66, says: "/nonexistent-pages"),
    Mistake(
      testDescription: "verification switched off",
      arguments: window + ["--server", "https://kf.example"],
      variables: [
        "KEYFACTOR_USERNAME": "EX\\a", "KEYFACTOR_PASSWORD": "p4ss",
        "KEYFACTOR_SKIP_VERIFY": "true",
      ], status: 78, says: "--ca-file"),
  ]

  @Test(
    "It answers with the status of the contract, says what to do, and publishes nothing",
    arguments: mistakes)
  func mistake(_ mistake: Mistake) async throws {
    let answer = try await BuiltProgram(variables: mistake.variables).run(
      ["run", "--out", work.path] + mistake.arguments)
    #expect(answer.status == mistake.status)
    #expect(answer.output == "")
    #expect(answer.errors.contains(mistake.says))
    #expect(!answer.errors.contains("p4ss"))
    #expect(try published() == [])
  }

  @Test("A wrong password is refused credentials")
  func wrongPassword() async throws {
    let sandbox = try await Sandbox.start(SandboxOptions())
    let answer = try await BuiltProgram(
      variables: ["KEYFACTOR_USERNAME": "KEYEXAMPLE\\auditor", "KEYFACTOR_PASSWORD": "p4ss"]
    ).run(["run", "--out", work.path, "--server", sandbox.baseURL] + Self.window)
    try await sandbox.stop()
    #expect(answer.status == 77)
    #expect(answer.errors.contains("password"))
    #expect(!answer.errors.contains("p4ss"))
    #expect(try published() == [])
  }

  /// What stands in the archive under a final name.
  private func published() throws -> [String] {
    guard FileManager.default.fileExists(atPath: work.path) else { return [] }
    let names = try FileManager.default.contentsOfDirectory(atPath: work.path)
    try FileManager.default.removeItem(at: work)
    return names.filter { $0 != ".kfaudit.lock" }
  }
}
