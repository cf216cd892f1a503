import Foundation
import TestSupport
import Testing

/// Examples/pipelines/nightly.sh, a night after the other over saved pages.
@Suite("The script of a night", .slow)
struct NightlyTests {
  private let run: SavedPagesRun
  private var textfiles: URL { run.folder.appendingPathComponent("textfiles") }
  private var shims: URL { run.folder.appendingPathComponent("shims") }

  init() throws {
    run = try SavedPagesRun()
    for folder in [textfiles, shims] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
  }

  /// Publishes a day of July 2026 and keeps three packs.
  private func night(
    _ day: Int, retention: Int = 3, _ options: String...
  ) async throws -> TestProcess.Answer {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Examples/pipelines/nightly.sh").standardizedFileURL
    var bench = BuiltProgram()
    bench.variables = [
      "PATH": "\(shims.path):/usr/bin:/bin", "KFAUDIT": BuiltProgram.program.path,
      "ARCHIVE": run.archive.path, "RETENTION": "\(retention)", "TEXTFILES": textfiles.path,
      "PING_URL": "https://ping.example.com/secret",
    ]
    return try await bench.run(
      ["--pages", run.pages.path, "--as-of", "2026-07-\(day + 1)T02:00:00Z"] + options,
      of: script.path)
  }

