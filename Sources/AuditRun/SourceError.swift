import AuditModel

/// Why a plan's source cannot be read.
enum SourceError: AuditFailure {
  case sandboxNotStarted

  var exitStatus: ExitStatus { .internalError }

  var description: String {
    "the sandbox was not started before the run; this is a fault of kfaudit, please report it."
  }
}
