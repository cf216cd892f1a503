package import AuditModel

/// Why rows could not be reduced.
package enum ReductionError: AuditFailure {
  /// Saved pages without rows, and no window was given.
  case noWindow

  /// 64: a window can be given.
  package var exitStatus: ExitStatus { .usage }

  /// What is missing, and what to do.
  package var description: String {
    "no window was given, and no row of the pages says when it started; "
      + "give --from and --to, or --period."
  }
}
