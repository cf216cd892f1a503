import AuditFetch
import AuditModel
private import AuditPlan
import AuditRun
private import Synchronization

/// What the program says while it works: records and a line of progress, on stderr.
///
/// stdout carries the path of the published pack and nothing else.
struct Log: Sendable {
  /// How important a record is; `--quiet` keeps errors, `--verbose` adds ``detail``.
  enum Level: Int, Sendable, Comparable {
    /// Why the run ends, or what is wrong with the input.
    case error
    /// What deserves a look; the run continues.
    case warning
    /// What the user should know.
    case info
    /// What helps when looking for a fault.
    case detail

    /// Orders by importance, the most important first.
    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }

    /// The name, in text as in JSON; what is not wrong has none in text.
    var name: String {
      switch self {
      case .error: "error"
      case .warning: "warning"
      case .info, .detail: "info"
      }
    }
  }

  private let settings: LogSettings
  private let now: @Sendable () -> Instant
  private let screen: Screen

  /// Makes a log.
  ///
  /// - Parameters:
  ///   - settings: What to write and how.
  ///   - now: The clock of JSON records and of the progress line.
  ///   - write: Takes whole lines, and the progress line with its carriage return.
  init(
    settings: LogSettings, now: @escaping @Sendable () -> Instant,
    write: @escaping @Sendable (String) -> Void
  ) {
    self.settings = settings
    self.now = now
    screen = Screen(write: write)
  }

  /// Says why the run ends, or what is wrong with the input.
  func error(_ message: Message) { record(.error, message.text, message.code) }

  /// Says why the run ends: a record for each mistake of a plan, one for any other failure.
  func failure(_ failure: any AuditFailure) {
    for mistake in (failure as? PlanError)?.mistakes ?? [failure.message] { error(mistake) }
  }

  /// Says what deserves a look.
  func warning(_ message: Message) { record(.warning, message.text, message.code) }

  /// Says what the user should know.
  func info(_ text: String) { record(.info, text) }

  /// Says what to do next, to a person at a terminal.
  func hint(_ text: String) {
    if settings.showsHints { info(text) }
  }

  /// Says what helps when looking for a fault.
  func detail(_ text: String) { record(.detail, text) }

  /// Brings the line of progress up to date, at most ten times a second.
  func progress(_ progress: Progress) {
    guard settings.showsProgress else { return }
    let time = now()
    screen.state.withLock { state in
      let start = state.start ?? time
      state.start = start
      if let drawn = state.drawn, time.milliseconds(since: drawn) < 100 { return }
      state.drawn = time
      let line = progress.line(elapsedMilliseconds: time.milliseconds(since: start))
      let width = line.unicodeScalars.count
      let padding = String(repeating: " ", count: max(0, state.width - width))
      state.width = width
      screen.write("\r" + line + padding)
    }
  }

  /// Takes the line of progress away.
  func endProgress() {
    screen.state.withLock { state in
      screen.erase(&state)
      state = Screen.State()
    }
  }

  private func record(_ level: Level, _ text: String, _ code: MessageCode? = nil) {
    guard level <= settings.level else { return }
    let text = TerminalText.sanitized(text, limit: .max)
    let line =
      settings.format == .json ? json(level, text, code) : self.text(level, text, code)
    screen.state.withLock { state in
      screen.erase(&state)
      screen.write(line + "\n")
    }
  }

  private func text(_ level: Level, _ text: String, _ code: MessageCode?) -> String {
    let color: (start: String, end: String)? =
      switch level {
      case .error where settings.isColored: ("\u{1B}[1;31m", "\u{1B}[0m")
      case .warning where settings.isColored: ("\u{1B}[1;33m", "\u{1B}[0m")
      default: nil
      }
    let prefix = level < .info ? "kfaudit: \(level.name):" : "kfaudit:"
    return "\(color?.start ?? "")\(prefix)\(color?.end ?? "") \(text)"
      + (code.map { " [\($0.name)]" } ?? "")
  }

  private func json(_ level: Level, _ text: String, _ code: MessageCode?) -> String {
    let escaped = text.unicodeScalars.reduce(into: "") { result, scalar in
      if scalar == "\"" || scalar == "\\" { result.unicodeScalars.append("\\") }
      result.unicodeScalars.append(scalar)
    }
    let member = code.map { #""code":"\#($0.name)","# } ?? ""
    return
      #"{"time":"\#(now())","level":"\#(level.name)",\#(member)"message":"\#(escaped)"}"#
  }
}

/// What is on the terminal, shared by all copies of a log.
private final class Screen: Sendable {
  struct State {
    /// When progress was first told.
    var start: Instant?
    /// When the line was last drawn.
    var drawn: Instant?
    /// How many characters it has.
    var width = 0
  }

  let state = Mutex(State())
  let write: @Sendable (String) -> Void

  init(write: @escaping @Sendable (String) -> Void) {
    self.write = write
  }

  /// Clears the line of progress, so that a record starts on an empty line.
  func erase(_ state: inout State) {
    guard state.width > 0 else { return }
    write("\r" + String(repeating: " ", count: state.width) + "\r")
    state.width = 0
    state.drawn = nil
  }
}

/// How far the reading of instances has come.
struct Progress: Sendable, Equatable {
  /// Pages received.
  var pages: Int
  /// Instances received.
  var instances: Int
  /// How many instances there are in all; `nil` when nobody announced it.
  var total: Int?

  /// The line on the terminal.
  ///
  /// - Parameter elapsedMilliseconds: Since progress was first told.
  /// - Returns: Pages, instances, rate and, when the total is known, the time that remains.
  func line(elapsedMilliseconds: Int64) -> String {
    var parts = ["\(pages) pages"]
    parts.append(total.map { "\(instances) of \($0) instances" } ?? "\(instances) instances")
    if elapsedMilliseconds >= 1000, instances > 0 {
      let rate = Double(instances) * 1000 / Double(elapsedMilliseconds)
      parts.append("\(Int(rate.rounded()))/s")
      if let total, total > instances {
        let seconds = Int((Double(total - instances) / rate).rounded(.up))
        parts.append("\(Self.duration(seconds)) left")
      }
    }
    return parts.joined(separator: ", ")
  }

  private static func duration(_ seconds: Int) -> String {
    switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
    default: "\(seconds / 3600) h \(seconds / 60 % 60) min"
    }
  }
}

extension Log {
  /// This log as the observer of a job.
  var observer: RunObserver {
    RunObserver(
      warning: warning, info: info, detail: detail, fetch: tell, fetchEnded: endProgress)
  }

  /// Writes what happens during a fetch.
  @Sendable private func tell(_ event: FetchEvent) {
    switch event {
    case .page(let progress):
      detail(
        "\(progress.read == 0 ? "open instances" : "read \(progress.read)"), page \(progress.pages): "
          + "\(progress.page.body.count) bytes, \(progress.page.request)")
      self.progress(
        Progress(pages: progress.pages, instances: progress.rows, total: progress.total))
    case .firstRead(let read): detail("read 1 is complete: \(read.contents.count) pages")
    case .waiting(let milliseconds, let attempt, let reason):
      let tenths = (milliseconds + 50) / 100
      warning(
        Message(.retrying, "\(tenths / 10).\(tenths % 10)", "\(attempt)", reason))
    }
  }
}
