import AuditModel
import SafeXML

/// Figures that add up to the population, and how long it took.
struct KeyFiguresBlock {
  let summary: ReportSummary

  func write(to writer: inout MarkupWriter) {
    let (id, title) = Slot.keyFigures.heading
    writer.element(.section, .className("key-figures"), .labelledBy(id)) { writer in
      writer.element(.h2, .id(id), text: title)
      writer.element(.dl, .className("tiles")) { writer in
        write(summary.started, to: &writer)
        for tile in summary.tiles { write(tile, to: &writer) }
      }
      writer.newline()
      if !summary.times.isEmpty { writeTimes(to: &writer) }
    }
    writer.newline()
  }

  private func write(_ tile: ReportSummary.Tile, to writer: inout MarkupWriter) {
    writer.newline()
    writer.element(.div) { writer in
      writer.element(.dt, text: tile.label)
      writer.element(.dd, .className("count"), text: DisplayFormat.count(tile.count))
      let share = tile.share.map { "\(DisplayFormat.percent($0)) of finished" }
      let parts = tile.parts.map { "\(DisplayFormat.count($0.count)) \($0.label)" }
      let notes = ([share].compactMap(\.self)) + parts
      if !notes.isEmpty {
        writer.element(.dd, .className("note"), text: notes.joined(separator: " · "))
      }
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
