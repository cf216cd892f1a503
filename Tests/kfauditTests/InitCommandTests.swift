import Foundation
import TestSupport
import Testing

@Suite("kfaudit init", .serialized)
struct InitCommandTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  private func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test("writes what a nightly job needs, valid as it is, and changes nothing that exists")
  func files() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let written = try await BuiltProgram().run("init", folder.path)
    #expect(written.status == 0 && written.output == "\(folder.path)\n")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(
      names == [
        "environment", "frameworks", "kfaudit.service", "kfaudit.timer", "kfaudit.yaml",
        "nightly.sh",
        "policy.yaml",
      ])
    for name in names where name != "frameworks" {
      let mode =
        try FileManager.default.attributesOfItem(
          atPath: folder.appending(path: name).path)[.posixPermissions] as? Int
      #expect(mode == (name == "nightly.sh" ? 0o700 : 0o600), "\(name)")
    }
    #expect(try text("frameworks/nist-800-53.yaml").contains("\nid: nist-800-53\n"))
    #expect(!(try text("frameworks/nist-800-53.yaml").contains("yaml-language-server")))
    #expect(try text("kfaudit.service").contains("--policy /etc/kfaudit/policy.yaml"))

    let path = { (name: String) in folder.appending(path: name).path }
    let run = try await BuiltProgram().run(
      "run", "--sandbox", "--sandbox-instances", "40", "--period", "2026-10", "--as-of",
      "2026-11-02T00:00:00Z", "--out", path("archive"), "--config", path("kfaudit.yaml"),
      "--policy", path("policy.yaml"))
    #expect(run.status == 0, "\(run.errors)")

    let again = try await BuiltProgram().run("init", folder.path)
    #expect(again.status == 73 && again.output.isEmpty)
    #expect(again.errors.contains("exists already"))
  }

  @Test("A zone that does not exist is refused before anything is written")
  func badZone() async throws {
    let written = try await BuiltProgram().run("init", folder.path, "--time-zone", "UTC\nevil: 1")
    #expect(written.status == 64)
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }

  @Test("With a server the check comes first; what it found is in the settings")
  func server() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let written = try await BuiltProgram().run(
      "init", folder.path, "--sandbox", "--time-zone", "Europe/Berlin")
    #expect(written.status == 0, "\(written.errors)")
    let settings = try text("kfaudit.yaml")
    #expect(settings.hasPrefix("# kfaudit check found:\n"))
    #expect(settings.contains("A run can prove that it read every instance."))
    #expect(settings.contains("\ntimeZone: Europe/Berlin\n"))
  }

  @Test(
    "A server that cannot be reached ends it as it ends a check, and nothing is written", .slow)
  func unreachable() async throws {
    let variables = ["KEYFACTOR_USERNAME": "u", "KEYFACTOR_PASSWORD": "p"]
    let written = try await BuiltProgram(variables: variables).run(
      "init", folder.path, "--server", "http://127.0.0.1:1")
    #expect(written.status == 69)
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }
}
