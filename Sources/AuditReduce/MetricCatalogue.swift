/// The metrics whose section of the report they make themselves, in the order of the report.
enum MetricCatalogue {
  static let all: [any Metric.Type] = [
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
