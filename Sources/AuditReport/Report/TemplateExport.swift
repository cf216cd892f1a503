package import AuditFiles
package import AuditModel
import Glibc

/// Writes files to a folder, to edit them: a built-in template, or what a new installation starts from.
package enum TemplateExport {
  /// Why files were not written.
  package enum Failure: AuditFailure {
    /// The folder or a file in it cannot be created, for the system's reason.
    case refused(path: String, fault: SystemError)
    /// A file of that name is there, perhaps edited.
    case exists(path: String)

    /// Which path, why, and what to do.
    package var message: Message {
      switch self {
      case .refused(let path, let fault):
        Message(.templateRefused, TerminalText.sanitized(path), "\(fault)")
      case .exists(let path): Message(.templateExists, TerminalText.sanitized(path))
      }
    }
  }

  /// A file to write.
  package struct File {
    /// Its name in the folder, or its path within it.
    var name: String
    var content: String
    /// Whether it is a program.
    var isExecutable = false
  }

  /// Writes a built-in template under the name that templates of folders have.
  ///
  /// - Throws: `Failure`, or an `ArchiveError` for a folder within a pack; both have
  ///   ``AuditModel/ExitStatus/outputRefused``.
  package static func write(_ template: ReportTemplate.BuiltIn, to folder: String) throws {
    try write([File(name: ReportTemplate.file, content: template.content)], to: folder)
  }

  /// Writes files, none of which may be there.
  ///
  /// - Parameters:
  ///   - files: What is written; nothing is when one of them exists.
  ///   - folder: Created when it does not exist.
  /// - Throws: As for a template.
  package static func write(_ files: [File], to folder: String) throws {
    try OutputGuard.check(folder)
    for file in files {
      let path = "\(folder)/\(file.name)"
      let isFree = try FileSystem.status(of: path, else: Failure.refused) == nil
      guard isFree else { throw Failure.exists(path: path) }
    }
    do throws(ArchiveError) {
      for file in files {
        let path = "\(folder)/\(file.name)"
        let place = FileSystem.parent(of: path)
        try FileSystem.makeDirectories(place, shownAs: place)
        let text = Array(file.content.utf8)
        try TemporaryPath.file(for: path, text, isExecutable: file.isExecutable)
          .publish(as: path, keepingFile: true)
      }
    } catch {
      switch error {
      case .alreadyThere(let path): throw Failure.exists(path: path)
      case .cannotCreate(let path, let fault), .cannotWrite(let path, _, let fault),
        .cannotSynchronise(let path, let fault):
        throw fault.number == EEXIST
          ? Failure.exists(path: path) : .refused(path: path, fault: fault)
      default: throw error
      }
    }
  }
}
