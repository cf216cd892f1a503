/// A table on a terminal: of a report, or of checks.
public enum PlainTable {
  private static let longestText = 60

  /// A line of titles and one a row, the first of them; a last line says how many are left out.
  public static func lines(of table: MetricTable, first limit: Int) -> [String] {
    let shown = table.fields.indices.filter { !table.fields[$0].isDetail }
    let heads = shown.map { table.fields[$0].title }
    let rows = table.rows(first: limit).map { row in
      shown.map { TerminalText.sanitized(row[$0].displayText, limit: longestText) }
    }
    let widths = heads.indices.map { column in
      ([heads] + rows).map { $0[column].count }.max() ?? 0
    }
    let lines = ([heads] + rows).map { texts in
      zip(shown, zip(texts, widths)).map { field, cell in
        padded(cell.0, to: cell.1, onTheLeft: table.fields[field].kind.isNumeric)
      }.joined(separator: "  ").trimmingTrailingSpaces()
    }
    return table.count > limit
      ? lines + ["… and \(DisplayFormat.count(table.count - limit)) more"] : lines
  }

  /// A line a row: what was looked at, how it went, what was found.
  public static func of(_ rows: [(name: String, result: String, detail: String)]) -> String {
    let name = rows.map(\.name.count).max() ?? 0
    let result = rows.map(\.result.count).max() ?? 0
    return rows.map { row in
      padded(row.name, to: name) + "  " + padded(row.result, to: result)
        + "  "
        + TerminalText.sanitized(row.detail, limit: 400)
    }.joined(separator: "\n")
  }

  /// A text filled up with spaces.
  private static func padded(_ text: String, to width: Int, onTheLeft: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - text.count))
    return onTheLeft ? spaces + text : text + spaces
  }
}

extension String {
  fileprivate func trimmingTrailingSpaces() -> String {
    var text = self
    while text.last == " " { text.removeLast() }  // text: blanks of ours
    return text
  }
}
