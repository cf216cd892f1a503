import AuditModel
import SafeXML

/// A section that is made of the parts of several metrics, and says what was looked for and not found.
struct GatheredSection: SlotSection {
  let slot: Slot
  let parts: [MetricPage]
  let nothingFound: [String]
  let limit: Int
  let files: PackFiles

  func writeBody(to writer: inout MarkupWriter) {
    for part in parts {
      if parts.count > 1 || part.title != title {
        writer.element(.h3, .id(part.id, part.number)) { writer in
          writer.number(writer.numbering.nextHeading())
          writer.text(part.title)
        }
        writer.newline()
      }
      MetricPageView(page: part, limit: limit, files: files).writeBody(to: &writer)
    }
    if !nothingFound.isEmpty {
      writer.element(.p, .className("nothing")) { writer in
        writer.element(.strong, text: "Checked, nothing found:")
        writer.text(" \(nothingFound.joined(separator: ", ")).")
      }
      writer.newline()
    }
  }
}
