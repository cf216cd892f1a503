import ArgumentParser
private import AuditModel
import AuditRun

extension LogSettings.Format: ExpressibleByArgument {}
extension LogSettings.Color: ExpressibleByArgument {}

/// How the program speaks on stderr.
struct ConsoleOptions: ParsableArguments {
  @Flag(help: "Print errors only.")
  var quiet = false

  @Flag(help: "Print more detail.")
  var verbose = false

  @Option(
    help: ArgumentHelp(
      "Format of the records on stderr.",
      valueName: "format"))
  var logFormat = LogSettings.Format.text

  @Flag(help: "Hide the progress line, which only a terminal shows.")
  var noProgress = false

  @Option(
    help: ArgumentHelp(
      "Colours on a terminal; NO_COLOR is honoured.",
      valueName: "when"))
  var color = LogSettings.Color.auto

  /// Refuses options that exclude each other.
  func check() throws {
    if quiet, verbose {
      throw UsageError(
        Message(.optionsConflict, "--quiet and --verbose", "Use one of them, or neither."))
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
