package import AuditModel

/// The metrics, in the order of the report.
package enum MetricCatalogue {
  /// Tests run the program with one more, in a task of their own.
  @TaskLocal static var all: [any Metric.Type] = [
    PopulationMetric.self,
    NormalisationMetric.self,
    TurnaroundMetric.self,
    ApprovalLatencyMetric.self,
    ControlDesignMetric.self,
    ApprovalsMetric.self,
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
    RulesMetric.self,
    ConcentrationMetric.self,
    DefinitionsMetric.self,
    ChangesMetric.self,
  ]
}

extension MetricCatalogue {
  /// What policies can ask of a report, and what comparisons set against an earlier one.
  package static var figures: [ReportFigure] { all.flatMap { $0.figures }.inOrder }

  /// What a history shows over time, beside what it shows of every report.
  package static var keyFigures: [KeyFigure] { all.flatMap { $0.keyFigures } }

  /// The columns of all metrics whose numbers stand for people.
  package static var numbersOfPeople: Set<String> {  // text: names of members, ours
    all.reduce(into: []) { $0.formUnion($1.numbersOfPeople) }
  }
}

/// The name of a metric: its key in report.json and its word for `--metrics`.
package struct MetricKey: RawRepresentable, CaseIterable, Hashable, Sendable {
  /// The key, in camel case.
  package let rawValue: String

  /// All of them, in the order of the report.
  package static var allCases: [MetricKey] { MetricCatalogue.all.map { $0.key } }

  /// The metric with this name; `nil` when there is none.
  package init?(rawValue: String) {
    guard let key = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = key
  }

  init(_ name: String) {
    rawValue = name
  }

  /// What it computes, in a sentence or two.
  package var about: String { metric?.about ?? "" }

  /// Whether it is computed whatever is asked for.
  package var isAlwaysThere: Bool { metric?.isAlwaysThere ?? false }

  /// Whether it keeps something of each instance, or of many, in memory until the end.
  package var keepsInstances: Bool { metric?.keepsInstances ?? false }

  /// Whether it holds the instances against an earlier pack.
  package var needsEarlierPack: Bool { metric?.needs.contains(.earlierPack) ?? false }

  /// Whether the definitions must be read from the server for it.
  package var needsDefinitions: Bool { metric?.needs.contains(.definitions) ?? false }
  /// Whether somebody must bring a file of decisions for it.
  package var needsDecisions: Bool { metric?.needs.contains(.decisions) ?? false }

  /// Whether the policy must hold rules for it.
  package var needsRules: Bool { metric?.needs.contains(.rules) ?? false }

  /// Whether the configuration must hold a business calendar for it.
  package var needsCalendar: Bool { metric?.needs.contains(.calendar) ?? false }

  private var metric: (any Metric.Type)? { MetricCatalogue.all.first { $0.key == self } }
}
