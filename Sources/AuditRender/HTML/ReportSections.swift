import AuditModel
import SafeXML

/// What goes into each slot of a page.
struct ReportSections {
  let report: ReportDocument
  /// The slots of the template in page order.
  private let slots: [Slot]
  /// What the page lies beside.
  private let files: PackFiles
  /// The parts of the page that metrics have.
  private let parts: [MetricPage]
  private let summary: ReportSummary
  private let followUp: [FollowUp]
  /// The sections in page order with their numbers.
  private var labels: [(section: any ReportSection, label: String)] = []

  init(report: ReportDocument, slots: [Slot], files: PackFiles) {
    self.report = report
    self.slots = slots
    self.files = files
    summary = ReportSummary(report)
    followUp = report.followUp
    let ordered = [false, true].flatMap { isLast in
      report.metrics.sections.filter { $0.isLast == isLast }
    }
    parts =
      report.metrics.results.flatMap { $0.pages(in: report) }
      + ordered.enumerated().map { $1.page(number: $0 + 1) }
    labels = Self.numbered(slots.flatMap { sections(of: $0, limit: 1) })
  }

  /// Numbers for sections, letters for appendices.
  private static func numbered(
    _ sections: [any ReportSection]
  ) -> [(section: any ReportSection, label: String)] {
    var (number, letter) = (0, UInt8(ascii: "A"))
    return sections.map { section in
      if section.isAppendix {
        defer { letter += 1 }
        return (section, String(decoding: [letter], as: UTF8.self))
      }
      number += 1
      return (section, String(number))
    }
  }

  func write(_ slot: Slot, limit: Int, to writer: inout MarkupWriter) {
    let cover = report.cover
    switch slot {
    case .window: writer.text(WindowTitle(window: cover.window).text)
    case .scope: writer.element(.bdi, text: cover.scope)
    case .source: writer.source(cover.source)
    case .account:
      writer.untrusted(
        cover.source.principal, or: cover.source.kind == .packs ? "see the packs" : "none")
    case .preparedFor: writer.untrusted(cover.preparedFor, or: "not specified")
    case .asOf: writer.time(cover.asOf)
    case .toolVersion: writer.text("kfaudit \(cover.toolVersion)")
    case .merkleRoot: write(digest: cover.merkleRoot, to: &writer)
    case .journalHead: write(digest: cover.journalHead, to: &writer)
    case .verdict: StatusBlock(report: report).write(to: &writer)
    case .followUp: FollowUpBlock(facts: followUp, place: place).write(to: &writer)
    case .keyFigures: KeyFiguresBlock(summary: summary).write(to: &writer)
    case .contents: writer.contents(labels.map { ($0.label, $0.section) })
    default:
      for section in sections(of: slot, limit: limit) {
        section.write(as: label(of: section), to: &writer)
      }
    }
  }

  private func write(digest: String?, to writer: inout MarkupWriter) {
    if let digest { writer.digest(digest) } else { writer.text("none: see the packs") }
  }

  private func label(of section: any ReportSection) -> String {
    labels.first { $0.section.isSame(as: section) }?.label ?? ""
  }

  /// Where a section is, by its slot or the id of its heading; `nil` where the page has none.
  private func place(_ name: String) -> PagePlace? {
    let id = Slot(rawValue: name)?.heading.id.description ?? name
    return labels.first { $0.section.id.description.isSame(as: id) && $0.section.idNumber == nil }
      .map { section, label in
        PagePlace(
          id: section.id, words: "\(section.isAppendix ? "Appendix" : "Section") \(label)")
      }
  }

  /// The sections of a slot.
  private func sections(of slot: Slot, limit: Int) -> [any ReportSection] {
    switch slot {
    case .summary: [SummarySection(sentences: summary.sentences)]
    case .gates: report.gates.isEmpty ? [] : [GatesSection(gates: report.gates)]
    case .controls:
      report.controls.isEmpty ? [] : [ControlsSection(report: report, files: files)]
    case .cover:
      [
        CoverSection(
          report: report,
          servers: report.servers.map { ServersTables(servers: $0, limit: limit, files: files) },
          sheet: place(Slot.evidenceSheet.rawValue))
      ]
    case .evidenceSheet: [EvidenceSheetSection(report: report, files: files, place: place)]
    case .verify: [VerifySection(report: report)]
    case .limitations:
      report.limitations.isEmpty ? [] : [LimitationsSection(limitations: report.limitations)]
    case .method: [TermsSection(slot: .method, terms: MethodTerms(files: files).terms)]
    case .glossary: [TermsSection(slot: .glossary, terms: GlossaryTerms.terms)]
    case .signOff: [SignOffSection()]
    case .metrics: others(limit: limit)
    default: slot.isOfMetrics ? [gathered(slot, limit: limit)].compactMap(\.self) : []
    }
  }

