import AuditModel
import SafeXML

/// The tables of some workflow types' turnaround: quantiles, and the medians of their definitions.
struct TurnaroundTables {
  let turnaround: [TurnaroundDocument]
  let limit: Int
  let file: String?
  /// What the times are.
  let caption: String
  /// The ids of the captions.
  let quantiles: StaticString
  let definitions: StaticString
  /// The page's number of the first chart.
  let firstChart: Int

  /// How many workflow types have tables of their own on the page.
  private static let shownTypes = 12

  func write(to writer: inout MarkupWriter) {
    for (index, type) in turnaround.prefix(Self.shownTypes).enumerated() {
      writer.element(.h3) { $0.untrusted(type.workflowType, or: "No workflow type") }
      writer.paragraph(sentence(of: type.figures))
      writer.element(.p, .className("counts"), text: counts(of: type.figures))
      writer.newline()
      EndedChart(estimate: type.figures.kaplanMeier, number: firstChart + index).draw(to: &writer)
      writer.element(.div, .className("pair")) { writer in
        HTMLTable(
          id: quantiles, number: index + 1, caption: caption,
          subject: type.workflowType, columns: QuantileRow.columns,
          rows: QuantileRow.rows(of: type.figures)
        ).write(to: &writer)
        HTMLTable(
          id: definitions, number: index + 1, caption: "\(caption) by definition",
          subject: type.workflowType,
          columns: TurnaroundColumns.all.named(
            "definition_name", "terminal", "open", "p50", "km_p50"),
          rows: TurnaroundRow.definitions(of: type), limit: limit, file: file
        ).write(to: &writer)
      }
      writer.newline()
    }
    let others = turnaround.count - Self.shownTypes
    if others > 0 {
      writer.note(
        "other workflow types: \(Readable.count(others))" + (file.map { ", in \($0)" } ?? ""))
    }
  }

  /// What counting the unfinished changes.
  private func sentence(of figures: TurnaroundDocument.Figures) -> String {
    let waiting = figures.open + figures.superseded
    let estimate = figures.kaplanMeier.p50.map { Readable.duration(milliseconds: $0) }
    let observed = figures.completedOnly.p50.map { Readable.duration(milliseconds: $0) }
    guard let observed else { return "No request has ended yet." }
    if figures.kaplanMeier.censored == 0 {
      return "Half of all requests were decided within \(observed); none is unfinished."
    }
    let unfinished =
      "\(Readable.count(waiting, "request")) \(waiting == 1 ? "is" : "are") open or restarted; counting them, "
    guard let estimate else { return unfinished + "fewer than half of all requests are decided." }
    return unfinished
      + (estimate == observed
        ? "half of all requests are still decided within \(estimate)."
        : "half of all requests are decided within \(estimate), not \(observed).")
  }

  private func counts(of figures: TurnaroundDocument.Figures) -> String {
    "Completed only: n = \(Readable.count(figures.completedOnly.n)). "
      + "Kaplan–Meier: n = \(Readable.count(figures.kaplanMeier.n)), "
      + "\(Readable.count(figures.kaplanMeier.events, "event")), "
      + "\(Readable.count(figures.kaplanMeier.censored)) censored "
      + "(\(Readable.count(figures.open)) open, \(Readable.count(figures.superseded)) restarted)."
  }
}
