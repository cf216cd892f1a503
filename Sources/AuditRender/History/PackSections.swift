import AuditModel
import SafeXML

/// Every pack that counts, the latest first, with the way to its page.
struct PacksSection: ReportSection {
  let history: HistoryDocument
  let links: PackLinks

  let id: StaticString = "packs"
  let title = "Packs"

  /// How many rows are seen at once.
  private static let atOnce = 31

  private static let columns: [(title: String, isNumeric: Bool)] = [
    ("Period", false), ("Completeness", false), ("Checks that failed", false), ("Started", true),
    ("Failed (95% interval)", true), ("Rejected (95% interval)", true), ("Open", true),
    ("Chain", false),
  ]

  func writeBody(to writer: inout MarkupWriter) {
    let packs = Array(history.counted.reversed())
    let title = writer.numbering.nextTable()
    write(packs.prefix(Self.atOnce), title, isFirst: true, to: &writer)
    let rest = packs.dropFirst(Self.atOnce)
    if rest.isEmpty { return }
    writer.element(.details) { writer in
      writer.element(.summary, text: "\(DisplayFormat.count(rest.count)) earlier")
      write(rest, "\(title), continued", isFirst: false, to: &writer)
    }
    writer.element(.p, .className("note printed")) { writer in
      writer.text("\(DisplayFormat.count(rest.count)) earlier in ")
      writer.element(.code, text: "history.csv")
      writer.text(".")
    }
    writer.newline()
  }

  private func write(
    _ packs: ArraySlice<HistoryPack>, _ title: String, isFirst: Bool, to writer: inout MarkupWriter
  ) {
    writer.table("packs-table", continuing: isFirst ? nil : title, style: "packs") { writer in
      writer.number(title)
      if isFirst { writer.text("Packs by period, the latest first") }
    } head: { writer in
      for column in Self.columns {
        writer.element(.th, [.scope(.col)] + (column.isNumeric ? [.className("n")] : [])) {
          $0.text(column.title)
        }
      }
    } body: {
      $0.rows(of: packs) { write($0, to: &$1) }
    }
    writer.newline()
  }

  private func write(_ pack: HistoryPack, to writer: inout MarkupWriter) {
    let figures = pack.report?.figures.all
    let cells: [Cell] = [
      .count(figures?.instances ?? pack.head?.instances),
      figures.map { .rate($0.failures.document) } ?? .missing(.none),
      figures.map { .rate($0.rejections.document) } ?? .missing(.none), .count(figures?.open),
    ]
    writer.element(.tr) { writer in
      writer.element(.th, .scope(.row)) { writer in
        links.write(pack, to: &writer) { $0.text(pack.window.words) }
        if let revision = pack.name.revision, revision > 1 {
          writer.text(" ")
          writer.element(.span, .className("badge quiet"), text: "r\(revision)")
        }
      }
      writer.element(.td, .className("whole-cell")) { writer in
        writer.sign(pack.standing.grade)
        writer.text(" ")
        writer.element(.span, .className("standing"), text: pack.standing.label)
      }
      writer.element(.td) { writeFailed(pack, to: &$0) }
      for cell in cells { writer.element(.td, .className("n")) { $0.cell(cell) } }
      writer.element(.td) { writer in
        if pack.link.isBroken {
          writer.element(.span, .className("badge"), text: "broken")
        } else {
          writer.text(pack.link.shortWords)
        }
      }
    }
  }

  private func writeFailed(_ pack: HistoryPack, to writer: inout MarkupWriter) {
    guard let report = pack.report else { return writer.cell(.missing(.none)) }
    if report.checks.isEmpty {
      return writer.element(.span, .className("missing"), text: "no policy")
    }
    let failed = pack.failedChecks
    if failed.isEmpty { return writer.text("none") }
    writer.element(.ul, .className("failed-checks")) { writer in
      for check in failed { writer.element(.li) { $0.untrusted(check.title) } }
    }
  }
}

extension HistoryPack.Link {
  /// Whether it follows the pack before, in a word or two.
  fileprivate var shortWords: String {
    switch self {
    case .first: "first"
    case .follows: "follows"
    case .followsRemoved: "oldest"
    case .restart: "new chain"
    case .broken: "broken"
    case .unknown: "—"
    }
  }
}

/// What is missing between the packs, and what does not fit.
struct FindingsSection: ReportSection {
  let history: HistoryDocument

  let id: StaticString = "missing"
  let title = "What is missing or does not fit"

  /// A line of the table.
  private struct Finding {
    var kind: String
    var grade: ReportStatus.Grade
    var start: Instant
    var place: String
    var reason: String
  }

  func writeBody(to writer: inout MarkupWriter) {
    let found = findings
    if found.isEmpty {
      return writer.paragraph(
        "Nothing: no time between the packs is without a pack, the files fit their digests, and each pack follows the one "
          + "before.")
    }
    HTMLTable(
      id: "findings", caption: "By period", columns: Self.columns, rows: found, atOnce: 12,
      mark: ("kind", { $0.grade })
    ).write(to: &writer)
  }

  private static let columns: [Column<Finding>] = [
    .word("kind", "What", about: "What kind it is.") { $0.kind },
    .text("place", "Where", about: "The period or the pack.") { $0.place },
    .text("reason", "Why", about: "Why it is listed.") { $0.reason },
  ]

  /// All of them, the latest first.
  private var findings: [Finding] {
    let gaps = history.missing.map { gap in
      Finding(
        kind: "Missing", grade: .bad, start: gap.window.from, place: gap.window.words,
        reason:
          "no pack covers it: \(Counted(gap.periods, "period").phrase) between \(gap.after) and \(gap.before)."
      )
    }
    let overlaps = history.overlaps.map { overlap in
      Finding(
        kind: "Overlap", grade: .review, start: start(of: overlap.pack), place: overlap.pack,
        reason: "its period shares time with \(overlap.with): such instances are in both.")
    }
    let packs = history.packs.flatMap { findings(of: $0) }
    return (gaps + overlaps + packs).enumerated().sorted { left, right in
      (right.element.start, left.offset) < (left.element.start, right.offset)
    }.map(\.element)
  }

  private func findings(of pack: HistoryPack) -> [Finding] {
    var found = pack.faults.map { ("Damaged", ReportStatus.Grade.bad, $0) }
    if let reason = pack.link.reason { found.append(("Chain broken", .bad, reason)) }
    switch pack.link {
    case .restart:
      found.append(("New chain", .review, "its manifest records that it begins a new chain."))
    case .followsRemoved(let name):
      found.append(
        (
          "Oldest", .open,
          "it follows \(name), which is not here: retention may have removed it; kfaudit verify --chain --after checks "
            + "that."
        ))
    default: break
    }
    if pack.files == .unfinished {
      found.append(("Unfinished", .bad, "a read that was not finished; it is not evidence."))
    } else if !pack.counts {
      found.append(("Older revision", .open, "a newer pack of the period counts."))
    }
    return found.map { kind, grade, reason in
      Finding(
        kind: kind, grade: grade, start: pack.window.from, place: pack.name.description,
        reason: reason)
    }
  }

  private func start(of name: String) -> Instant {
    history.packs.first { $0.name.description.isSame(as: name) }?.window.from
      ?? Instant(milliseconds: 0)
  }
}
