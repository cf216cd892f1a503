import AuditModel
import SafeXML

/// The four statuses that a page begins with, each with a shape and a word, its reason and what it means.
struct StatusBlock {
  let report: ReportDocument

  func write(to writer: inout MarkupWriter) {
    let (id, title) = Slot.verdict.heading
    writer.block("statuses", id, title) { writer in
      writer.element(.dl) { writer in
        for status in ReportStatus.all(of: report) {
          writer.status(
            status.subject.rawValue, status.grade, status.word, status.reason, status.meaning)
        }
      }
    }
    if [.unproved, .incomplete].contains(report.completeness.verdict) {
      writeWatermark(to: &writer)
    }
  }

  /// A picture of the word, as faint as a watermark, and hidden from screen readers.
  private func writeWatermark(to writer: inout MarkupWriter) {
    writer.element(.div, .className("watermark"), .hidden) { writer in
      writer.element(.svg, .viewBox(width: 400, height: 60)) { writer in
        writer.element(
          .text, .className("middle"), .x(200), .y(45), text: report.completeness.verdict.label)
      }
    }
    writer.newline()
  }
}

extension ReportStatus.Grade {
  fileprivate var className: StaticString {
    switch self {
    case .good: "status good"
    case .review: "status review"
    case .bad: "status bad"
    case .open: "status open"
    }
  }

  fileprivate var signClass: StaticString {
    switch self {
    case .good: "sign good"
    case .review: "sign review"
    case .bad: "sign bad"
    case .open: "sign open"
    }
  }

  /// The outline: a square, a triangle, an octagon, or a square that is not filled.
  fileprivate var outline: [(Double, Double)] {
    switch self {
    case .good, .open: [(1, 1), (15, 1), (15, 15), (1, 15), (1, 1)]
    case .review: [(8, 0.5), (16, 15), (0, 15), (8, 0.5)]
    case .bad:
      [(5, 0), (11, 0), (16, 5), (16, 11), (11, 16), (5, 16), (0, 11), (0, 5), (5, 0)]
    }
  }

  /// What is drawn within: a tick, an exclamation mark, a cross, a dash.
  fileprivate var strokes: [[(Double, Double)]] {
    switch self {
    case .good: [[(4, 8.5), (7, 11.5), (12.5, 5)]]
    case .review: [[(8, 5.5), (8, 10)], [(8, 11.6), (8, 13.2)]]
    case .bad: [[(5, 5), (11, 11)], [(11, 5), (5, 11)]]
    case .open: [[(4.5, 8), (11.5, 8)]]
    }
  }
}

extension MarkupWriter {
  /// Writes a part of the first screen under its heading.
  mutating func block(
    _ style: StaticString, _ id: StaticString, _ title: String,
    content: (inout MarkupWriter) -> Void
  ) {
    element(.section, .className(style), .labelledBy(id)) { writer in
      writer.element(.h2, .id(id), text: title)
      content(&writer)
    }
    newline()
  }

  /// Writes a count of the first screen.
  mutating func tile(_ label: String, _ count: Int, note: String?) {
    newline()
    element(.div) { writer in
      writer.element(.dt, text: label)
      writer.element(.dd, .className("count"), text: DisplayFormat.count(count))
      if let note { writer.element(.dd, .className("note"), text: note) }
    }
  }

  /// Writes an answer of the first screen: a sign and a word, why it is so, and what it means.
  mutating func status(
    _ subject: String, _ grade: ReportStatus.Grade, _ word: String, _ reason: Sentence,
    _ meaning: Sentence
  ) {
    newline()
    element(.div, .className(grade.className)) { writer in
      writer.element(.dt, text: subject)
      writer.element(.dd, .className("answer")) { writer in
        writer.sign(grade)
        writer.text(" ")
        writer.element(.strong, text: word)
      }
      writer.element(.dd) { writer in
        writer.words(of: reason)
        writer.text(" ")
        writer.element(.span, .className("meaning")) { $0.words(of: meaning) }
      }
    }
  }

  /// Draws the sign of a grade; the word beside it says the same.
  mutating func sign(_ grade: ReportStatus.Grade) {
    element(.svg, .className(grade.signClass), .viewBox(width: 16, height: 16), .hidden) { writer in
      writer.element(.path, .className("face"), .path([points(grade.outline)])) { _ in }
      writer.element(.path, .className("stroke"), .path(grade.strokes.map(points))) { _ in }
    }
  }
}

/// Corners of a drawing.
func points(_ corners: [(Double, Double)]) -> [MarkupAttribute.Point] {
  corners.map { MarkupAttribute.Point(x: $0.0, y: $0.1) }
}

/// What has to be followed up, each fact with the way to its rows.
struct FollowUpBlock {
  let facts: [FollowUp]
  /// Where a section is, by its slot or its id.
  let place: (_ section: String) -> PagePlace?

  /// How many reference ids are shown.
  private static let shownIDs = 3

  func write(to writer: inout MarkupWriter) {
    let (id, title) = Slot.followUp.heading
    writer.block("follow-up", id, title) { writer in
      if facts.isEmpty {
        writer.paragraph("Nothing to follow up by the rules in Method.")
      } else {
        writer.element(.ol) { writer in
          for fact in facts { write(fact, to: &writer) }
        }
      }
    }
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

/// Figures that add up to the population, and how long it took.
struct KeyFiguresBlock {
  let summary: ReportSummary

  func write(to writer: inout MarkupWriter) {
    let (id, title) = Slot.keyFigures.heading
    writer.block("key-figures", id, title) { writer in
      writer.element(.dl, .className("tiles")) { writer in
        for tile in [summary.started] + summary.tiles {
          let share = tile.share.map { "\(DisplayFormat.percent($0)) of finished" }
          let parts = tile.parts.map { "\(DisplayFormat.count($0.count)) \($0.label)" }
          let notes = [share].compactMap(\.self) + parts
          writer.tile(
            tile.label, tile.count, note: notes.isEmpty ? nil : notes.joined(separator: " · "))
        }
      }
      writer.newline()
      if !summary.times.isEmpty { writeTimes(to: &writer) }
    }
  }

  private func writeTimes(to writer: inout MarkupWriter) {
    writer.element(.p, .className("times")) { writer in
      writer.element(.strong, text: "Median time to finish")
      writer.text(summary.times.contains(where: \.isEstimate) ? ", open requests included: " : ": ")
      for (index, time) in summary.times.enumerated() {
        if index > 0 { writer.text("; ") }
        writer.element(.span, .className("whole")) { writer in
          writer.untrusted(time.workflowType, or: "no workflow type")
          writer.text(" ")
          writer.cell(.duration(time.median, or: time.isEstimate ? .notReached : .tooFew))
          if let ninety = time.ninety, time.median != nil {
            writer.text(" (90% within ")
            writer.duration(ninety)
            writer.text(")")
          }
        }
      }
      writer.text(".")
    }
    writer.newline()
  }
}