  /// Puts a program of this name before the system's.
  private func shim(_ name: String, _ body: String) throws {
    let path = shims.appendingPathComponent(name).path
    try "#!/bin/bash\n\(body)\n".write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  private static let history = ["history.csv", "history.html", "history.json"]

  private func name(_ day: Int) -> String { "2026-07-\(day)_2026-07-\(day + 1)" }

  /// What the record of removals says, as the names and the digests.
  private func record() throws -> [(name: String, digest: String)] {
    try String(contentsOf: run.archive.appendingPathComponent(".pruned"), encoding: .utf8)
      .split(separator: "\n").map { line in
        let fields = line.split(separator: "\t").map(String.init)
        try #require(fields.count == 3)
        return (fields[1], fields[2])
      }
  }

  /// Holds that the archive has these nights and that the others were removed, each once, and recorded.
  private func expect(_ days: ClosedRange<Int>, from first: Int) async throws {
    #expect(try run.names() == [".pruned"] + days.map(name) + Self.history + ["latest"])
    let record = try record()
    #expect(record.map(\.name) == (first..<days.lowerBound).map(name))
    let last = try #require(record.last?.digest)
    let answer = try await run.bench.run("verify", "--chain", run.archive.path, "--after", last)
    #expect(answer.status == 0, "\(answer.output)")
  }

  @Test("Packs beyond the retention go, the oldest first, and the chain verifies after them")
  func retention() async throws {
    try shim("curl", #"cat >"$(dirname "$0")/../asked""#)
    for day in 10...14 {
      let answer = try await night(day, "--accept-unproved")
      #expect(answer.status == 0, "\(answer.errors)")
      #expect(answer.output == "\(run.archive.path)/\(name(day))\n")
    }
    try await expect(12...14, from: 10)
    #expect(try FileManager.default.contentsOfDirectory(atPath: textfiles.path) == ["kfaudit.prom"])
    let asked = try String(
      contentsOf: run.folder.appendingPathComponent("asked"), encoding: .utf8)
    #expect(asked == "url = \"https://ping.example.com/secret\"\n")
    try run.remove()
  }

  @Test("The exit status is kfaudit's, and only a night without fault pings")
  func exitStatus() async throws {
    try shim("curl", #"touch "$(dirname "$0")/../asked""#)
    let policy = run.folder.appendingPathComponent("policy.yaml")
    try "gates:\n  - {id: none, metric: population.instances, min: 1}\n".write(
      to: policy, atomically: false, encoding: .utf8)
    #expect(try await night(10).status == 3)
    let breach = try await night(11, "--accept-unproved", "--policy", policy.path)
    #expect(breach.status == 1, "\(breach.errors)")
    #expect(breach.output == "\(run.archive.path)/\(name(11))\n")
    #expect(try await night(12, retention: 0).status == 64)
    #expect(try await night(12, "--fron", "x").status == 64)
    #expect(try run.names() == [name(10), name(11)] + Self.history + ["latest"])
    #expect(
      !FileManager.default.fileExists(atPath: run.folder.appendingPathComponent("asked").path))
    try run.remove()
  }

  @Test("A night that is killed while it removes is made up for", arguments: ["sync", "mv", "rm"])
  func killed(command: String) async throws {
    try shim("curl", "")
    for day in 10...12 { _ = try await night(day, "--accept-unproved") }
    try shim(command, "kill -KILL $PPID")
    #expect(try await night(13, "--accept-unproved").status == 137)
    try FileManager.default.removeItem(at: shims.appendingPathComponent(command))
    #expect(try await night(14, "--accept-unproved").status == 0)
    try await expect(12...14, from: 10)
    try run.remove()
  }

  @Test("Nothing is removed from packs that are no chain")
  func gap() async throws {
    try shim("curl", "")
    for day in 10...12 { _ = try await night(day, "--accept-unproved") }
    try FileManager.default.removeItem(at: run.archive.appendingPathComponent(name(11)))
    let answer = try await night(13, "--accept-unproved")
    #expect(answer.status == 65)
    #expect(answer.errors.contains("which is missing") && answer.errors.contains("no chain"))
    #expect(try run.names() == [name(10), name(12), name(13)] + Self.history + ["latest"])
    let page = try String(
      contentsOf: run.archive.appendingPathComponent("history.json"), encoding: .utf8)
    #expect(page.contains("\"brokenLinks\" : 1"))
    try run.remove()
  }

  @Test("A page over all packs that cannot be written is told, and the night is none the worse")
  func withoutHistory() async throws {
    try shim("curl", "")
    let blocked = run.archive.appendingPathComponent("history.html")
    try FileManager.default.createDirectory(
      at: blocked.appendingPathComponent("x"), withIntermediateDirectories: true)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o700], ofItemAtPath: run.archive.path)
    let answer = try await night(10, "--accept-unproved")
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.output == "\(run.archive.path)/\(name(10))\n")
    #expect(answer.errors.contains("history.html was not written; the packs are not affected."))
    try run.remove()
  }

  @Test("Of two at once the second is told to come later")
  func twice() async throws {
    try shim("curl", "")
    _ = try await night(10, "--accept-unproved")
    // The first one's removal, which takes as long as the second takes.
    try shim(
      "sync",
      #"rm "$0"; "${KFAUDIT}" run --sandbox --period 2026-07-20 --out "$ARCHIVE"; echo $? >"$TEXTFILES/second""#
    )
    let answer = try await night(11, retention: 1, "--accept-unproved")
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.errors.contains("another run is writing to the archive"))
    #expect(
      try String(contentsOf: textfiles.appendingPathComponent("second"), encoding: .utf8) == "75\n")
    try await expect(11...11, from: 10)
    try run.remove()
  }

  /// A program in kfaudit's place that takes its time to end when it is asked to.
  private static let slow = """
    trap 'sleep 0.2; echo ended >"$ARCHIVE.ended"; exit "$SIGNALLED"' TERM INT HUP
    echo $$ >"$ARCHIVE.started"
    while :; do sleep 0.05; done
    """

  /// Starts a script, sends it a signal once that program runs, and exits as the script does.
  ///
  /// Under job control, since a shell otherwise has what it starts in the background ignore SIGINT.
  private static let signaller = """
    set -m
    $SCRIPT & script=$!
    until [[ -s $ARCHIVE.started ]]; do sleep 0.05; done
    kill -"$NAME" "$script"
    wait "$script"
    """

  /// Becomes a shell to which signals come: those of the tests' threads are blocked, and a child inherits that.
  private static let unblocking = """
    import os, signal, sys
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    os.execv("/bin/bash", ["bash", "-c", sys.argv[1]])
    """

  struct Signalled: Sendable, CustomTestStringConvertible {
    var name: String
    var status: Int32
    var testDescription: String { name }
  }

  static let signals = [
    Signalled(name: "TERM", status: 143), Signalled(name: "INT", status: 130),
    Signalled(name: "HUP", status: 129),
  ]

  @Test(
    "A signal to the script reaches kfaudit, whose end is waited for",
    arguments: ["nightly.sh", "ticket.sh nightly.sh"], signals)
  func signal(command: String, signalled: Signalled) async throws {
    try shim("kfaudit", Self.slow)
    let pipelines = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Examples/pipelines").standardizedFileURL.path
    let words = command.split(separator: " ").map { word in "\(pipelines)/\(word)" }
    var bench = BuiltProgram()
    bench.variables = [
      "PATH": "\(shims.path):/usr/bin:/bin", "ARCHIVE": run.archive.path, "TICKETS": "github",
      "SCRIPT": words.joined(separator: " "), "NAME": signalled.name,
      "SIGNALLED": "\(signalled.status)",
    ]
    let answer = try await bench.run(
      ["-c", Self.unblocking, Self.signaller], of: "/usr/bin/python3")
    #expect(answer.status == signalled.status, "\(answer.errors)")
    let ended = run.archive.path + ".ended"
    #expect(FileManager.default.fileExists(atPath: ended))
    try run.remove()
  }
}
