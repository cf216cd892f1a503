public import AuditModel
public import SafeXLSX

extension WorkbookError: AuditFailure {
  /// As when any other file of the pack cannot be written.
  public var exitStatus: ExitStatus { .inputOutput }
}
