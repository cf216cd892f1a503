import AuditModel
import SafeXML

/// What happened, in a few sentences.
struct SummarySection: SlotSection {
  let sentences: [Sentence]

  var slot: Slot { .summary }

  func writeBody(to writer: inout MarkupWriter) {
    writer.element(.p, .className("summary")) { writer in
      for (index, sentence) in sentences.enumerated() {
        if index > 0 { writer.text(" ") }
        writer.words(of: sentence)
      }
    }
    writer.newline()
  }
}
