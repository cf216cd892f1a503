package import AuditFiles
package import AuditModel
package import AuditRender
import AuditTemplates
import Glibc

/// The template of report.html: a built-in one, or that of a folder.
package struct ReportTemplate {
  /// The page, checked.
  package let report: HTMLReport
  /// The template's bytes when it is not the one that is used unless another is named; they are kept as evidence.
  package let custom: [UInt8]?

  /// The file of the page in a folder of templates.
  package static let file = "report.html"

  /// A template that ships with the program.
  package enum BuiltIn: String, Sendable {
    /// The whole report.
    case report
    /// Two pages for management.
    case brief

    /// Its text.
    package var content: String { Templates.content(of: "\(rawValue).html") }
  }

  /// Reads and checks a template.
  ///
  /// - Parameters:
  ///   - name: `brief`, or a folder; a folder of that name is `./brief`. `nil` is the whole report.
  ///   - read: Gives the bytes of a file.
  /// - Throws: a `TemplateError`, and why the file cannot be read.
  package init(
    named name: String?, reading read: (String) throws -> [UInt8] = { try StoredFile.read($0) }
  ) throws {
    guard let folder = name, !folder.isSame(as: BuiltIn.brief.rawValue) else {
      let builtIn = name == nil ? BuiltIn.report : .brief
      let bytes = Array(builtIn.content.utf8)
      report = try HTMLReport(template: bytes, named: "\(builtIn.rawValue).html")
      custom = builtIn == .report ? nil : bytes
      return
    }
    let bytes = try read("\(folder)/\(Self.file)")
    report = try HTMLReport(template: bytes, named: "\(folder)/\(Self.file)")
    custom = bytes
  }
}

extension HistoryPage {
  /// The page that ships with the program.
  ///
  /// - Throws: a `TemplateError`, which that page has no reason for.
  package static func builtIn() throws -> HistoryPage {
    let file = "history.html"
    return try HistoryPage(template: Array(Templates.content(of: file).utf8), named: file)
  }
}

extension Templates {
  /// The text of a template that ships with the program.
  fileprivate static func content(of file: String) -> String {
    builtIn.first { $0.name == file }?.content ?? ""
  }
}

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
