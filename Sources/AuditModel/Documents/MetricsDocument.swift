/// The metrics of a report by their keys; one that was not asked for is left out.
public struct MetricsDocument: Encodable, Sendable, Equatable {
  /// Distinct instances by status, workflow type and definition.
  public var population: PopulationDocument
  /// How titles were read, and what is odd about the data.
  public var normalisation: NormalisationDocument
  /// Time from start to end, per workflow type.
  public var turnaround: [TurnaroundDocument]?
  /// The same over definitions that ask for approval.
  public var approvalLatency: ApprovalLatencyDocument?
  /// Failed and rejected instances per user, definition, step and class.
  public var failureRates: FailureRatesDocument?
  /// Starts and completions per day.
  public var trend: TrendDocument?

  /// Makes the metrics.
  public init(population: PopulationDocument, normalisation: NormalisationDocument) {
    self.population = population
    self.normalisation = normalisation
  }
}
