import AuditModel
import SafeXML

/// A ranking of rates on the page: the first rows that have any, their intervals drawn beside them.
struct RateTable {
  /// The caption's id.
  let id: StaticString
  let caption: String
  /// Who or what the rows are.
  let keys: [Column<GroupRateDocument>]
  let event: GroupRateDocument.Event
  let rows: [GroupRateDocument]
  let limit: Int
  /// The file with all rows.
  let file: String?

  /// Writes the table; nothing where nobody has any.
  func write(to writer: inout MarkupWriter) {
    let counted = rows.prefix { $0.count > 0 }.count
    guard counted > 0 else { return }
    let shown = min(counted, limit)
    let flags =
      rows.prefix(shown).contains { $0.outlier?.flag != nil }
      ? RateColumns.outliers.named("flag") : []
    HTMLTable(
      id: id, caption: caption,
      columns: keys + RateColumns.figures(of: event).named(event.rawValue, "terminal", "rate")
        + flags,
      rows: rows, limit: shown, file: file,
      plot: (IntervalPlot(holding: rows.prefix(shown).map(\.rate)), { $0.rate })
    ).write(to: &writer)
  }
}
