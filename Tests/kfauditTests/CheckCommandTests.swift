import CommandSandbox
import Foundation
import TestSupport
import Testing

@Suite("The check command")
struct CheckCommandTests {
  @Test("It tells in a table how a server wants to be asked, and whether a run can prove anything")
  func table() async throws {
    let answer = try await BuiltProgram().run("check", "--sandbox")
    #expect(answer.status == 0)
    #expect(answer.errors.isEmpty)
    let lines = answer.output.split(separator: "\n")
    let names = lines.dropLast().map { $0.prefix { $0 != " " } }
    #expect(names == ["server", "filter", "total", "clock", "dates", "order", "paging"])
    #expect(lines.dropLast().allSatisfy { $0.contains("  passed  ") })
    #expect(lines.last == "A run can prove that it read every instance.")
  }

  @Test("A server that refuses the credentials ends it as it would end a run")
  func refused() async throws {
    var options = SandboxOptions()
    options.instances = 10
    let sandbox = try await Sandbox.start(options)
    var bench = BuiltProgram()
    bench.variables = ["KEYFACTOR_AUTH_ACCESS_TOKEN": "t0ken"]
    let answer = try await bench.run("check", "--server", sandbox.baseURL)
    #expect(answer.status == 77)
    #expect(answer.output.isEmpty)
    #expect(answer.errors.contains("credentials refused"))
    #expect(!answer.errors.contains("t0ken"))
    try await sandbox.stop()
  }

  @Test("Saved pages have no server to check")
  func pages() async throws {
    let answer = try await BuiltProgram().run("check", "--pages", "x")
    #expect(answer.status == 64)
    #expect(answer.errors.contains("--pages"))
  }
}
