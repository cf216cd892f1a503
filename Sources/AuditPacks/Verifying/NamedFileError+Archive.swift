package import AuditFiles
import AuditModel
package import AuditPlan

extension NamedFileError {
  /// Why a file could not be read, in the words for files that the user names.
  package init(_ error: ArchiveError) {
    self =
      switch error {
      case .missing: .missing
      case .notAFile: .notAFile
      case .tooLarge: .tooLarge
      case .cannotRead(_, let fault): .unreadable(fault.description)
      default: .unreadable(error.description)
      }
  }
}
