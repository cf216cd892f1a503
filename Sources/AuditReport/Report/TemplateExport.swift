package import AuditFiles
package import AuditModel
private import AuditTemplates
import Glibc

/// Writes the built-in templates to a folder, to edit them.
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

  /// Writes every built-in file, or none when one of the names is taken.
  ///
  /// - Parameter folder: Created when it does not exist.
  /// - Throws: `Failure`, or an `ArchiveError` for a folder within a pack; both have
  ///   ``AuditModel/ExitStatus/outputRefused``.
  package static func write(to folder: String) throws {
    try OutputGuard.check(folder)
    let files = Templates.builtIn.map { (path: "\(folder)/\($0.name)", content: $0.content) }
    for file in files {
      let isFree = try FileSystem.status(of: file.path, else: Failure.refused) == nil
      guard isFree else { throw Failure.exists(path: file.path) }
    }
    do throws(ArchiveError) {
      try FileSystem.makeDirectories(folder, shownAs: folder)
    } catch {
      guard case .cannotCreate(let path, let fault) = error else { throw error }
      throw failure(path, fault)
    }
    for file in files {
      let written = try OpenFile.creating(file.path, else: failure)
      try written.write(Array(file.content.utf8).span, else: failure)
      try written.synchronise(else: failure)
    }
  }

  private static func failure(_ path: String, _ fault: SystemError) -> Failure {
    fault.number == EEXIST ? .exists(path: path) : .refused(path: path, fault: fault)
  }
}
