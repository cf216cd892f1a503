import SafeXML

/// What nobody should read out of the report.
struct LimitationsSection: ReportSection {
  let limitations: [String]

  var id: StaticString { "limitations" }
  var title: String { "What this report cannot show" }

  func writeBody(to writer: inout MarkupWriter) {
    writer.element(.ul, .className("prose")) { writer in
      for limitation in limitations { writer.element(.li, text: limitation) }
    }
    writer.newline()
  }
}
