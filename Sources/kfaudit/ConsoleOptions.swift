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

/// How the program speaks on stderr.
package struct LogSettings: Sendable, Equatable {
  /// How a record is written.
  package enum Format: String, Sendable, CaseIterable {
    /// A line for people.
    case text
    /// A JSON object a line.
    case json
  }

  /// When to use colours.
  package enum Color: String, Sendable, CaseIterable {
    /// On a terminal, unless `NO_COLOR` is set.
    case auto
    /// Not at all.
    case never
  }

  /// The least important record that is written.
  package var level: Log.Level
  /// How a record is written.
  package var format: Format
  /// Whether the prefix of errors is coloured.
  package var isColored: Bool
  /// Whether a line of progress is kept up to date.
  package var showsProgress: Bool
  /// Whether a person reads it, who may want to know what to do next.
  package var showsHints: Bool

  /// Decides from what was asked for and what stderr is.
  ///
  /// - Parameters:
  ///   - level: The least important record to write.
  ///   - format: How to write it.
  ///   - color: When to use colours.
  ///   - hidesProgress: Whether `--no-progress` was given.
  ///   - terminal: What stderr is.
  package init(
    level: Log.Level, format: Format, color: Color, hidesProgress: Bool, terminal: Terminal
  ) {
    self.level = level
    self.format = format
    let isText = format == .text && terminal.isTerminal
    isColored = isText && color == .auto && !terminal.refusesColor
    showsHints = isText && level > .error
    showsProgress = showsHints && !hidesProgress
  }

  /// What stderr is.
  package struct Terminal: Sendable, Equatable {
    /// Whether it is a terminal rather than a pipe or a file.
    package var isTerminal: Bool
    /// Whether `NO_COLOR` holds anything.
    package var refusesColor: Bool

    /// Describes stderr.
    package init(isTerminal: Bool, refusesColor: Bool) {
      self.isTerminal = isTerminal
      self.refusesColor = refusesColor
    }
  }
}
