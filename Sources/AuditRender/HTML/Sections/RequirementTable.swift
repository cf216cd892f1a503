import AuditModel
import SafeXML

/// What readers of audit evidence ask for, and what a report shows of it.
struct RequirementTable {
  let requirements: [Requirement]
  /// Where a section is, by its slot or its id.
  let place: (_ section: String) -> PagePlace?

  private static let id: StaticString = "requirements"

  func write(to writer: inout MarkupWriter) {
    let title = writer.numbering.nextTable()
    // It is long for a screen: there it opens on demand, and stays open when a link in it is followed. On paper, where it
    // is what the sheet is for, it always shows: it is beside what opens it, since a closed element is not printed.
    writer.element(.details, .className("asked-for")) { $0.element(.summary, text: summary) }
    writer.element(.div) { writer in
      writer.element(
        .div, .className("scroll"), .role("region"), .labelledBy(Self.id), .focusable
      ) { writer in
        writer.element(.table, .className("requirements")) { writer in
          writer.element(.caption, .id(Self.id)) { writer in
            writer.number(title)
            writer.text("Requirements, and what this report shows of them")
          }
          writer.element(.thead) { writer in
            writer.element(.tr) { writer in
              for head in ["Requirement", "State", "In this report"] {
                writer.element(.th, .scope(.col), text: head)
              }
            }
          }
          writer.element(.tbody) { writer in
            for requirement in requirements { write(requirement, to: &writer) }
          }
        }
      }
    }
    writer.newline()
    writer.note(
      "In our words. A state is what the data shows; it is no statement of compliance."
    )
  }

  /// `16 requirements: 3 shown, 9 partly, 4 not in this data`.
  private var summary: String {
    func count(_ state: Requirement.State) -> Int { requirements.count { $0.state == state } }
    return "\(requirements.count) requirements: \(count(.shown)) shown, \(count(.partly)) partly, "
      + "\(count(.notInData)) not in this data"
  }

  private func write(_ requirement: Requirement, to writer: inout MarkupWriter) {
    writer.newline()
    writer.element(.tr) { writer in
      writer.element(.th, .scope(.row)) { writer in
        writer.number(requirement.id)
        writer.text("\(requirement.title) ")
        writer.element(.small, text: requirement.source)
      }
      writer.element(.td) { writer in
        writer.sign(requirement.state)
        writer.text(" \(requirement.state.label)")
      }
      writer.element(.td) { writer in
        writer.text(requirement.text)
        // The sheet need not point to itself.
        if let section = requirement.section, !section.isSame(as: Slot.evidenceSheet.rawValue),
          let place = place(section)
        {
          writer.way(to: place)
        }
      }
    }
  }
}

extension MarkupWriter {
  /// Draws the sign of a state: a square with a tick, one half filled, one that is empty.
  fileprivate mutating func sign(_ state: Requirement.State) {
    switch state {
    case .shown: sign(.good)
    case .partly:
      element(.svg, .className("sign half"), .viewBox(width: 16, height: 16), .hidden) { writer in
        writer.element(
          .path, .className("face"), .path([points([(1, 1), (15, 15), (1, 15), (1, 1)])])
        ) { _ in }
        writer.element(
          .path, .className("stroke"),
          .path([points([(1, 1), (15, 1), (15, 15), (1, 15), (1, 1)])])
        ) { _ in }
      }
    case .notInData: sign(.open)
    }
  }
}
