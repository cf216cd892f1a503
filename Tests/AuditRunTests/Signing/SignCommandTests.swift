import AuditModel
import Foundation
import Testing

@testable import AuditPlan
@testable import AuditRun

/// The command behind `--sign-command`, as a process.
@Suite("A command that signs")
struct SignCommandTests {
  private func command(
    _ text: String, _ environment: EnvironmentVariables = EnvironmentVariables(), seconds: Int = 60
  ) -> SignCommand {
    SignCommand(
      command: text, environment: environment.adding("PATH", "/usr/bin:/bin"), seconds: seconds)
  }

  @Test("It reads the content, and its output is the signature")
  func output() async throws {
    #expect(try await command("cat; echo done").sign([65, 66]) == Array("ABdone\n".utf8))
  }

  @Test("A process that it leaves behind is not waited for")
  func leftBehind() async throws {
    #expect(try await command("sleep 20 & echo done").sign([]) == Array("done\n".utf8))
  }

  @Test("F159: At its limit it is ended, with whatever it started", .timeLimit(.minutes(5)))
  func limit() async throws {
    let folder = try TemporaryFolder()
    let endless = command(
      "trap '' TERM; sleep 1000 & echo $! $$ >\(folder("numbers")); wait", seconds: 1)
    let error = try await #require(throws: SignCommandError.self) { try await endless.sign([]) }
    #expect(error.exitStatus == .tryLater)
    try await expectEnded(String(decoding: folder.read("numbers"), as: UTF8.self))
  }

  @Test("Whoever cancels it does not wait for it", .timeLimit(.minutes(5)))
  func cancelled() async throws {
    let folder = try TemporaryFolder()
    let endless = command(
      "sleep 1000 & echo $! $$ >\(folder("new")); mv \(folder("new")) \(folder("numbers")); wait")
    await withThrowingTaskGroup(of: [UInt8].self) { group in
      group.addTask { try await endless.sign([]) }
      while !FileManager.default.fileExists(atPath: folder("numbers")) { await Task.yield() }
      group.cancelAll()
      await #expect(throws: CancellationError.self) { try await group.next() }
    }
    try await expectEnded(String(decoding: folder.read("numbers"), as: UTF8.self))
  }

  /// Waits until processes that were killed have ended, which on a busy machine takes a moment.
  private func expectEnded(_ numbers: String) async throws {
    let numbers = numbers.split { $0 == " " || $0 == "\n" }
    #expect(numbers.count == 2)
    for number in numbers { while Self.isAlive(number) { await Task.yield() } }
  }

  /// Whether a process runs; one that ended may still have to be waited for by whoever inherited it.
  private static func isAlive(_ number: Substring) -> Bool {
    let stat = FileManager.default.contents(atPath: "/proc/\(number)/stat")
    let words = String(decoding: stat ?? Data(), as: UTF8.self).split(separator: " ")
    return words.count > 2 && words[2] != "Z" && words[2] != "X"
  }

  @Test("What it says when it fails is not shown, nor is the command")
  func words() async throws {
    let failing = command("PIN=hunter2 sh -c 'echo PIN hunter2 is wrong >&2; exit 3'")
    let error = try await #require(throws: SignCommandError.self) { try await failing.sign([]) }
    #expect(!error.description.contains("hunter2"))
    #expect(error.description.hasPrefix("--sign-command exited with status 3; its 21 bytes "))
    let named = command("false hunter2")
    let other = try await #require(throws: SignCommandError.self) { try await named.sign([]) }
    #expect(other.description.hasPrefix("--sign-command (false …) exited with status 1. "))
  }

  @Test("It gets the environment as it is, without credentials for the server or the way to it")
  func environment() async throws {
    let given = EnvironmentVariables([
      "KEYFACTOR_PASSWORD": "hunter2", "HTTPS_PROXY": "http://me:hunter2@proxy:3128",
      "all_proxy": "me:hunter2@proxy:3128", "NO_PROXY": "localhost", "OTHER": "a@b",
    ])
    let text = String(decoding: try await command("env").sign([]), as: UTF8.self)
    #expect(!text.contains("KFAUDIT_COMMAND"))
    let shown = String(decoding: try await command("env", given).sign([]), as: UTF8.self)
    #expect(!shown.contains("hunter2") && !shown.contains("KEYFACTOR_"))
    for line in [
      "HTTPS_PROXY=http://proxy:3128\n", "all_proxy=proxy:3128\n", "NO_PROXY=localhost\n",
      "OTHER=a@b\n",
    ] { #expect(shown.contains(line), "\(shown)") }
  }

  @Test("The list of processes does not show it")
  func processList() async throws {
    let text = "cat /proc/$$/cmdline; : hunter2"
    let shown = String(decoding: try await command(text).sign([]), as: UTF8.self)
    #expect(shown.contains("sh") && !shown.contains("hunter2") && !shown.contains("proc"))
  }
}
