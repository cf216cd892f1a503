import AuditModel
import SafeXML

/// What has to be followed up, each fact with the way to its rows.
struct FollowUpBlock {
  let facts: [FollowUp]
  /// Where a section is, by its slot or its id.
  let place: (_ section: String) -> PagePlace?

  /// How many reference ids are shown.
  private static let shownIDs = 3

  func write(to writer: inout MarkupWriter) {
    let (id, title) = Slot.followUp.heading
    writer.element(.section, .className("follow-up"), .labelledBy(id)) { writer in
      writer.element(.h2, .id(id), text: title)
      if facts.isEmpty {
        writer.paragraph("Nothing to follow up by the rules in Method.")
      } else {
        writer.element(.ol) { writer in
          for fact in facts { write(fact, to: &writer) }
        }
      }
    }
    writer.newline()
  }

  private func write(_ fact: FollowUp, to writer: inout MarkupWriter) {
    writer.newline()
    writer.element(.li) { writer in
      writer.words(of: fact.text)
      // A single one is named by the sentence.
      if fact.ids.count > 1 {
        writer.text(" ")
        writer.element(.span, .className("ids")) { writer in
          let shown = fact.ids.prefix(Self.shownIDs).map { String($0) }.joined(separator: ", ")
          writer.text("IDs \(shown)" + (fact.count > Self.shownIDs ? " …" : ""))
        }
      }
      if let place = place(fact.section) { writer.way(to: place) }
    }
  }
}
