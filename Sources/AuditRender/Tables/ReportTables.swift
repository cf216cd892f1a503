import AuditModel

/// The tables of a report, those whose metric is present, in the order of their files.
enum ReportTables {
  static func all(of report: ReportDocument) -> [(name: String, table: MetricTable)] {
    let metrics = report.metrics
    var tables = [
      table(
        "population", "Instances by workflow type, definition and status",
        PopulationColumns.byDefinition, metrics.population.byDefinition)
    ]
    if let turnaround = metrics.turnaround {
      tables.append(
        table(
          "turnaround", "Time from start to end", TurnaroundColumns.all,
          TurnaroundRow.rows(of: turnaround)))
    }
    if let approval = metrics.approvalLatency {
      tables.append(
        table(
          "approvals", "Time from start to end where approval is asked for",
          TurnaroundColumns.all, TurnaroundRow.rows(of: approval.byWorkflowType)))
    }
    if let rates = metrics.failureRates { tables += failures(rates) }
    if let rates = metrics.failureRates?.rejectionRates { tables.append(rejections(rates)) }
    if let trend = metrics.trend {
      tables.append(table("days", "Starts and ends per day", DayColumns.all, trend.days))
      tables.append(table("weeks", "Starts and ends per week", WeekColumns.all, trend.weeks))
    }
    tables += metrics.sections.flatMap(\.tables)
    if let servers = report.servers { tables += self.servers(servers) }
    return tables.compactMap { table in table.place.file.map { (name: $0, table: table) } }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func failures(_ rates: FailureRatesDocument) -> [MetricTable] {
    let figures = RateColumns.figures(of: .failed)
    return [
      table(
        "users", "Failed instances by user",
        [RateColumns.user] + figures + RateColumns.outliers, rates.byUser),
      table(
        "definitions", "Failed instances by definition",
        [RateColumns.definitionId, RateColumns.definitionName] + figures + RateColumns.outliers,
        rates.byDefinition),
      table(
        "failures", "Failed instances by step and by failure class",
        [RateColumns.group, RateColumns.failureClass, RateColumns.step, RateColumns.stepName]
          + figures, rates.byStep + rates.byClass),
    ]
  }

  private static func rejections(_ rates: RejectionRatesDocument) -> MetricTable {
    table(
      "rejections", "Rejected instances by user, definition and step",
      [
        RateColumns.group, RateColumns.user, RateColumns.definitionId, RateColumns.definitionName,
        RateColumns.step, RateColumns.stepName,
      ] + RateColumns.figures(of: .rejected) + RateColumns.outliers,
      rates.byUser + rates.byDefinition + rates.byStep)
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
