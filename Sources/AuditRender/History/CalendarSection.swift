import AuditModel
import SafeXML

/// The periods as a calendar, each with its verdict and the way to its page.
struct CalendarSection: ReportSection {
  let groups: [PeriodGroup]
  let links: PackLinks

  let id: StaticString = "calendar"
  let title = "Calendar"

  /// How many of the latest groups are open.
  private static let open = 13

  func writeBody(to writer: inout MarkupWriter) {
    writeKey(to: &writer)
    let older = groups.dropLast(Self.open)
    if !older.isEmpty {
      writer.element(.details) { writer in
        writer.element(
          .summary, text: "\(older[0].title) to \(older[older.count - 1].title)")
        write(older, to: &writer)
      }
      writer.element(.p, .className("note printed"), text: "Earlier periods are in history.csv.")
    }
    write(groups.suffix(Self.open), to: &writer)
  }

  private func writeKey(to writer: inout MarkupWriter) {
    writer.element(.p, .className("key")) { writer in
      for standing in [HistoryPack.Standing.proved, .unproved, .damaged] {
        writer.element(.span) { writer in
          writer.sign(standing.grade)
          writer.text(standing == .damaged ? " Damaged or incomplete" : " \(standing.label)")
        }
      }
      for (style, words) in Self.swatches {
        writer.element(.span) { writer in
          writer.element(.span, .className(style)) { _ in }
          writer.text(words)
        }
      }
    }
    writer.newline()
  }

  private static let swatches: [(StaticString, String)] = [
    ("swatch missing-day", " Missing"), ("swatch broken", " Chain broken"),
  ]

  private func write(_ groups: some Sequence<PeriodGroup>, to writer: inout MarkupWriter) {
    writer.element(.div, .className("months")) { writer in
      for group in groups {
        writer.newline()
        writer.element(.div, .className(group.firstWeekday == nil ? "year" : "month")) { writer in
          writer.element(.h3, text: group.title)
          if group.firstWeekday != nil { Self.writeWeekdays(to: &writer) }
          writer.element(.ol, .className(group.firstWeekday == nil ? "spans" : "days")) { writer in
            for (index, cell) in group.cells.enumerated() {
              let start = index == 0 ? group.firstWeekday.map { Self.columns[$0] } : nil
              writer.element(.li, start.map { [.className($0)] } ?? []) { write(cell, to: &$0) }
            }
          }
        }
      }
    }
    writer.newline()
  }

  private static func writeWeekdays(to writer: inout MarkupWriter) {
    writer.element(.div, .className("weekdays"), .hidden) { writer in
      for letter in ["M", "T", "W", "T", "F", "S", "S"] { writer.element(.span, text: letter) }
    }
  }

  private static let columns: [StaticString] = ["d1", "d2", "d3", "d4", "d5", "d6", "d7"]

  private func write(_ cell: PeriodGroup.Cell, to writer: inout MarkupWriter) {
    switch cell.content {
    case .outside:
      writer.element(.span, .className("day outside"), text: cell.label)
    case .missing:
      writer.element(.span, .className("day missing-day")) { writer in
        writer.text(cell.label)
        writer.element(.span, .className("heard"), text: " \(cell.title): missing")
      }
    case .pack(let pack):
      links.write(pack, .className(pack.dayStyle), to: &writer) { writer in
        writer.text(cell.label)
        if pack.standing.grade != .good {
          writer.text(" ")
          writer.sign(pack.standing.grade)
        }
        let chain = pack.link.isBroken ? ", chain broken" : ""
        writer.element(
          .span, .className("heard"),
          text: " \(cell.title): \(pack.standing.label.lowercased())\(chain)")
      }
    }
  }
}

extension HistoryPack {
  fileprivate var dayStyle: StaticString {
    switch (standing.grade, link.isBroken) {
    case (.good, false): "day good"
    case (.good, true): "day good broken"
    case (.review, false): "day review"
    case (.review, true): "day review broken"
    case (_, false): "day bad"
    case (_, true): "day bad broken"
    }
  }
}
