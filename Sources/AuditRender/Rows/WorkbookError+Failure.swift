package import AuditModel
import SafeXLSX

extension WorkbookError: AuditFailure {
  /// What could not be written, and what to leave out.
  package var message: Message {
    switch self {
    case .outOfMemory: Message(.workbookWithoutMemory)
    case .refused(let file, let reason): Message(.workbookNotWritten, file, reason)
    }
  }
}
