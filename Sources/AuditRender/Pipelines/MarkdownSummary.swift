package import AuditModel

/// summary.md: what happened, for the page of a pipeline's run.
package enum MarkdownSummary {
  /// Renders a report.
  package static func render(_ report: ReportDocument) -> Artifact {
    let lines =
      [
        "# Certificate workflows, \(MarkdownText.escaped(report.cover.window.from)) to \(MarkdownText.escaped(report.cover.window.to))",
        "",
      ]
      + figures(of: report) + gates(of: report) + reasons(of: report)
      + (report.cover.merkleRoot.map { ["Merkle root of the rows: `\($0)`", ""] } ?? [])
    return Artifact(
      path: "summary.md", mediaType: "text/markdown",
      bytes: Array(lines.joined(separator: "\n").utf8))
  }

  private static func figures(of report: ReportDocument) -> [String] {
    let population = report.metrics.population
    let rows = [
      ("Completeness", report.completeness.verdict.rawValue),
      ("Instances", DisplayFormat.count(population.instances)),
      ("Complete", DisplayFormat.count(population.byStatus[.complete])),
      ("Failed", DisplayFormat.count(population.byStatus[.failed])),
      ("Rejected", DisplayFormat.count(population.byStatus[.rejected])),
      (
        "Open", DisplayFormat.count(population.byStatus[.running] + population.byStatus[.suspended])
      ),
      ("As of", report.cover.asOf), ("Made by", "kfaudit \(report.cover.toolVersion)"),
    ]
    return ["| | |", "|---|---|"] + rows.map { "| \($0.0) | \(MarkdownText.escaped($0.1)) |" } + [
      ""
    ]
  }

  private static func gates(of report: ReportDocument) -> [String] {
    guard !report.gates.isEmpty else { return [] }
    let rows = report.gates.map { gate in
      "| \(mark(gate.result)) | \(MarkdownText.escaped(gate.title)) | \(MarkdownText.escaped(gate.severity)) | \(MarkdownText.escaped(gate.observed)) | \(MarkdownText.escaped(gate.reason)) |"
    }
    return ["## Gates", "", "| | Gate | Severity | Observed | Reason |", "|---|---|---|---|---|"]
      + rows + [""]
  }

  private static func reasons(of report: ReportDocument) -> [String] {
    let reasons =
      report.completeness.reasons + report.completeness.findings.map { "\($0.code): \($0.text)" }
    guard !reasons.isEmpty else { return [] }
    return ["## Completeness", ""] + reasons.prefix(100).map { "- \(MarkdownText.escaped($0))" } + [
      ""
    ]
  }

  private static func mark(_ result: GateDocument.Result) -> String {
    switch result {
    case .passed: "passed"
    case .failed: "**failed**"
    case .excepted: "excepted"
    case .notJudged: "not judged"
    }
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
