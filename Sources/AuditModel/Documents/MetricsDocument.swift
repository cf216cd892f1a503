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
  /// Starts and completions per day and week.
  public var trend: TrendDocument?
  /// All other metrics, in the order of the report.
  public var further: [MetricSection] = []

  /// Makes the metrics.
  public init(population: PopulationDocument, normalisation: NormalisationDocument) {
    self.population = population
    self.normalisation = normalisation
  }

  /// Writes each metric under its key; one that was not computed is left out.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: AnyKey.self)
    try container.encode(population, forKey: AnyKey("population"))
    try container.encode(normalisation, forKey: AnyKey("normalisation"))
    try container.encodeIfPresent(turnaround, forKey: AnyKey("turnaround"))
    try container.encodeIfPresent(approvalLatency, forKey: AnyKey("approvalLatency"))
    try container.encodeIfPresent(failureRates, forKey: AnyKey("failureRates"))
    try container.encodeIfPresent(trend, forKey: AnyKey("trend"))
    for section in further { try container.encode(section, forKey: AnyKey(section.key)) }
  }
}
