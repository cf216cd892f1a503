import AuditFiles
import AuditModel
package import AuditRender
import AuditTemplates

/// The template of report.html: the built-in one, or that of `--template`, which is kept as evidence.
package struct ReportTemplate {
  /// The page, checked.
  package let report: HTMLReport
  /// The template's bytes when it is not the built-in one.
  package let custom: [UInt8]?

  /// The file of the page in a folder of templates.
  package static let file = "report.html"

  /// Reads and checks the template of a folder; `nil` for the built-in one.
  package init(folder: String?) throws {
    if let folder {
      let bytes = try StoredFile.read("\(folder)/\(Self.file)")
      report = try HTMLReport(template: bytes, named: "\(folder)/\(Self.file)")
      custom = bytes
    } else {
      let builtIn = Templates.builtIn.first { $0.name == Self.file }?.content ?? ""
      report = try HTMLReport(template: Array(builtIn.utf8), named: Self.file)
      custom = nil
    }
  }
}
