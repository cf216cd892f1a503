public import AuditModel

/// `tables/*.csv`: every table of the report in full, where the page shows only the top of it.
public enum TableFiles {
  /// Writes the tables whose metric is present, in name order.
  public static func render(_ report: ReportDocument) throws -> [Artifact] {
    try ControlTotals.check(report)
    return ReportTables.all(of: report).map { name, table in
      Artifact(
        path: "tables/\(name).csv", mediaType: "text/csv; charset=utf-8", bytes: table.csv())
    }
  }
}
