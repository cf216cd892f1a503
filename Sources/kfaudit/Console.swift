import ArgumentParser
private import AuditFiles
internal import AuditModel
private import AuditRun
private import Foundation

/// How the program answers.
enum TextFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
  /// For people.
  case text
  /// For programs.
  case json
}

/// How the program speaks on stderr.
struct ConsoleOptions: ParsableArguments {
  @Flag(help: "Print errors only.") var quiet = false

  @Flag(help: "Print more detail.") var verbose = false

  @Option(help: ArgumentHelp("Format of the records on stderr.", valueName: "format"))
  var logFormat = TextFormat.text

  @Flag(help: "Hide the progress line, which only a terminal shows.") var noProgress = false

  @Option(help: ArgumentHelp("Colours on a terminal; NO_COLOR is honoured.", valueName: "when"))
  var color = LogSettings.Color.auto

  /// Refuses options that exclude each other.
  func check() throws {
    if quiet, verbose {
      throw CommandError(.optionsConflict, "--quiet and --verbose", "Use one of them, or neither.")
    }
  }

  /// The log that was asked for.
  var log: Log {
    StandardError.log(
      LogSettings(
        level: quiet ? .error : verbose ? .detail : .info, format: logFormat, color: color,
        hidesProgress: noProgress, terminal: StandardError.terminal))
  }
}

/// How the program speaks on stderr.
struct LogSettings: Sendable, Equatable {
  /// When to use colours.
  enum Color: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// On a terminal, unless `NO_COLOR` is set.
    case auto
    /// Not at all.
    case never
  }

  /// The least important record that is written.
  var level: Log.Level
  /// How a record is written.
  var format: TextFormat
  /// Whether the prefix of errors is coloured.
  var isColored: Bool
  /// Whether a line of progress is kept up to date.
  var showsProgress: Bool
  /// Whether a person reads it, who may want to know what to do next.
  var showsHints: Bool

  /// Decides from what was asked for and what stderr is.
  init(
    level: Log.Level, format: TextFormat, color: Color, hidesProgress: Bool, terminal: Terminal
  ) {
    self.level = level
    self.format = format
    let isText = format == .text && terminal.isTerminal
    isColored = isText && color == .auto && !terminal.refusesColor
    showsHints = isText && level > .error
    showsProgress = showsHints && !hidesProgress
  }

  /// What stderr is.
  struct Terminal: Sendable, Equatable {
    /// Whether it is a terminal rather than a pipe or a file.
    var isTerminal: Bool
    /// Whether `NO_COLOR` holds anything.
    var refusesColor: Bool
  }
}

/// The stream that carries everything but the result.
enum StandardError {
  /// Writes text; when nobody can read it, there is nobody to tell either.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// What the stream is.
  static var terminal: LogSettings.Terminal {
    LogSettings.Terminal(
      isTerminal: isatty(2) == 1,
      refusesColor: ProcessInfo.processInfo.environment["NO_COLOR"]?.isEmpty == false)
  }

  /// The log of commands that have no options for it.
  static var plainLog: Log {
    log(
      LogSettings(
        level: .info, format: .text, color: .auto, hidesProgress: true, terminal: terminal))
  }

  /// A log with these settings.
  static func log(_ settings: LogSettings) -> Log {
    Log(settings: settings, now: { Instant.now }, write: write)
  }
}

/// The stream that carries the result: one line.
enum StandardOutput {
  /// Whether a person reads it, and not a program.
  static var isTerminal: Bool { isatty(1) == 1 }

  /// Writes a line, at once, for whoever waits at the other end of a pipe.
  static func write(line: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
    } catch {
      throw CommandError(
        .closedOutput, TerminalText.sanitized(error.localizedDescription),
        TerminalText.sanitized(line, limit: 4096))
    }
  }

  /// Writes a file's bytes, or with a path the file, whose path is then the line.
  static func write(_ bytes: [UInt8], or path: String?) throws {
    guard let path else {
      let text = String(decoding: bytes, as: UTF8.self)
      // text: ours, and its last line end may be of two bytes
      return try write(line: text.last?.isNewline == true ? String(text.dropLast()) : text)
    }
    try ResultFile.write(bytes, to: path)
    try write(line: path)
  }
}
