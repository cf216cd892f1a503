public import AuditModel
private import AuditTemplates
private import Foundation

/// Writes the built-in templates to a folder, to edit them.
public enum TemplateExport {
  /// Why templates were not written.
  public enum Failure: AuditFailure {
    /// The folder or a file in it cannot be created, for the system's reason.
    case refused(path: String, reason: String)
    /// A file of that name is there, perhaps edited.
    case exists(path: String)

    public var exitStatus: ExitStatus { .outputRefused }

    public var description: String {
      switch self {
      case .refused(let path, let reason):
        "\(TerminalText.clean(path)) cannot be created: \(TerminalText.clean(reason)); "
          + "choose another folder with --out."
      case .exists(let path):
        "\(TerminalText.clean(path)) exists already and may have been edited; "
          + "choose another folder with --out, or move it away."
      }
    }
  }

  /// Writes every built-in file, or none when one of the names is taken.
  ///
  /// - Parameter folder: Created when it does not exist.
  /// - Throws: ``Failure``, with ``AuditModel/ExitStatus/outputRefused``.
  public static func write(to folder: String) throws(Failure) {
    let files = Templates.builtIn.map { (path: "\(folder)/\($0.name)", content: $0.content) }
    if let taken = files.first(where: { FileManager.default.fileExists(atPath: $0.path) }) {
      throw .exists(path: taken.path)
    }
    var path = folder
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      for file in files {
        path = file.path
        try Data(file.content.utf8).write(
          to: URL(fileURLWithPath: file.path), options: .withoutOverwriting)
      }
    } catch {
      throw .refused(path: path, reason: error.localizedDescription)
    }
  }
}
