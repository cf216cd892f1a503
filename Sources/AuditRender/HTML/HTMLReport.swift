package import AuditModel
import SafeXML

/// `report.html`: one self-contained page, from a template whose slots are filled with sections.
package struct HTMLReport: Sendable {
  private let template: PageTemplate

  /// Compiles and checks a template, so that a mistake in it is known before anything is fetched.
  package init(template: [UInt8], named file: String) throws(TemplateError) {
    self.template = try PageTemplate(template, named: file)
  }

  /// Writes the page of a report that lies beside some files.
  package func render(
    _ report: ReportDocument, beside files: PackFiles = .standard
  ) throws -> Artifact {
    try ControlTotals.check(report)
    let sections = ReportSections(report: report, slots: template.slots, files: files)
    var writer = MarkupWriter()
    for part in template.parts {
      switch part {
      case .literal(let literal): writer.literal(literal)
      case .contentSecurityPolicy: writer.attributeValue(template.policy)
      case .slot(let slot, let limit): sections.write(slot, limit: limit, to: &writer)
      }
    }
    return Artifact(
      path: "report.html", mediaType: "text/html; charset=utf-8", bytes: writer.bytes)
  }
}
