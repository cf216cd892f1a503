internal import AuditModel

/// An error that no part of the program foresaw.
struct InternalFailure: AuditFailure {
  /// The error.
  var underlying: any Error

  var exitStatus: ExitStatus { .internalError }

  var description: String {
    "internal error: \(TerminalText.clean(String(describing: underlying))); "
      + "please report it with the command line."
  }
}
