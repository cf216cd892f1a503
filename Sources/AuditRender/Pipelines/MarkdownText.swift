package import AuditModel

/// Text and tables in Markdown, where nothing from the server can begin markup.
package enum MarkdownText {
  /// Names and reasons are cut here, in code points, so that a file stays far below what pipelines take.
  private static let longestText = 300

  /// Text in which whatever means something in Markdown or HTML is escaped; a line stays a line.
  package static func escaped(_ text: String) -> String {
    TerminalText.clean(text, limit: longestText).backslashing(isMark)
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
      ? lines + ["", "… and \(Readable.count(table.count - limit)) more."] : lines
  }
}