  /// The parts of a slot as one section; `nil` where nothing is to be shown.
  private func gathered(_ slot: Slot, limit: Int) -> GatheredSection? {
    let own = parts.filter { $0.slot == slot.rawValue && !$0.blocks.isEmpty }
    let nothingFound = slot == .patterns ? parts.flatMap(\.nothingFound) : []
    if own.isEmpty, nothingFound.isEmpty { return nil }
    return GatheredSection(
      slot: slot, parts: own, nothingFound: nothingFound, limit: limit, files: files)
  }

  /// What the template has no slot for, and the metrics that have none.
  private func others(limit: Int) -> [any ReportSection] {
    let metrics: [Slot] = [
      .controlDesign, .serviceLevels, .openRequests, .timeToFinish, .patterns, .changes,
    ]
    let gathered = metrics.filter { !slots.contains($0) }.compactMap {
      self.gathered($0, limit: limit)
    }
    let unplaced = parts.filter { $0.slot == MetricPage.unplaced && !$0.blocks.isEmpty }
    return gathered + unplaced.map { MetricPageView(page: $0, limit: limit, files: files) }
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
  /// Whether it has a letter rather than a number.
  var isAppendix: Bool { get }
  /// Writes what is below the heading.
  func writeBody(to writer: inout MarkupWriter)
}

extension ReportSection {
  var idNumber: Int? { nil }
  var isAppendix: Bool { false }

  /// Whether both are the same place of the page.
  func isSame(as other: any ReportSection) -> Bool {
    id.description == other.id.description && idNumber == other.idNumber
  }

  /// Writes the section under its number.
  func write(as label: String, to writer: inout MarkupWriter) {
    writer.numbering.begin(section: label)
    writer.element(
      .section, .className(isAppendix ? "appendix" : "part"), .labelledBy(id, idNumber)
    ) {
      writer in
      writer.element(.h2, .id(id, idNumber)) { writer in
        writer.number(label)
        writer.text(title)
      }
      writer.newline()
      writeBody(to: &writer)
    }
    writer.newline()
  }
}

/// The sections that a slot's own list names.
protocol SlotSection: ReportSection {
  /// The slot.
  var slot: Slot { get }
}

extension SlotSection {
  var id: StaticString { slot.heading.id }
  var title: String { slot.heading.title }
  var isAppendix: Bool { slot.isAppendix }
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
    if first == last { return first.words }
    if first.parts.year != last.parts.year { return "\(first.words) – \(last.words)" }
    if first.parts.month != last.parts.month {
      return "\(first.parts.day) \(DisplayFormat.month(first)) – \(last.words)"
    }
    return "\(first.parts.day)–\(last.words)"
  }
}

extension CivilDate {
  /// `5 October 2026`.
  var words: String { "\(parts.day) \(DisplayFormat.month(self)) \(parts.year)" }
}

/// A section of the page, as other parts of it point to it.
struct PagePlace {
  /// The id of its heading.
  let id: StaticString
  /// `Section 3`, `Appendix B`.
  let words: String
}

extension MarkupWriter {
  /// Writes links to sections under their numbers.
  mutating func contents(_ sections: [(label: String, section: any ReportSection)]) {
    element(.ol, .id("contents-list")) { writer in
      for (label, section) in sections {
        writer.element(.li) { writer in
          writer.element(.a, .anchor(section.id, section.idNumber)) { writer in
            writer.number(label)
            writer.text(section.title)
          }
        }
      }
    }
  }

  /// Writes the way to a section behind what has been said.
  mutating func way(to place: PagePlace) {
    text(" ")
    element(.a, .className("way"), .anchor(place.id), text: place.words)
  }
}
