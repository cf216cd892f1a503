package import AuditModel
import SafeXML

/// `history.html`: the packs of an archive on one self-contained page.
package struct HistoryPage: Sendable {
  private let template: Template
  /// What is asked for in each slot, in page order.
  private let slots: [HistorySlot]

  /// Compiles a template.
  package init(template bytes: [UInt8], named file: String) throws(TemplateError) {
    template = try Template.compiled(bytes, named: file)
    var slots: [HistorySlot] = []
    for asked in template.slots {
      guard let slot = HistorySlot(rawValue: asked.name) else {
        throw .unknownSlot(
          file: file, line: asked.line, name: asked.name, nearest: HistorySlot.summary.rawValue)
      }
      slots.append(slot)
    }
    self.slots = slots
  }

  /// Writes the page; `archive` is the way from its folder to that of the packs, part by part.
  package func render(_ history: HistoryDocument, archive: [String]) -> Artifact {
    let content = HistoryContent(history, archive: archive)
    return Artifact(
      path: "history.html", mediaType: "text/html; charset=utf-8",
      bytes: template.page { content.write(slots[$0], to: &$1) })
  }
}

/// What the template of the history can ask for.
private enum HistorySlot: String, Sendable {
  /// From the first period to the last, in words.
  case period
  /// Where the instances came from.
  case source
  /// The status date of the newest pack.
  case asOf = "as-of"
  case toolVersion = "tool-version"
  case summary
  case statuses
  case followUp = "follow-up"
  case keyFigures = "key-figures"
  case contents
  /// Every section.
  case sections
}

/// What goes into each slot.
private struct HistoryContent {
  private let history: HistoryDocument
  private let links: PackLinks
  private let sections: [any ReportSection]

  init(_ history: HistoryDocument, archive: [String]) {
    self.history = history
    links = PackLinks(archive: archive)
    let groups = PeriodGroup.all(of: history)
    let all: [(any ReportSection)?] = [
      CalendarSection(groups: groups, links: links),
      history.checks.isEmpty ? nil : ChecksSection(history: history, groups: groups, links: links),
      history.newest == nil ? nil : FiguresSection(history: history),
      FindingsSection(history: history), PacksSection(history: history, links: links),
      HistoryNotesSection(),
    ]
    sections = all.compactMap(\.self)
  }

  func write(_ slot: HistorySlot, to writer: inout MarkupWriter) {
    let overview = HistoryOverview(history: history, links: links)
    switch slot {
    case .period: writer.text(overview.period)
    case .source: overview.writeSource(to: &writer)
    case .asOf:
      if let asOf = history.newest?.head?.asOf {
        writer.time(asOf.description)
      } else {
        writer.text("not known")
      }
    case .toolVersion: writer.text("kfaudit \(history.toolVersion)")
    case .summary: overview.writeSummary(to: &writer)
    case .statuses: overview.writeStatuses(to: &writer)
    case .followUp: overview.writeFollowUp(to: &writer)
    case .keyFigures: overview.writeKeyFigures(to: &writer)
    case .contents:
      writer.contents(sections.enumerated().map { (String($0 + 1), $1) })
    case .sections:
      for (index, section) in sections.enumerated() {
        section.write(as: String(index + 1), to: &writer)
      }
    }
  }
}

/// The ways to the packs' own pages.
struct PackLinks {
  /// The parts of the path from the page to the archive.
  let archive: [String]

  /// Writes words that lead to a pack's page, or just the words where it has none.
  func write(
    _ pack: HistoryPack, _ style: MarkupAttribute? = nil, to writer: inout MarkupWriter,
    content: (inout MarkupWriter) -> Void
  ) {
    let attributes = [style].compactMap(\.self)
    guard pack.hasPage else {
      return writer.element(.span, attributes, content: content)
    }
    writer.element(
      .a, attributes + [.relativeLink(archive + [pack.name.description, "report.html"])],
      content: content)
  }
}

/// What the page shows, and what it does not.
private struct HistoryNotesSection: ReportSection {
  let id: StaticString = "notes"
  let title = "How to read this page"

  func writeBody(to writer: inout MarkupWriter) {
    writer.element(.dl, .className("terms")) { writer in
      for (term, meaning) in Self.terms { writer.entry(term) { $0.text(meaning) } }
    }
    writer.newline()
  }

  private static let terms: KeyValuePairs<String, String> = [
    "What it is made of":
      "manifest.json, SHA256SUMS and report.json of each pack. It repeats what they contain and computes no figure of its "
      + "own but rates by workflow type from their counts.",
    "Files fit":
      "manifest.json and report.json have the digests that SHA256SUMS lists. Nothing else is checked: not SHA256SUMS itself, "
      + "no signature, no raw response. kfaudit verify --chain does that.",
    "Damaged":
      "One of the two files has another digest, is missing or cannot be read. No figure of such a pack is shown.",
    "Proved":
      "Two equal reads returned all that the account may see. Not proved: nothing shows that these are all instances.",
    "Missing":
      "Time between two packs that no pack covers, counted in periods as long as that of the pack before. What lies before "
      + "the first pack or after the last is not known here.",
    "Failing since":
      "The first report of the latest run in which the check failed. A period without a result, or not evaluated, does not "
      + "end a run; a report in which the check passed or was waived does.",
    "Revisions":
      "Of several packs of a period the newest counts; the others are listed under What is missing or does not fit.",
    "Chain":
      "Each pack contains the digest of the manifest of the pack published before it. The chain is broken where that pack is "
      + "missing or has another digest.",
    "Failed, rejected":
      "Of finished instances (completed, failed or rejected), with the 95% confidence interval (Wilson).",
    "Time to finish":
      "As each report has it: observed where nothing is open, else the estimate including open requests (Kaplan–Meier), with "
      + "its 95% confidence interval.",
  ]
}
