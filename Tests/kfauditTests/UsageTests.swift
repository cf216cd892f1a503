import Foundation
import TestSupport
import Testing

@Suite("The command line")
struct UsageTests {
  private let bench = BuiltProgram()

  @Test("Help and version answer 0 on stdout", arguments: ["--help", "--version", "-h"])
  func help(option: String) async throws {
    let answer = try await bench.run(option)
    #expect(answer.status == 0)
    #expect(!answer.output.isEmpty && answer.errors.isEmpty)
  }

  @Test("The version names the release, and a commit only when the build was told one")
  func version() async throws {
    let version = try await bench.run("--version").output
    #expect(version.wholeMatch(of: /kfaudit \d+\.\d+\.\d+( \([0-9a-f]+(-dirty)?\))?\n/) != nil)
  }

  @Test(
    "F1: a wrong command line answers 64 on stderr and names what is near",
    arguments: [
      (["run", "--fron", "2026-10-01"], "'--from'"), (["run", "--from"], "--from"),
      (["run", "--period"], "--period"),
      (["run", "extra"], "Unexpected argument (5 bytes, not shown)"),
      (["frobnicate"], "(10 bytes, not shown) is not a command. Use one of run, "),
      (["rnu", "--period", "2026"], "Did you mean run?"),
      (["help", "rnu"], "Did you mean run?"),
      (["run", "--quiet", "--verbose"], "--quiet and --verbose"),
      (["run", "--color", "pink"], "auto"),
      (["run", "--log-format", "xml"], "json"), (["run", "--sign-key", "x"], "--sign-key"),
      (["run", "--excel=yes"], "--excel"), (["template"], "kfaudit template write house-style"),
      (["template", "--out", ""], "--out"), (["init", ""], "<folder>: the path is empty"),
      (["render", "x", "--out", ""], "--out: the path is empty"),
      (["merge", "x", "--out", ""], "--out: the path is empty"),
      (["verify", "x", "--after", "1"], "--chain"),
      (["verify", "--proof", "x", "--root", "aa"], "64 hexadecimal digits"),
      (["verify", "--proof", "x"], "--root"), (["verify", "x", "--root", "aa"], "--proof"),
      (["verify", "x", "--chain", "y"], "needs one of: a pack"),
      (["sandbox", "--page-limit", "0"], "--page-limit"),
    ])
  func usage(arguments: [String], words: String) async throws {
    let answer = try await bench.run(arguments)
    let told = answer.errors
    #expect(answer.status == 64)
    #expect(told.contains(words), "\(told)")
    #expect(told.split(separator: "\n").allSatisfy { $0.hasPrefix("kfaudit: ") })
    #expect(answer.bytes.isEmpty)
  }

  @Test(
    "F7: a secret on the command line is refused and never repeated",
    arguments: [
      ["run", "--token", "hunter2"], ["run", "--token=hunter2"], ["--password", "hunter2", "run"],
      ["run", "--client-secret", "hunter2"], ["run", "--", "--password", "hunter2"],
      ["run", "--username", "hunter2"], ["run", "--from", "--token", "hunter2"],
      ["run", "--proxy", "http://bob:hunter2@proxy:8080"],
      ["run", "--server", "https://bob:hunter2@kf"],
      ["sandbox", "--token", "hunter2"], ["hunter2"], ["run", "hunter2"],
      ["run", "--sandbox", "hunter2", "x"], ["run", "--pw=hunter2"], ["run", "--pw", "hunter2"],
      ["run", "--passwordhunter2"], ["run", "--token-hunter2"],
      ["run", "--quiet=hunter2"], ["run", "--log-format", "hunter2"],
      ["run", "---hunter2"], ["sandbox", "--port", "hunter2"], ["verify", "x", "hunter2"],
      ["run", "--sign-key", "-----BEGIN PRIVATE KEY-----\nhunter2"],
      ["run", "--sign-key=-----BEGIN PRIVATE KEY----- hunter2"],
      ["run", "--client-key", #"{"password": "hunter2"}"#],
      ["run", "--period", "password: hunter2"], ["verify", "{\"hunter2\": 1}"],
      ["-----BEGIN hunter2-----"], ["run", "--out", "hunter2\n"],
    ])
  func secrets(arguments: [String]) async throws {
    let answer = try await bench.run(arguments)
    let told = answer.errors
    #expect(answer.status == 64)
    #expect(!told.isEmpty && !told.contains("hunter2"), "\(told)")
  }

  @Test("Content in the place of a path is told of by its option and its length")
  func content() async throws {
    let answer = try await bench.run(
      "run", "--sandbox", "--out", "x", "--sign-key", "-----BEGIN PRIVATE KEY-----\nMIIB")
    #expect(answer.status == 64)
    #expect(
      answer.errors.hasPrefix(
        "kfaudit: error: --sign-key: the value looks like the content of a file (32 bytes, not shown). "
      ))
  }

