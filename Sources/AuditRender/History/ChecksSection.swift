import AuditModel
import SafeXML

/// The policy checks over time: how each ends now, since when, and how it ended in every report.
struct ChecksSection: ReportSection {
  let history: HistoryDocument
  let groups: [PeriodGroup]
  let links: PackLinks

  let id: StaticString = "checks"
  let title = "Policy checks"

  func writeBody(to writer: inout MarkupWriter) {
    writeTable(to: &writer)
    writer.element(.p, .className("note")) { writer in
      for (letter, word) in Self.letters {
        writer.element(.strong, text: letter)
        writer.text(" \(word)  ")
      }
      writer.text("Blank: no report that fits, or no such check in it.")
    }
    writer.newline()
    // What a reader looks for first is the latest.
    for (index, group) in groups.reversed().enumerated() {
      if index == 0 {
        write(group, index, to: &writer)
      } else {
        writer.element(.details) { writer in
          writer.element(.summary, text: group.title)
          write(group, index, to: &writer)
        }
      }
    }
    if groups.count > 1 {
      writer.element(.p, .className("note printed"), text: "Earlier results are in history.csv.")
    }
  }

  private static let letters = [
    ("P", "passed"), ("F", "failed"), ("W", "waived"), ("N", "not evaluated"),
  ]

  private func writeTable(to writer: inout MarkupWriter) {
    writer.table("checks-table", style: "over-time") { writer in
      writer.number(writer.numbering.nextTable())
      writer.text("Checks, and how they ended from the first report to the newest")
    } head: { writer in
      writer.element(.th, .scope(.col), text: "Check")
      writer.element(.th, .scope(.col), text: "Now")
      writer.element(.th, .scope(.col), text: "Since")
      writer.element(.th, .scope(.col), .className("n"), text: "Failed in")
      writer.element(.th, .scope(.col), .className("timeline")) { writer in
        PeriodAxis(history.counted).writeEnds(to: &writer)
      }
    } body: { writer in
      let strip = CheckStrip(history.counted)
      writer.rows(of: history.checks) { write($0, strip, to: &$1) }
    }
    writer.newline()
  }

  private func write(
    _ check: HistoryCheck, _ strip: CheckStrip, to writer: inout MarkupWriter
  ) {
    writer.element(.tr) { writer in
      writer.element(.th, .scope(.row), .className("name")) { $0.untrusted(check.title) }
      writer.element(.td, .className("whole-cell")) { writer in
        if let current = check.current {
          writer.sign(current.grade)
          writer.text(" ")
          writer.element(
            current == .failed ? .strong : .span,
            text: current == .failed ? "failing" : current.label)
        } else {
          writer.text("not in the newest policy")
        }
      }
      writer.element(.td) { writer in
        if let pack = history.counted.first(where: { $0.name == check.since }) {
          links.write(pack, to: &writer) { $0.text(pack.window.words) }
          if check.current == .failed, check.unknown > 0 {
            writer.text(" (\(Counted(check.unknown, "period").phrase) without a result)")
          }
        }
      }
      writer.element(
        .td, .className("n"),
        text: "\(DisplayFormat.count(check.failed)) of \(DisplayFormat.count(check.reports))")
      writer.element(.td, .className("timeline")) { strip.draw(check.id, to: &$0) }
    }
  }

  private func write(_ group: PeriodGroup, _ index: Int, to writer: inout MarkupWriter) {
    let results = group.cells.map { cell -> [Name: GateDocument.Result] in
      if case .pack(let pack) = cell.content { pack.results } else { [:] }
    }
    writer.table("results", index, style: "matrix results") { writer in
      writer.number(writer.numbering.nextTable())
      writer.text("Results by period, \(group.title)")
    } head: { writer in
      writer.element(.th, .scope(.col), text: "Check")
      for cell in group.cells {
        writer.element(.th, .scope(.col), .className("n")) { writer in
          if case .pack(let pack) = cell.content {
            links.write(pack, to: &writer) { $0.text(cell.label) }
          } else {
            writer.text(cell.label)
          }
        }
      }
    } body: { writer in
      writer.rows(of: history.checks) { check, writer in
        writer.element(.tr) { writer in
          writer.element(.th, .scope(.row)) { $0.untrusted(check.title) }
          for (cell, results) in zip(group.cells, results) {
            Self.write(results[Name(check.id)], in: cell, to: &writer)
          }
        }
      }
    }
    writer.newline()
  }

  private static func write(
    _ result: GateDocument.Result?, in cell: PeriodGroup.Cell, to writer: inout MarkupWriter
  ) {
    switch (result, cell.content) {
    case (.passed, _): writer.element(.td, .className("passed"), text: "P")
    case (.failed, _): writer.element(.td, .className("failed"), text: "F")
    case (.excepted, _): writer.element(.td, .className("waived"), text: "W")
    case (.notJudged, _): writer.element(.td, .className("unevaluated"), text: "N")
    case (nil, .missing): writer.element(.td, .className("missing-day")) { _ in }
    case (nil, _): writer.element(.td) { _ in }
    }
  }
}

/// How the checks ended, as strips along one axis; reports that ended alike one after the other are one bar.
///
/// The tables of results say the same, so that it is hidden from screen readers.
private struct CheckStrip {
  private let axis: PeriodAxis
  private let periods: [(range: ClosedRange<Double>, results: [Name: GateDocument.Result])]
  private static let height = 14.0

  init(_ packs: [HistoryPack]) {
    let axis = PeriodAxis(packs)
    self.axis = axis
    periods = packs.map { (axis.range(of: $0.window), $0.results) }
  }

  /// Draws the strip of a check.
  func draw(_ id: String, to writer: inout MarkupWriter) {
    let name = Name(id)
    var bars: [(result: GateDocument.Result, left: Double, right: Double)] = []
    for (range, results) in periods {
      guard let result = results[name] else { continue }
      if let last = bars.last, last.result == result, range.lowerBound - last.right < 0.01 {
        bars[bars.count - 1].right = range.upperBound
      } else {
        bars.append((result, range.lowerBound, range.upperBound))
      }
    }
    writer.element(
      .svg, .className("strip"), .viewBox(width: PeriodAxis.width, height: Self.height), .hidden
    ) { writer in
      // What failed is seen, however short: it is drawn last, and at least a unit wide.
      for bar in bars.filter({ $0.result != .failed }) + bars.filter({ $0.result == .failed }) {
        let isLow = bar.result == .passed
        writer.bar(
          bar.result.style, x: bar.left, y: isLow ? 5 : 0, width: max(bar.right - bar.left, 1),
          height: isLow ? 4 : Self.height)
      }
    }
  }
}

extension GateDocument.Result {
  fileprivate var style: StaticString {
    switch self {
    case .passed: "passed"
    case .failed: "failed"
    case .excepted: "waived"
    case .notJudged: "unevaluated"
    }
  }
}
