package import AuditModel

/// Every mistake in the options, the environment and the configuration, reported together.
package struct PlanError: AuditFailure, Equatable {
  /// The mistakes, in the order in which they were found; at least one.
  package var mistakes: [Message]

  /// Makes one from its parts.
  package init(mistakes: [Message]) {
    self.mistakes = mistakes
  }

  /// The mistake that decides the exit status: usage comes first, then a missing file, then configuration, then
  /// data, since the reader starts at the command line.
  package var message: Message {
    let first = [.usage, .missingInput, .configuration].compactMap { (status: ExitStatus) in
      mistakes.first { $0.code.exitStatus == status }
    }
    return first.first ?? mistakes.first ?? Message(.internalError, "no mistake")
  }

  /// The mistakes, one a line.
  package var description: String {
    mistakes.map(\.text).joined(separator: "\n")
  }
}

/// Gathers mistakes, so that the user corrects all of them at once.
package struct PlanMistakes {
  /// The mistakes in the order in which they were found.
  package private(set) var all: [Message] = []

  /// Whether nothing is wrong.
  package var isEmpty: Bool { all.isEmpty }

  /// Starts without any.
  package init() {}

  /// Something is wrong.
  package mutating func add(_ mistake: Message) {
    all.append(mistake)
  }

  /// A variable is not text.
  package mutating func undecodable(_ variable: String) {
    add(Message(.variableNotUTF8, variable))
  }

  /// A file cannot be read.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - origin: Who named it: an option or a variable.
  ///   - problem: Why.
  package mutating func file(_ path: String, namedBy origin: String, _ problem: NamedFileError) {
    let path = NamedValue.shown(path)
    switch problem {
    case .missing: add(Message(.missingFile, origin, path))
    case .notAFile: add(Message(.notARegularFile, origin, path))
    case .unreadable(let reason):
      add(Message(.unreadableFile, origin, path, TerminalText.sanitized(reason)))
    case .tooLarge: add(Message(.fileTooLarge, origin, path))
    }
  }

  /// A file with a secret in it must be its user's own, and closed to others.
  mutating func checkIsPrivate(_ file: NamedFile, path: String) {
    let path = NamedValue.shown(path)
    if !file.isOwn { add(Message(.secretOfOther, path)) }
    if file.mode & 0o077 != 0 {
      add(Message(.secretReadable, path, String(file.mode, radix: 8)))
    }
  }
}
