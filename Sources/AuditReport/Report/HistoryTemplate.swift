package import AuditRender
import AuditTemplates

/// The built-in page of an archive's history.
package enum HistoryTemplate {
  private static let file = "history.html"

  /// Compiles the page.
  ///
  /// - Throws: a `TemplateError`, which the template that ships with the program has no reason for.
  package static func page() throws -> HistoryPage {
    let content = Templates.builtIn.first { $0.name == file }?.content ?? ""
    return try HistoryPage(template: Array(content.utf8), named: file)
  }
}
