import SafeXML

/// Lines for those who have read the report.
struct SignOffSection: SlotSection {
  var slot: Slot { .signOff }

  func writeBody(to writer: inout MarkupWriter) {
    writer.paragraph("We have read this report and followed up what it lists.")
    writer.element(.dl, .className("sign-off")) { writer in
      for role in ["Prepared by", "Reviewed by", "Approved by"] {
        writer.entry(role) { writer in
          for line in ["Name", "Date", "Signature"] {
            writer.element(.span, .className("line"), text: line)
            writer.text(" ")
          }
        }
      }
    }
    writer.newline()
  }
}
