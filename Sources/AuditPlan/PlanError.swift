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
