import AuditModel
import SafeXML

/// What goes into each slot of a page.
struct ReportSections {
  let report: ReportDocument
  /// The slots of the template in page order, for the table of contents.
  let slots: [Slot]
  /// What the page lies beside.
  let files: PackFiles

  func write(_ slot: Slot, limit: Int, to writer: inout MarkupWriter) {
    let cover = report.cover
    switch slot {
    case .window: writer.text(WindowTitle(window: cover.window).text)
    case .scope: writer.element(.bdi, text: cover.scope)
    case .asOf: writer.time(cover.asOf)
    case .toolVersion: writer.text("kfaudit \(cover.toolVersion)")
    case .merkleRoot: write(digest: cover.merkleRoot, to: &writer)
    case .journalHead: write(digest: cover.journalHead, to: &writer)
    case .verdict: VerdictBanner(completeness: report.completeness).write(to: &writer)
    case .contents: writeContents(to: &writer)
    default:
      for section in sections(of: slot, limit: limit) {
        section.write(to: &writer, linksBack: slots.contains(.contents))
      }
    }
  }

  private func write(digest: String?, to writer: inout MarkupWriter) {
    if let digest { writer.digest(digest) } else { writer.text("none: see the packs") }
  }

  private func writeContents(to writer: inout MarkupWriter) {
    writer.element(.ol, .id("contents-list")) { writer in
      for section in slots.flatMap({ sections(of: $0, limit: 1) }) {
        writer.element(.li) {
          $0.element(.a, .anchor(section.id, section.idNumber), text: section.title)
        }
      }
    }
  }

  /// The sections of a slot.
  private func sections(of slot: Slot, limit: Int) -> [any ReportSection] {
    switch slot {
    case .cover: [CoverSection(report: report)]
    case .limitations:
      report.limitations.isEmpty ? [] : [LimitationsSection(limitations: report.limitations)]
    case .keyFigures:
      [KeyFiguresSection(metrics: report.metrics)]
        + (report.servers.map { [ServersSection(servers: $0, limit: limit, files: files)] } ?? [])
    case .gates: report.gates.isEmpty ? [] : [GatesSection(gates: report.gates)]
    case .method: [MethodSection(files: files)]
    case .appendix:
      report.excerpt.isEmpty ? [] : [AppendixSection(report: report, limit: limit, files: files)]
    case .metrics:
      report.metrics.sections.enumerated().map { index, section in
        MetricPageView(page: section.page(number: index + 1), limit: limit, files: files)
      }
    default:
      report.metrics.results.flatMap { $0.pages(in: report) }.filter { $0.slot == slot.rawValue }
        .map { MetricPageView(page: $0, limit: limit, files: files) }
    }
  }
}

/// A section of the page: a heading that the table of contents links to, and what is below it.
protocol ReportSection {
  /// The heading's id.
  var id: StaticString { get }
  /// Tells apart headings with the same id.
  var idNumber: Int? { get }
  /// The heading.
  var title: String { get }
  /// Writes what is below the heading.
  func writeBody(to writer: inout MarkupWriter)
}

extension ReportSection {
  var idNumber: Int? { nil }

  /// Writes the section; `linksBack` when the page has a table of contents.
  func write(to writer: inout MarkupWriter, linksBack: Bool) {
    writer.element(.section, .labelledBy(id, idNumber)) { writer in
      writer.element(.h2, .id(id, idNumber), text: title)
      writer.newline()
      writeBody(to: &writer)
      if linksBack {
        writer.element(.p, .className("back")) {
          $0.element(.a, .anchor("contents-list"), text: "Back to the contents")
        }
      }
    }
    writer.newline()
  }
}

/// The window as a heading: whole days where it consists of whole days, otherwise both instants.
struct WindowTitle {
  let window: WindowDocument

  /// `1–31 October 2026`, `28 September – 4 October 2026`, or `2026-10-01 05:00:00 UTC to …`.
  var text: String {
    guard window.localFrom.dropFirst(10).begins(with: "T00:00:00"),
      window.localTo.dropFirst(10).begins(with: "T00:00:00"),
      let first = CivilDate(String(window.localFrom.prefix(10))),
      let end = CivilDate(String(window.localTo.prefix(10))), first < end
    else { return "\(DisplayFormat.instant(window.from)) to \(DisplayFormat.instant(window.to))" }
    let last = CivilDate(dayNumber: end.dayNumber - 1)
    if first == last { return full(first) }
    if first.parts.year != last.parts.year { return "\(full(first)) – \(full(last))" }
    if first.parts.month != last.parts.month {
      return "\(first.parts.day) \(DisplayFormat.month(first)) – \(full(last))"
    }
    return "\(first.parts.day)–\(full(last))"
  }

  private func full(_ date: CivilDate) -> String {
    "\(date.parts.day) \(DisplayFormat.month(date)) \(date.parts.year)"
  }
}
