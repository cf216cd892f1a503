package import AuditModel
import SafeXLSX

extension WorkbookError: AuditFailure {
  /// As when any other file of the pack cannot be written.
  package var exitStatus: ExitStatus { .inputOutput }
}
