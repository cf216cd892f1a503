import AuditFiles
import AuditModel
package import AuditRender
import AuditTemplates

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
