import SafeXML

/// A section of the page: a heading that the table of contents links to, and what is below it.
protocol ReportSection {
  /// The heading's id.
  var id: StaticString { get }
  /// Tells apart headings with the same id.
  var idNumber: Int? { get }
  /// The heading.
  var title: String { get }
  /// Writes what is below the heading.
  func writeBody(to writer: inout MarkupWriter)
}

extension ReportSection {
  var idNumber: Int? { nil }

  /// Writes the section; `linksBack` when the page has a table of contents.
  func write(to writer: inout MarkupWriter, linksBack: Bool) {
    writer.element(.section, .labelledBy(id, idNumber)) { writer in
      writer.element(.h2, .id(id, idNumber), text: title)
      writer.newline()
      writeBody(to: &writer)
      if linksBack {
        writer.element(.p, .className("back")) {
          $0.element(.a, .anchor("contents-list"), text: "Back to the contents")
        }
      }
    }
    writer.newline()
  }
}
