package import AuditModel

/// Why rows could not be reduced.
package enum ReductionError: AuditFailure {
  case noWindow

  package var exitStatus: ExitStatus { .usage }

  package var description: String {
    "no window was given, and no row of the pages says when it started; "
      + "give --from and --to, or --period."
  }
}
