/// Checks as a table on a terminal.
public enum TextTable {
  /// A line a row: what was looked at, how it went, what was found.
  public static func of(_ rows: [(name: String, result: String, detail: String)]) -> String {
    let name = rows.map(\.name.count).max() ?? 0
    let result = rows.map(\.result.count).max() ?? 0
    return rows.map { row in
      PlainTable.padded(row.name, to: name) + "  " + PlainTable.padded(row.result, to: result)
        + "  "
        + TerminalText.clean(row.detail, limit: 400)
    }.joined(separator: "\n")
  }
}
