import Foundation
import TestSupport
import Testing

/// Examples/pipelines/notify.sh after each of some nights, with a server on loopback that takes its messages.
@Suite("The script that tells what changed", .slow)
struct NotifyTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent(UUID().uuidString)
  private var archive: URL { folder.appendingPathComponent("archive") }
  private var shims: URL { folder.appendingPathComponent("shims") }

  init() throws {
    for folder in [archive, shims] {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
  }

  /// Publishes a day of March 2026, of which a check of the policy allows so many instances.
  private func night(
    _ day: Int, title: String = "Few instances", max: Int = 100, waivers: String = "",
    _ options: String...
  ) async throws {
    let policy = folder.appendingPathComponent("policy.yaml")
    let checks = "gates:\n  - {id: few, title: \(title), metric: population.instances, max: \(max)}"
    try "\(checks)\n\(waivers)".write(to: policy, atomically: false, encoding: .utf8)
    let answer = try await BuiltProgram().run(
      [
        "run", "--sandbox", "--sandbox-instances", "40", "--format", "json", "--period",
        "2026-03-\(Self.digits(day))", "--as-of", "2026-03-\(Self.digits(day + 1))T02:00:00Z",
        "--out", archive.path, "--policy", policy.path,
      ] + options)
    #expect(answer.output == "\(archive.path)/\(Self.name(day))\n", "\(answer.errors)")
  }

  private static func digits(_ day: Int) -> String { day < 10 ? "0\(day)" : "\(day)" }

  private static func name(_ day: Int) -> String {
    "2026-03-\(digits(day))_2026-03-\(digits(day + 1))"
  }

  /// Runs a command beside a server that answers with a status, and prints what was posted to it.
  ///
  /// `listed` is whether the address was in the list of processes meanwhile.
  private static let server = """
    import glob, http.server, json, os, subprocess, sys, threading
    posts = []
    def listed(path):
        for name in glob.glob("/proc/[0-9]*/cmdline"):
            try:
                if path.encode() in open(name, "rb").read(): return True
            except OSError: pass
        return False
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            posts.append({"type": self.headers["Content-Type"], "body": body, "listed": listed(self.path)})
            self.send_response(int(sys.argv[1]))
            self.send_header("Content-Length", "0")
            self.end_headers()
        def log_message(self, *words): pass
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = "http://127.0.0.1:%d/sec%s" % (server.server_port, "ret")
    done = subprocess.run(sys.argv[3:], env={**os.environ, sys.argv[2]: address}, stdout=sys.stderr)
    print(json.dumps(posts))
    sys.exit(done.returncode)
    """

  private struct Post: Decodable {
    var type: String
    var body: String
    var listed: Bool
  }

  /// Tells what changed; returns what was posted.
  private func notify(
    answering server: Int = 200, to channel: String = "NOTIFY_URL", ends: Int32 = 0,
    _ variables: [String: String] = [:]
  ) async throws -> [Post] {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Examples/pipelines/notify.sh").standardizedFileURL
    var bench = BuiltProgram()
    bench.variables = [
      "PATH": "\(shims.path):/usr/bin:/bin", "KFAUDIT": BuiltProgram.program.path,
      "SHIMS": shims.path,
    ].merging(variables) { $1 }
    let answer = try await bench.run(
      ["-c", Self.server, "\(server)", channel, script.path, archive.path], of: "/usr/bin/python3")
    #expect(answer.status == ends, "\(answer.errors)")
    #expect(!answer.errors.contains("secret"))
    #expect(answer.errors.isEmpty == (ends == 0), "\(answer.errors)")
    let posts = try JSONDecoder().decode([Post].self, from: Data(answer.bytes))
    #expect(posts.allSatisfy { !$0.listed })
    return posts
  }

  /// Holds that one message was sent, with this title and these changes; without a title, that none was.
  private func expect(
    _ posts: [Post], _ title: String? = nil, _ changes: String...,
    at location: SourceLocation = #_sourceLocation
  ) {
    let sent = posts.map { post in
      let lines = post.body.split(separator: "\n").map(String.init)
      return Array(lines.prefix(1)) + lines.filter { $0.hasPrefix("- ") }
    }
    let expected = title.map { ["Certificate workflows: \($0)"] + changes.map { "- \($0)" } }
    #expect(sent == (expected.map { [$0] } ?? []), sourceLocation: location)
  }

  @Test("A check and a missing night are told once, a failed delivery again, and nothing else")
  func nights() async throws {
    let check = "Few instances [few, medium]: 40;"
    try await night(2)
    let first = try await notify()
    expect(first, "present state")
    #expect(first.allSatisfy { $0.type == "text/plain; charset=utf-8" })
    #expect(first.allSatisfy { $0.body.contains("\n\nNothing fails, and nothing is missing.\n") })
    try await night(3)
    expect(try await notify())

    try await night(4, max: 10)
    let failed = "Policy check failed: \(check) beyond the limit: at most 10; before: passed"
    expect(try await notify(answering: 500, ends: 69), "1 change", failed)
    expect(try await notify(), "1 change", failed)
    for day in 5...6 {
      try await night(day, max: 10)
      expect(try await notify())
    }
    try await night(7)
    let passed = "Policy check passed: \(check) within the limit: at most 100; before: failed"
    expect(try await notify(), "1 change", passed)
    try await night(9)
    let missing = "Missing: 1 period between \(Self.name(7)) and \(Self.name(9))"
    expect(try await notify(), "1 change", missing)
    expect(try await notify())

    let chain = try await BuiltProgram().run("verify", "--chain", archive.path, "--verbose")
    #expect(chain.status == 0 && !chain.errors.contains("passed over"), "\(chain.errors)")
    let record = archive.appendingPathComponent(".kfaudit-notified-url.json")
    try "{".write(to: record, atomically: false, encoding: .utf8)
    expect(try await notify(ends: 65))
    try FileManager.default.removeItem(at: record)
    expect(try await notify(), "present state", missing)
    try FileManager.default.removeItem(at: folder)
  }

  @Test("A waiver that ends, a verdict that gets worse and a damaged pack are told once")
  func worse() async throws {
    let waivers = """
      waivers:
        - {gate: few, owner: A, reason: r, ticket: T-1, created: 2026-03-01T00:00:00Z, expires: 2026-03-11T02:00:00Z}
      """
    // The waiver ends eight days after the first night's status date, and seven after the second's.
    try await night(2, max: 10, waivers: waivers)
    expect(
      try await notify(), "present state",
      "Policy check waived: Few instances [few, medium]: 40; failed, beyond the limit: at most 10; "
        + "waived until 2026-03-11T02:00:00.000Z by A (T-1): r; since \(Self.name(2))")
    let soon = "The waiver T-1 for the policy check few ends at 2026-03-11T02:00:00.000Z."
    try await night(3, max: 10, waivers: waivers)
    expect(try await notify(), "1 change", "Waiver ends soon: \(soon)")
    try await night(4, max: 10, waivers: waivers)
    expect(try await notify())
    try await night(5, max: 10, waivers: waivers, "--assurance", "counted")
    expect(
      try await notify(), "1 change", "Completeness: not proved in \(Self.name(5)); before: proved")
    expect(try await notify())

    try "{}".write(
      to: archive.appendingPathComponent("\(Self.name(3))/manifest.json"), atomically: false,
      encoding: .utf8)
    let damaged = try await notify()
    #expect(damaged.count == 1)
    for part in [
      "2 changes\n", "- Damaged pack: \(Self.name(3)): manifest.json was changed",
      "- Broken chain: \(Self.name(4)): it follows \(Self.name(3))",
    ] {
      #expect(damaged.allSatisfy { $0.body.contains(part) }, "\(damaged)")
    }
    expect(try await notify())
    try FileManager.default.removeItem(at: folder)
  }

  @Test("Text of a policy is text in each channel, and a channel that is away repeats no other")
  func hostile() async throws {
    let gh = shims.appendingPathComponent("gh").path
    try "#!/bin/bash\n{ echo \"$*\"; cat; } >>\"$SHIMS/issue\"\n".write(
      toFile: gh, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: gh)
    let title = #""<!channel> \"$(touch \"$SHIMS/x\")\" `touch $SHIMS/x` \u202E & @all \\""#
    try await night(2, title: title, max: 10)
    let github = ["NOTIFY_GITHUB": "7"]
    _ = try await notify(answering: 503, to: "NOTIFY_WEBHOOK", ends: 69, github)
    let posts = try await notify(to: "NOTIFY_WEBHOOK", github)

    let shown =
      #"failed: <!channel> "$(touch "$SHIMS/x")" `touch $SHIMS/x`   & @all \ [few, medium]: 40;"#
    let issue = try String(contentsOf: shims.appendingPathComponent("issue"), encoding: .utf8)
    let lines = issue.split(separator: "\n").map(String.init)
    #expect(lines.first == "issue comment 7 --body-file -")
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("    ") }, "told twice, or not as code")
    #expect(issue.contains("    - Policy check \(shown)"), "\(issue)")
    let message = try posts.map {
      try JSONDecoder().decode([String: String].self, from: Data($0.body.utf8))
    }
    let escaped = shown.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
    #expect(message.map { $0.keys.sorted() } == [["text"]])
    #expect(message.allSatisfy { $0["text"]?.contains("- Policy check \(escaped)") == true })
    #expect(posts.allSatisfy { $0.type == "application/json" })
    let names = try FileManager.default.contentsOfDirectory(atPath: shims.path).sorted()
    #expect(names == ["gh", "issue"])
    try FileManager.default.removeItem(at: folder)
  }
}
