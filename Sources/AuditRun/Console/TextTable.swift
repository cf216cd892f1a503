import AuditModel

/// Checks as a table on a terminal.
enum TextTable {
  /// A line a row: what was looked at, how it went, what was found.
  static func of(_ rows: [(name: String, result: String, detail: String)]) -> String {
    let name = rows.map(\.name.count).max() ?? 0
    let result = rows.map(\.result.count).max() ?? 0
    return rows.map { row in
      padded(row.name, to: name) + "  " + padded(row.result, to: result) + "  "
        + TerminalText.clean(row.detail, limit: 400)
    }.joined(separator: "\n")
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
