public import AuditModel

/// `tables/*.csv`: every table of the report in full, where the page shows only the top of it.
public enum TableFiles {
  /// Renders the tables whose metric is present, in name order, one at a time.
  public static func render(
    _ report: ReportDocument, keep: (Artifact) throws -> Void
  ) throws {
    try ControlTotals.check(report)
    for (name, table) in ReportTables.all(of: report) {
      try keep(
        Artifact(
          path: "tables/\(name).csv", mediaType: "text/csv; charset=utf-8", bytes: table.csv()))
    }
  }
}