  @Test(
    "A value that is not UTF-8 is refused by its option or variable",
    arguments: [
      (#"exec "$@" --sandbox --out $'caf\xe9'"#, 64, "--out: "),
      (#"exec "$@" --sandbox --out=$'caf\xe9'"#, 64, "--out: "),
      (
        #"KEYFACTOR_USERNAME=a KEYFACTOR_PASSWORD=$'caf\xe9' exec "$@" --server https://kf.example.com --period 2025-10"#,
        78, "KEYFACTOR_PASSWORD: "
      ),
      (#"TMPDIR=$'/tmp/caf\xe9' exec "$@" --sandbox"#, 78, "TMPDIR: "),
    ])
  func undecodable(script: String, status: Int32, words: String) async throws {
    let answer = try await bench.shell(script, ["run"])
    #expect(answer.status == status)
    #expect(answer.errors.hasPrefix("kfaudit: error: \(words)"), "\(answer.errors)")
    #expect(answer.errors.contains("UTF-8") && answer.output.isEmpty)
  }

  @Test("A word after a single hyphen is not repeated")
  func shortOption() async throws {
    let answer = try await bench.run("run", "-popensesame")
    #expect(answer.status == 64)
    #expect(answer.errors.contains("'-p'") && !answer.errors.contains("opensesame"))
  }

  @Test("A secret option is answered with where credentials belong")
  func secretHint() async throws {
    let answer = try await bench.run("run", "--password", "hunter2")
    #expect(answer.errors.contains("KEYFACTOR_PASSWORD"))
    #expect(answer.errors.contains("KEYFACTOR_AUTH_CONFIG_FILE"))
    // A combining mark makes one Character of the equals sign and itself.
    let marked = try await bench.run("run", "--password=\u{301}hunter2")
    #expect(marked.status == 64 && !marked.errors.contains("hunter2"))
  }

  @Test("F4: all mistakes are told, one a line, and nothing is on stdout")
  func together() async throws {
    let answer = try await bench.run(
      "run", "--server", "https://kf.example.com", "--from", "2026-02-30", "--to", "2026-10-01",
      "--page-size", "0", "--format", "junitt")
    #expect(answer.status == 64)
    #expect(answer.output.isEmpty)
    #expect(answer.errors.contains("--from '2026-02-30'"))
    #expect(answer.errors.contains("--page-size '0'"))
    #expect(answer.errors.contains("junitt"))
  }

  @Test("F5: a missing configuration file answers 66")
  func missingFile() async throws {
    let answer = try await bench.run("run", "--pages", ".", "--config", "/nowhere/kfaudit.yaml")
    #expect(answer.status == 66)
    #expect(answer.errors.contains("/nowhere/kfaudit.yaml"))
  }

  @Test("F11: missing credentials answer 78")
  func missingCredentials() async throws {
    let answer = try await bench.run(
      "run", "--server", "https://kf.example.com", "--period", "2025-10")
    #expect(answer.status == 78)
    #expect(answer.errors.contains("no credentials"))
  }

  @Test("F8: a profile that others may read answers 78, and names the mode")
  func openProfile() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("profile.json")
    let text =
      #"{"servers": {"default": {"host": "kf.example.com", "username": "a", "password": "hunter2"}}}"#
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
    var bench = bench
    bench.variables["KEYFACTOR_AUTH_CONFIG_FILE"] = file.path
    let answer = try await bench.run("run", "--period", "2025-10")
    #expect(answer.status == 78)
    #expect(answer.errors.contains("0644") && answer.errors.contains(file.path))
    #expect(!answer.errors.contains("hunter2"))
  }

  @Test("Errors in JSON are one object a line")
  func json() async throws {
    let answer = try await bench.run(
      "run", "--log-format", "json", "--page-size", "0", "--pages", ".")
    #expect(answer.status == 64)
    for line in answer.errors.split(separator: "\n") {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
  }

  @Test("Templates are written once, and edits are left alone")
  func template() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = try await bench.run("template", "--out", folder.path)
    #expect(first.status == 0 && first.output == folder.path + "\n")
    let report = folder.appendingPathComponent("report.html")
    try Data("edited".utf8).write(to: report)
    let second = try await bench.run("template", "write", folder.path)
    #expect(second.status == 73 && second.errors.contains("report.html"))
    #expect(try String(contentsOf: report, encoding: .utf8) == "edited")
  }

  @Test("F17: a result that nobody can be told answers 74, and stderr says it")
  func closedOutput() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (output, errors) = (Pipe(), Pipe())
    try output.fileHandleForReading.close()
    let process = try bench.start(
      ["template", "--out", folder.path], output: output, errors: errors)
    let told = String(
      decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 74)
    #expect(told.contains("stdout") && told.contains(folder.path))
  }

  @Test("A folder that cannot be created answers 73")
  func templateRefused() async throws {
    let answer = try await bench.run("template", "write", "/proc/kfaudit/templates")
    #expect(answer.status == 73 && answer.output.isEmpty)
  }
}
