package import AuditFiles
package import AuditModel
import Glibc

/// Writes a built-in template to a folder, to edit it.
package enum TemplateExport {
  /// Why templates were not written.
  package enum Failure: AuditFailure {
    /// The folder or a file in it cannot be created, for the system's reason.
    case refused(path: String, fault: SystemError)
    /// A file of that name is there, perhaps edited.
    case exists(path: String)

    /// 73: nothing was written over.
    package var exitStatus: ExitStatus { .outputRefused }

    /// Which path, why, and what to do.
    package var description: String {
      switch self {
      case .refused(let path, let fault):
        "\(TerminalText.sanitized(path)) cannot be created: \(fault). Choose another folder."
      case .exists(let path):
        "\(TerminalText.sanitized(path)) exists already and may have been edited; "
          + "choose another folder, or move it away."
      }
    }
  }

  /// Writes a built-in template under the name that templates of folders have.
  ///
  /// - Parameters:
  ///   - template: Which.
  ///   - folder: Created when it does not exist.
  /// - Throws: `Failure`, or an `ArchiveError` for a folder within a pack; both have
  ///   ``AuditModel/ExitStatus/outputRefused``.
  package static func write(_ template: ReportTemplate.BuiltIn, to folder: String) throws {
    try OutputGuard.check(folder)
    let path = "\(folder)/\(ReportTemplate.file)"
    let isFree = try FileSystem.status(of: path, else: Failure.refused) == nil
    guard isFree else { throw Failure.exists(path: path) }
    do throws(ArchiveError) {
      try FileSystem.makeDirectories(folder, shownAs: folder)
    } catch {
      guard case .cannotCreate(let path, let fault) = error else { throw error }
      throw failure(path, fault)
    }
    let written = try OpenFile.creating(path, else: failure)
    try written.write(Array(template.content.utf8).span, else: failure)
    try written.synchronise(else: failure)
  }

  private static func failure(_ path: String, _ fault: SystemError) -> Failure {
    fault.number == EEXIST ? .exists(path: path) : .refused(path: path, fault: fault)
  }
}
