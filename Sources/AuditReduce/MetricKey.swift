/// The metrics by their keys in report.json, in the order of the report.
public enum MetricKey: String, CaseIterable, Sendable {
  case population
  case normalisation
  case turnaround
  case approvalLatency
  case failureRates
  case trend
}
