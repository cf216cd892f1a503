import SafeXML

/// A section of the page: a heading that the table of contents links to, and what is below it.
protocol ReportSection {
  /// The heading's id.
  var id: StaticString { get }
  /// The heading.
  var title: String { get }
  /// Writes what is below the heading.
  func writeBody(to writer: inout MarkupWriter)
}

extension ReportSection {
  func write(to writer: inout MarkupWriter) {
    writer.element(.section, .labelledBy(id)) { writer in
      writer.element(.h2, .id(id), text: title)
      writer.newline()
      writeBody(to: &writer)
    }
    writer.newline()
  }
}
