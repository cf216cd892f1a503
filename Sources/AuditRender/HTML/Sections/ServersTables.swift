import AuditModel
import SafeXML

/// The servers and packs that a report was merged of, and how their periods lie.
struct ServersTables {
  let servers: [ServerReport]
  let limit: Int
  let files: PackFiles

  func write(to writer: inout MarkupWriter) {
    let alone =
      "Each figure of this report is in report.json for each server alone too, under servers. "
    writer.note(
      (files.json ? alone : "")
        + "An instance that several packs of a server hold counts once, as the newest of them has it."
    )
    HTMLTable(
      id: "servers-table", caption: "Servers", columns: shown(ServerColumns.servers), rows: servers,
      limit: limit, file: files.table("servers")
    ).write(to: &writer)
    HTMLTable(
      id: "packs-table", caption: "Packs", columns: shown(ServerColumns.packs),
      rows: ServerColumns.packRows(of: servers), limit: limit, file: files.table("packs")
    ).write(to: &writer)
    let coverage = ServerColumns.coverageRows(of: servers)
    if !coverage.isEmpty {
      HTMLTable(
        id: "coverage-table", caption: "Gaps and overlaps of periods",
        columns: ServerColumns.coverage, rows: coverage, limit: limit, file: files.table("coverage")
      ).write(to: &writer)
    }
  }

  private func shown<Row>(_ columns: [Column<Row>]) -> [Column<Row>] {
    columns.filter { !$0.field.isDetail }
  }
}
