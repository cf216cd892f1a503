import AuditModel
import Foundation
import Synchronization
import Testing

@testable import AuditPlan
@testable import kfaudit

@Suite("The log")
struct LogTests {
  /// What stands on stderr, and a clock that the test moves.
  private final class Bench: Sendable {
    let written = Mutex("")
    let time = Mutex(Instant(milliseconds: 1_795_478_400_000))

    func log(
      level: Log.Level = .info, format: TextFormat = .text,
      color: LogSettings.Color = .auto,
      hidesProgress: Bool = false, terminal: LogSettings.Terminal
    ) -> Log {
      Log(
        settings: LogSettings(
          level: level, format: format, color: color, hidesProgress: hidesProgress,
          terminal: terminal),
        now: { self.time.withLock { $0 } },
        write: { text in self.written.withLock { $0 += text } })
    }

    func wait(_ milliseconds: Int64) {
      time.withLock { $0 = $0.advanced(byMilliseconds: milliseconds) }
    }

    /// Takes what was written since the last time.
    func take() -> String {
      written.withLock { text in
        defer { text = "" }
        return text
      }
    }
  }

  private let mistake = Message(.emptyList, "--metrics")
  private let screen = LogSettings.Terminal(isTerminal: true, refusesColor: false)
  private let pipe = LogSettings.Terminal(isTerminal: false, refusesColor: false)

  @Test(
    "A level keeps what is as important",
    arguments: [(Log.Level.error, 1), (.warning, 2), (.info, 3), (.detail, 4)])
  func levels(level: Log.Level, lines: Int) {
    let bench = Bench()
    let log = bench.log(level: level, terminal: pipe)
    log.error(mistake)
    log.warning(mistake)
    log.info("three")
    log.detail("four")
    #expect(bench.take().split(separator: "\n").count == lines)
  }

  @Test("What to do next is told to a person at a terminal, and to nobody else")
  func hints() {
    let bench = Bench()
    bench.log(terminal: screen).hint("next")
    #expect(bench.take() == "kfaudit: next\n")
    bench.log(terminal: pipe).hint("next")
    bench.log(level: .error, terminal: screen).hint("next")
    bench.log(format: .json, terminal: screen).hint("next")
    #expect(bench.take().isEmpty)
  }

  @Test("F145: a record is one line, whatever is in it")
  func oneLine() {
    let bench = Bench()
    bench.log(terminal: pipe).info("a\nkfaudit: forged\u{1B}[2J")
    #expect(bench.take() == "kfaudit: a\\u{A}kfaudit: forged\\u{1B}[2J\n")
  }

  @Test("A record begins with what it is, and a message of the catalogue ends with its code")
  func severity() {
    let bench = Bench()
    let log = bench.log(level: .detail, terminal: pipe)
    log.error(mistake)
    log.warning(mistake)
    log.info("told")
    log.detail("told")
    let sentence = "--metrics: the list is empty. Remove the option, or set at least one name."
    #expect(
      bench.take() == """
        kfaudit: error: \(sentence) [KFA-1009]
        kfaudit: warning: \(sentence) [KFA-1009]
        kfaudit: told
        kfaudit: told

        """)
  }

  @Test("A JSON record has the code in a member of its own, and the level in words")
  func jsonCode() throws {
    let bench = Bench()
    let log = bench.log(level: .detail, format: .json, terminal: pipe)
    log.error(mistake)
    log.warning(mistake)
    log.info("told")
    log.detail("told")
    let records = try bench.take().split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
    }
    #expect(records.map { $0["level"] } == ["error", "warning", "info", "info"])
    #expect(records.map { $0["code"] } == ["KFA-1009", "KFA-1009", nil, nil])
    #expect(records.map { $0["message"] } == [mistake.text, mistake.text, "told", "told"])
  }

  @Test("A JSON record parses, with time and level")
  func json() throws {
    let bench = Bench()
    bench.log(format: .json, terminal: screen).info("a \"quoted\" \\ and \u{7} €")
    let text = bench.take()
    let record = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String])
    #expect(
      record == [
        "time": "2026-11-24T00:00:00.000Z", "level": "info",
        "message": "a \"quoted\" \\ and \\u{7} €",
      ])
    #expect(text.hasSuffix("}\n"))
  }

  @Test("Colour is for terminals that want it")
  func color() {
    let bench = Bench()
    bench.log(terminal: screen).error(mistake)
    #expect(bench.take().hasPrefix("\u{1B}[1;31mkfaudit: error:\u{1B}[0m "))
    bench.log(terminal: screen).warning(mistake)
    #expect(bench.take().hasPrefix("\u{1B}[1;33mkfaudit: warning:\u{1B}[0m "))
    bench.log(terminal: screen).info("x")
    bench.log(color: .never, terminal: screen).error(mistake)
    bench.log(terminal: LogSettings.Terminal(isTerminal: true, refusesColor: true)).error(mistake)
    bench.log(terminal: pipe).error(mistake)
    #expect(!bench.take().contains("\u{1B}"))
  }

  @Test("Progress shows pages, instances, rate and what remains")
  func progress() {
    let bench = Bench()
    let log = bench.log(terminal: screen)
    log.progress(Progress(pages: 1, instances: 500, total: 10_000))
    #expect(bench.take() == "\r1 pages, 500 of 10000 instances")
    bench.wait(10_000)
    log.progress(Progress(pages: 2, instances: 1000, total: 10_000))
    #expect(bench.take() == "\r2 pages, 1000 of 10000 instances, 100/s, 1 min 30 s left")
    bench.wait(10_000)
    log.progress(Progress(pages: 20, instances: 10_000, total: nil))
    let line = "20 pages, 10000 instances, 500/s"
    #expect(bench.take() == "\r" + line.padding(toLength: 56, withPad: " ", startingAt: 0))
  }

  @Test("Progress is drawn at most ten times a second")
  func throttle() {
    let bench = Bench()
    let log = bench.log(terminal: screen)
    for page in 1...100 {
      log.progress(Progress(pages: page, instances: page, total: nil))
      bench.wait(10)
    }
    #expect(bench.take().split(separator: "\r").count == 10)
  }

  @Test("A record clears the line of progress, which then comes back")
  func recordsBetween() {
    let bench = Bench()
    let log = bench.log(terminal: screen)
    log.progress(Progress(pages: 1, instances: 2, total: nil))
    _ = bench.take()
    log.info("hello")
    #expect(bench.take() == "\r" + String(repeating: " ", count: 20) + "\rkfaudit: hello\n")
    log.progress(Progress(pages: 2, instances: 4, total: nil))
    #expect(bench.take() == "\r2 pages, 4 instances")
    log.endProgress()
    #expect(bench.take() == "\r" + String(repeating: " ", count: 20) + "\r")
    log.endProgress()
    #expect(bench.take().isEmpty)
  }

  @Test("No progress on a pipe, in JSON, when quiet, or when not wanted")
  func noProgress() {
    let bench = Bench()
    let logs = [
      bench.log(terminal: pipe), bench.log(format: .json, terminal: screen),
      bench.log(level: .error, terminal: screen), bench.log(hidesProgress: true, terminal: screen),
    ]
    for log in logs { log.progress(Progress(pages: 1, instances: 1, total: nil)) }
    #expect(bench.take().isEmpty)
  }

  @Test("Every mistake of a plan is a record")
  func failure() {
    let bench = Bench()
    let mistakes = ["--metrics", "--format"].map { Message(.emptyList, $0) }
    bench.log(terminal: pipe).failure(PlanError(mistakes: mistakes))
    let lines = bench.take().split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.hasPrefix("kfaudit: error: --") })
  }
}
