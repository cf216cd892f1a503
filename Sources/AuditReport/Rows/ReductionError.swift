package import AuditModel

/// Why rows could not be reduced.
package enum ReductionError: AuditFailure {
  /// Saved pages without rows, and no window was given.
  case noWindow

  /// What is missing, and what to do.
  package var message: Message { Message(.noPeriodInPages) }
}
