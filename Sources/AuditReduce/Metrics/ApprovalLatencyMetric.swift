package import AuditModel

/// `approvalLatency`: turnaround over the definitions that ask for approval.
///
/// Definition: the definitions are those of ``ApprovalBearing``, the figures those of ``TurnaroundTable``. Limits: the feed
/// has no approval timestamp, so that this is an upper bound.
struct ApprovalLatencyMetric: Metric {
  static let key = MetricKey("approvalLatency")
  static let about =
    "Time to finish of the instances whose workflow definition asks for approval: an upper bound on the time to decide, since the Keyfactor API gives no time of approval."
  static let needs: Set<MetricNeed> = [.durations, .approvals]
  static let figures = [TurnaroundDocument].figures(
    "approvalLatency", in: "approvalLatency.byWorkflowType")

  init(plan: ReductionPlan) {}

  func finish(_ cohort: Cohort) -> ApprovalLatencyDocument {
    let definitions = cohort.approvalDefinitions
    return ApprovalLatencyDocument(
      definitions: definitions.sorted().map(\.string),
      byWorkflowType: cohort.turnaround?.over(definitions) ?? [])
  }
}

extension ApprovalLatencyDocument: MetricResult {
  /// Its key in report.json.
  package var key: String { ApprovalLatencyMetric.key.rawValue }

  /// The values of a figure of this metric.
  package func values(of figure: ReportFigure) -> [ReportedFigure] {
    ApprovalLatencyMetric.figures.contains(figure) ? byWorkflowType.quantiles(of: figure) : []
  }

  /// Every workflow type, each followed by its definitions.
  package var tables: [MetricTable] {
    [
      byWorkflowType.table(
        "approvals", "Time from start to end where approval is asked for")
    ]
  }

  /// The times to a decision; nothing where no definition asks for approval.
  package func pages(in report: ReportDocument) -> [MetricPage] {
    let bearing = Counted(definitions.count, "workflow definition")
    return [
      MetricPage(
        slot: "time-to-finish", id: "approval-latency", title: "Where approval is asked for",
        blocks: byWorkflowType.isEmpty
          ? []
          : [
            .sentence(
              """
              \(bearing.start) \(bearing.choose("asks", "ask")) for approval, as far as this period shows. \(caption)
              """),
            .table(
              byWorkflowType.types("approval-types", "Time to finish with approval", "approvals")),
          ], nothingFound: byWorkflowType.isEmpty ? ["requests for approval"] : [])
    ]
  }
}
