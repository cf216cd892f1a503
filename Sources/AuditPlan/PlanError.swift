package import AuditModel

/// Every mistake in the options, the environment and the configuration, reported together.
package struct PlanError: AuditFailure, Equatable {
  /// One mistake.
  package struct Mistake: Sendable, Equatable {
    /// ``AuditModel/ExitStatus/usage``, ``AuditModel/ExitStatus/missingInput`` or ``AuditModel/ExitStatus/configuration``.
    package var status: ExitStatus
    /// A sentence that says what is wrong, where, and what to do; it holds no secret.
    package var sentence: String
  }

  /// The mistakes, in the order in which they were found; at least one.
  package var mistakes: [Mistake]

  /// Makes one from its parts.
  package init(mistakes: [Mistake]) {
    self.mistakes = mistakes
  }

  /// Usage comes first, then a missing file, then configuration: the reader starts at the command line.
  package var exitStatus: ExitStatus {
    let found = mistakes.map(\.status)
    if found.contains(.usage) { return .usage }
    return found.contains(.missingInput) ? .missingInput : .configuration
  }

  /// The mistakes, one a line.
  package var description: String {
    mistakes.map(\.sentence).joined(separator: "\n")
  }
}

/// Gathers mistakes, so that the user corrects all of them at once.
package struct PlanMistakes {
  /// The mistakes in the order in which they were found.
  package private(set) var all: [PlanError.Mistake] = []

  /// Whether nothing is wrong.
  package var isEmpty: Bool { all.isEmpty }

  /// Starts without any.
  package init() {}

  /// The command line is wrong.
  package mutating func usage(_ sentence: String) {
    all.append(PlanError.Mistake(status: .usage, sentence: sentence))
  }

  /// The environment, a profile or a configuration file is wrong.
  package mutating func configuration(_ sentence: String) {
    all.append(PlanError.Mistake(status: .configuration, sentence: sentence))
  }

  /// A variable is not text.
  package mutating func undecodable(_ variable: String) {
    configuration("\(variable): the value is not UTF-8, so it is not used; write it in UTF-8.")
  }

  /// A file cannot be read.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - origin: Who named it: an option or a variable.
  ///   - problem: Why.
  package mutating func file(_ path: String, namedBy origin: String, _ problem: NamedFileError) {
    let file = "\(origin): the file \(NamedValue.shown(path))"
    switch problem {
    case .missing:
      all.append(
        PlanError.Mistake(
          status: .missingInput, sentence: "\(file) does not exist; check the path."))
    case .notAFile:
      all.append(
        PlanError.Mistake(
          status: .missingInput, sentence: "\(file) is no regular file; name one that is."))
    case .unreadable(let reason):
      all.append(
        PlanError.Mistake(
          status: .missingInput,
          sentence:
            "\(file) cannot be read: \(TerminalText.sanitized(reason)); check its permissions.")
      )
    case .tooLarge:
      configuration("\(file) is larger than 1 MiB, which it has no use for; check the path.")
    }
  }

  /// A file with a secret in it must be its user's own, and closed to others.
  mutating func checkIsPrivate(_ file: NamedFile, path: String) {
    let path = NamedValue.shown(path)
    if !file.isOwn {
      configuration(
        "\(path) holds a secret but belongs to another user; name a copy that is this user's own.")
    }
    if file.mode & 0o077 != 0 {
      let mode = String(file.mode, radix: 8)
      configuration(
        "\(path) holds a secret and has mode 0\(mode), so that others may read it; "
          + "run chmod 600 on it.")
    }
  }
}
