private import AuditFiles
internal import AuditModel
private import AuditRun
private import Foundation

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
