import AuditModel

/// The tables of a report, those whose metric is present and that of controls, in the order of their files.
enum ReportTables {
  static func all(of report: ReportDocument) -> [(name: String, table: MetricTable)] {
    var tables = report.metrics.results.flatMap { $0.tables }
    if let servers = report.servers { tables += self.servers(servers) }
    let controls = ControlRow.all(of: report)
    if !controls.isEmpty {
      tables.append(table("controls", "Controls", ControlRow.columns, controls))
    }
    return tables.compactMap { table in table.place.file.map { (name: $0, table: table) } }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func servers(_ servers: [ServerReport]) -> [MetricTable] {
    [
      table("servers", "Servers", ServerColumns.servers, servers),
      table("packs", "Packs", ServerColumns.packs, ServerColumns.packRows(of: servers)),
      table(
        "coverage", "Gaps and overlaps of windows", ServerColumns.coverage,
        ServerColumns.coverageRows(of: servers)),
      table(
        "server_turnaround", "Time from start to end, by server", ServerColumns.turnaround,
        ServerColumns.turnaroundRows(of: servers)),
    ]
  }

  private static func table<Row: Sendable>(
    _ file: String, _ title: String, _ columns: [Column<Row>], _ rows: [Row]
  ) -> MetricTable {
    MetricTable(.init(key: nil, file: file), title: title, columns: columns, rows: rows)
  }
}
