import AuditModel
import AuditRender

/// What differs between two packs, for people and for machines.
package struct PackDifference: Sendable {
  /// Which pack is meant.
  struct Head: Encodable {
    var pack: String
    @ExplicitNull var server: String?
    var window: WindowDocument
    var asOf: String
    var verdict: CompletenessDocument.Verdict
    var instances: Int
    var toolVersion: String
    var manifestSha256: String
  }

  let old: Head
  let new: Head
  /// What to know before the two are compared, a sentence each.
  let notes: [String]
  /// What was held against each other, by the keys of the sections.
  let sections: [MetricSection]

  /// How many rows of a table people are shown; JSON has all.
  private static let shown = 40

  /// As JSON, indented.
  ///
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  package func json() throws -> [UInt8] { try JSONFile.bytes(DifferenceDocument(difference: self)) }

  /// As text for a terminal.
  package var text: [UInt8] {
    var lines = heads.map { "\($0.name)  \($0.words)" }
    lines += notes.map { "NOTE: \($0)" }
    for section in sections {
      lines += ["", section.title.uppercased()] + section.sentences.map(\.plain)
      for table in section.tables where table.count > 0 {
        lines += ["", "\(table.title):"] + PlainTable.lines(of: table, first: Self.shown)
      }
    }
    if sections.flatMap(\.tables).contains(where: { $0.count > Self.shown }) {
      lines += ["", "Every row: --format json."]
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// As Markdown, for the page of a pipeline's run or a ticket.
  package var markdown: [UInt8] {
    var lines = ["# Two packs compared", ""]
    lines += heads.map { "- **\($0.name)**: \(MarkdownText.escaped($0.words))" }
    lines += notes.map { "- \(MarkdownText.escaped($0))" }
    for section in sections {
      lines += ["", "## \(section.title)", ""]
      lines += section.sentences.map { MarkdownText.escaped($0.plain) }
      for table in section.tables where table.count > 0 {
        lines += ["", "**\(table.title)**", ""]
        lines += MarkdownText.lines(of: table, first: Self.shown)
      }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private var heads: [(name: String, words: String)] {
    [("old", old), ("new", new)].map { name, head in
      (
        name,
        TerminalText.sanitized(
          "\(head.pack), \(head.verdict.rawValue), \(DisplayFormat.count(head.instances, "instance")), "
            + "\(DisplayFormat.instant(head.window.from)) to \(DisplayFormat.instant(head.window.to)), "
            + (head.server ?? "saved pages"))
      )
    }
  }
}

/// The difference for machines: each section under its key.
private struct DifferenceDocument: Encodable {
  let difference: PackDifference

  func encode(to encoder: any Encoder) throws {
    try encoder.encode(members: [
      "schemaVersion": 1, "old": difference.old, "new": difference.new, "notes": difference.notes,
    ])
    for section in difference.sections { try encoder.encode(members: [section.key: section]) }
  }
}
