package import AuditModel

/// The metrics, in the order of the report.
package enum MetricCatalogue {
  /// Tests run the program with one more, in a task of their own.
  @TaskLocal static var all: [any Metric.Type] = [
    PopulationMetric.self,
    NormalisationMetric.self,
    TurnaroundMetric.self,
    ApprovalLatencyMetric.self,
    FailureRatesMetric.self,
    TrendMetric.self,
    OutcomesMetric.self,
    ServiceLevelMetric.self,
    BusinessHoursMetric.self,
    BacklogMetric.self,
    RestartsMetric.self,
    FirstPassYieldMetric.self,
    RepeatFailuresMetric.self,
    OffHoursMetric.self,
    IndicatorsMetric.self,
    ConcentrationMetric.self,
    DefinitionsMetric.self,
    ChangesMetric.self,
  ]
}

extension MetricCatalogue {
  /// What policies can ask of a report, and what comparisons set against an earlier one.
  package static var figures: [ReportFigure] { all.flatMap { $0.figures }.inOrder }
}
