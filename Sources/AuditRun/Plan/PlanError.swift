public import AuditModel

/// Every mistake in the options, the environment and the configuration, reported together.
public struct PlanError: AuditFailure, Equatable {
  /// One mistake.
  public struct Mistake: Sendable, Equatable {
    /// ``AuditModel/ExitStatus/usage``, ``AuditModel/ExitStatus/missingInput`` or ``AuditModel/ExitStatus/configuration``.
    public var status: ExitStatus
    /// A sentence that says what is wrong, where, and what to do; it holds no secret.
    public var sentence: String
  }

  /// The mistakes, in the order in which they were found; at least one.
  public var mistakes: [Mistake]

  /// Usage comes first, then a missing file, then configuration: the reader starts at the command line.
  public var exitStatus: ExitStatus {
    let found = mistakes.map(\.status)
    if found.contains(.usage) { return .usage }
    return found.contains(.missingInput) ? .missingInput : .configuration
  }

  /// The mistakes, one a line.
  public var description: String {
    mistakes.map(\.sentence).joined(separator: "\n")
  }
}
