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

  /// Something is wrong: a message, with facts for its placeholders.
  package mutating func add(_ code: MessageCode, _ facts: String...) {
    add(Message(code, facts))
  }

  /// Something is wrong, so that there is no value.
  mutating func refuse<Value>(_ mistake: Message) -> Value? {
    add(mistake)
    return nil
  }

  /// Something is wrong, so that there is no value.
  mutating func refuse<Value>(_ code: MessageCode, _ facts: String...) -> Value? {
    refuse(Message(code, facts))
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
    case .missing: add(.missingFile, origin, path)
    case .notAFile: add(.notARegularFile, origin, path)
    case .unreadable(let reason):
      add(.unreadableFile, origin, path, TerminalText.sanitized(reason))
    case .tooLarge: add(.fileTooLarge, origin, path)
    }
  }

  /// A file with a secret in it must be its user's own, and closed to others.
  mutating func checkIsPrivate(_ file: NamedFile, path: String) {
    let path = NamedValue.shown(path)
    if !file.isOwn { add(.secretOfOther, path) }
    if file.mode & 0o077 != 0 {
      add(.secretReadable, path, String(file.mode, radix: 8))
    }
  }
}

/// Finds what a misspelt name probably meant.
package enum Nearest {
  /// More names are not read on a terminal.
  private static let longestList = 24

  /// What to do about an unknown name, a sentence: the nearest candidate as a question, or all of them when none is near.
  package static func hint(for name: String, among candidates: [String]) -> String {
    if candidates.isEmpty { return "There are none." }
    if let best = best(for: name, among: candidates) { return "Did you mean \(best)?" }
    if candidates.count == 1 { return "Use \(candidates[0])." }
    if candidates.count > longestList {
      return "None of the \(candidates.count) known names is near it; kfaudit explain lists them."
    }
    return "Use one of \(candidates.joined(separator: ", "))."
  }

  /// The candidate that a name is probably meant to be; `nil` when none is near.
  package static func best(for name: String, among candidates: [String]) -> String? {
    let folded = Array(name.lowercased().utf8)
    let ranked = candidates.map { ($0, folded.editDistance(to: Array($0.lowercased().utf8))) }
    guard let (best, distance) = ranked.min(by: { $0.1 < $1.1 }),
      distance <= max(2, best.count / 3)
    else { return nil }
    return best
  }
}
