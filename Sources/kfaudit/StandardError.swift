internal import AuditModel
internal import AuditRun
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
        level: .notice, format: .text, color: .auto, hidesProgress: true, terminal: terminal))
  }

  /// A log with these settings.
  static func log(_ settings: LogSettings) -> Log {
    Log(settings: settings, now: { Instant.now }, write: write)
  }
}
