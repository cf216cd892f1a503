/// How the program speaks on stderr.
public struct LogSettings: Sendable, Equatable {
  /// How a record is written.
  public enum Format: String, Sendable, CaseIterable {
    /// A line for people.
    case text
    /// A JSON object a line.
    case json
  }

  /// When to use colours.
  public enum Color: String, Sendable, CaseIterable {
    /// On a terminal, unless `NO_COLOR` is set.
    case auto
    /// Not at all.
    case never
  }

  /// The least important record that is written.
  public var level: Log.Level
  /// How a record is written.
  public var format: Format
  /// Whether the prefix of errors is coloured.
  public var isColored: Bool
  /// Whether a line of progress is kept up to date.
  public var showsProgress: Bool

  /// Decides from what was asked for and what stderr is.
  ///
  /// - Parameters:
  ///   - level: The least important record to write.
  ///   - format: How to write it.
  ///   - color: When to use colours.
  ///   - hidesProgress: Whether `--no-progress` was given.
  ///   - terminal: What stderr is.
  public init(
    level: Log.Level, format: Format, color: Color, hidesProgress: Bool, terminal: Terminal
  ) {
    self.level = level
    self.format = format
    let isText = format == .text && terminal.isTerminal
    isColored = isText && color == .auto && !terminal.refusesColor
    showsProgress = isText && !hidesProgress && level > .error
  }

  /// What stderr is.
  public struct Terminal: Sendable, Equatable {
    /// Whether it is a terminal rather than a pipe or a file.
    public var isTerminal: Bool
    /// Whether `NO_COLOR` holds anything.
    public var refusesColor: Bool

    /// Describes stderr.
    public init(isTerminal: Bool, refusesColor: Bool) {
      self.isTerminal = isTerminal
      self.refusesColor = refusesColor
    }
  }
}
