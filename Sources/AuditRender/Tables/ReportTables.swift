import AuditModel

/// The tables of a report, those whose metric is present, in the order of their files.
enum ReportTables {
  static func all(of report: ReportDocument) -> [any TableFile] {
    let metrics = report.metrics
    var tables: [any TableFile] = [
      Table(
        name: "population", title: "Instances by workflow type, definition and status",
        columns: PopulationColumns.byDefinition, rows: metrics.population.byDefinition)
    ]
    if let turnaround = metrics.turnaround {
      tables.append(
        Table(
          name: "turnaround", title: "Time from start to end", columns: TurnaroundColumns.all,
          rows: TurnaroundRow.rows(of: turnaround)))
    }
    if let approval = metrics.approvalLatency {
      tables.append(
        Table(
          name: "approvals", title: "Time from start to end where approval is asked for",
          columns: TurnaroundColumns.all, rows: TurnaroundRow.rows(of: approval.byWorkflowType)))
    }
    if let rates = metrics.failureRates { tables += failures(rates) }
    if let rates = metrics.failureRates?.rejectionRates { tables.append(rejections(rates)) }
    if let trend = metrics.trend {
      tables.append(
        Table(
          name: "days", title: "Starts and ends per day", columns: DayColumns.all, rows: trend.days)
      )
    }
    return tables.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func failures(_ rates: FailureRatesDocument) -> [any TableFile] {
    let figures = RateColumns.figures(of: .failed)
    return [
      Table(
        name: "users", title: "Failed instances by user", columns: [RateColumns.user] + figures,
        rows: rates.byUser),
      Table(
        name: "definitions", title: "Failed instances by definition",
        columns: [RateColumns.definitionId, RateColumns.definitionName] + figures,
        rows: rates.byDefinition),
      Table(
        name: "failures", title: "Failed instances by step and by failure class",
        columns: [
          RateColumns.group, RateColumns.failureClass, RateColumns.step, RateColumns.stepName,
        ] + figures, rows: rates.byStep + rates.byClass),
    ]
  }

  private static func rejections(_ rates: RejectionRatesDocument) -> any TableFile {
    Table(
      name: "rejections", title: "Rejected instances by user, definition and step",
      columns: [
        RateColumns.group, RateColumns.user, RateColumns.definitionId, RateColumns.definitionName,
        RateColumns.step, RateColumns.stepName,
      ] + RateColumns.figures(of: .rejected),
      rows: rates.byUser + rates.byDefinition + rates.byStep)
  }
}
