package import AuditModel

/// summary.md: what the page begins with, for the page of a pipeline's run and for a ticket.
package enum MarkdownSummary {
  /// Renders a report.
  package static func render(_ report: ReportDocument) -> Artifact {
    let summary = ReportSummary(report)
    let lines =
      [
        "# Certificate workflows, \(MarkdownText.escaped(WindowTitle(window: report.cover.window).text))",
        "",
        summary.sentences.map { MarkdownText.escaped($0.plain) }.joined(separator: " "), "",
      ]
      + statuses(of: report) + followUp(of: report) + figures(of: summary) + gates(of: report)
      + reasons(of: report) + source(of: report)
    return Artifact(
      path: "summary.md", mediaType: "text/markdown",
      bytes: Array(lines.joined(separator: "\n").utf8))
  }

  private static func statuses(of report: ReportDocument) -> [String] {
    let rows = ReportStatus.all(of: report).map { status in
      let cells = [
        status.subject.rawValue, "\(mark(status.grade)) \(status.word)",
        "\(status.reason.plain) \(status.meaning.plain)",
      ]
      return "| \(cells.map(MarkdownText.escaped).joined(separator: " | ")) |"
    }
    return ["| | Status | |", "|---|---|---|"] + rows + [""]
  }

  private static func mark(_ grade: ReportStatus.Grade) -> String {
    switch grade {
    case .good: "✔"
    case .review: "▲"
    case .bad: "✖"
    case .open: "○"
    }
  }

  private static func followUp(of report: ReportDocument) -> [String] {
    let facts = report.followUp
    if facts.isEmpty {
      return ["## To follow up", "", "Nothing to follow up by the rules in Method.", ""]
    }
    return ["## To follow up", ""]
      + facts.enumerated().map { "\($0 + 1). \(MarkdownText.escaped($1.text.plain))" } + [""]
  }

  private static func figures(of summary: ReportSummary) -> [String] {
    let tiles = [summary.started] + summary.tiles
    let heads = tiles.map(\.label).joined(separator: " | ")
    let rules = tiles.map { _ in "--:" }.joined(separator: "|")
    let counts = tiles.map { DisplayFormat.count($0.count) }.joined(separator: " | ")
    let parts = summary.tiles.flatMap(\.parts).map {
      "\(DisplayFormat.count($0.count)) \($0.label)"
    }
    return ["## Key figures", "", "| \(heads) |", "|\(rules)|", "| \(counts) |", ""]
      + (parts.isEmpty ? [] : ["Completed: \(parts.joined(separator: ", ")).", ""])
  }

  private static func gates(of report: ReportDocument) -> [String] {
    guard !report.gates.isEmpty else { return [] }
    let rows = report.gates.map { gate in
      let label = gate.result == .failed ? "**failed**" : gate.result.label
      let cells = [gate.title, gate.severity, gate.observed, gate.reason]
      return "| \(label) | \(cells.map(MarkdownText.escaped).joined(separator: " | ")) |"
    }
    return [
      "## Policy checks", "", "| | Check | Severity | Measured | Why |", "|---|---|---|---|---|",
    ] + rows + [""]
      + (report.controls.isEmpty ? [] : ["Controls: \(report.controls.tally).", ""])
  }

  private static func reasons(of report: ReportDocument) -> [String] {
    let reasons =
      report.completeness.reasons + report.completeness.findings.map { "\($0.code): \($0.text)" }
    guard !reasons.isEmpty else { return [] }
    return ["## Completeness", ""] + reasons.prefix(100).map { "- \(MarkdownText.escaped($0))" } + [
      ""
    ]
  }

  private static func source(of report: ReportDocument) -> [String] {
    let source = report.cover.source
    let server = source.server.map { " \(MarkdownText.escaped($0))," } ?? ""
    let account = source.principal.map { " read as \(MarkdownText.escaped($0))," } ?? ""
    return [
      "The whole report is report.html in the pack.\(server)\(account) status as of "
        + "\(MarkdownText.escaped(report.cover.asOf)), kfaudit \(MarkdownText.escaped(report.cover.toolVersion)).",
      "",
    ]
      + (report.cover.merkleRoot.map {
        ["Fingerprint of all instances (Merkle root): `\($0)`", ""]
      } ?? [])
  }
}

/// Text and tables in Markdown, where nothing from the server can begin markup.
package enum MarkdownText {
  /// Names and reasons are cut here, in code points, so that a file stays far below what pipelines take.
  private static let longestText = 300

  /// Text in which whatever means something in Markdown or HTML is escaped; a line stays a line.
  package static func escaped(_ text: String) -> String {
    TerminalText.sanitized(text, limit: longestText).backslashing(isMark)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "!", "|", "<", ">", "~", "&",
      "@":
      true
    default: false
    }
  }

  /// The lines of a table, its first rows; a last line says how many are left out.
  package static func lines(of table: MetricTable, first limit: Int) -> [String] {
    let shown = table.fields.indices.filter { !table.fields[$0].isDetail }
    let heads = shown.map { escaped(table.fields[$0].title) }
    let rules = shown.map { table.fields[$0].kind.isNumeric ? "--:" : "---" }
    let rows = table.rows(first: limit).map { row in shown.map { escaped(row[$0].displayText) } }
    let lines = ([heads, rules] + rows).map { "| \($0.joined(separator: " | ")) |" }
    return table.count > limit
      ? lines + ["", "… and \(DisplayFormat.count(table.count - limit)) more."] : lines
  }
}
