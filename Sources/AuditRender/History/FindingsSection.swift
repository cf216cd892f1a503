import AuditModel
import SafeXML

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
