import AuditModel

/// Why rows could not be reduced.
enum ReductionError: AuditFailure {
  case noWindow

  var exitStatus: ExitStatus { .usage }

  var description: String {
    "no window was given, and no row of the pages says when it started; "
      + "give --from and --to, or --period."
  }
}
