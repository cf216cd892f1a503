/// What a metric found: its part of report.json, and the figures that policies and comparisons know.
///
/// Most are a ``MetricSection``; a few have a document whose shape report.json has had from its first version.
package protocol MetricResult: Encodable, Sendable, Equatable {
  /// Its key in report.json.
  var key: String { get }
  /// The values of a figure; none where it is another metric's.
  func values(of figure: ReportFigure) -> [ReportedFigure]
  /// Its tables, those with files among them.
  var tables: [MetricTable] { get }
  /// Its parts of the page that have slots of their own.
  func pages(in report: ReportDocument) -> [MetricPage]
  /// What somebody has to follow up.
  var followUp: [FollowUp] { get }
  /// What must be added beside a value of a figure; `nil` where nothing must.
  func caveat(on figure: ReportFigure) -> String?
  /// What the report as a whole must say that it cannot show; `nil` when there is nothing of the kind.
  var limitation: String? { get }
}

extension MetricResult {
  /// Most documents add nothing to what no report can show.
  package var limitation: String? { nil }

  /// Most metrics leave nothing to follow up.
  package var followUp: [FollowUp] { [] }

  /// Most figures say enough.
  package func caveat(on figure: ReportFigure) -> String? { nil }
}

/// The metrics of a report by their keys; one that was not asked for is left out.
public struct MetricsDocument: Encodable, Sendable {
  /// What each metric found, in the order of the report.
  package var results: [any MetricResult]

  /// Makes the metrics.
  package init(_ results: [any MetricResult]) {
    self.results = results
  }

  /// Writes each metric under its key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: AnyKey.self)
    for result in results { try container.encode(result, forKey: AnyKey(result.key)) }
  }

  /// The sections of the metrics that have nothing but one.
  public var sections: [MetricSection] { results.compactMap { $0 as? MetricSection } }

  /// The section with a key.
  package func section(_ key: String) -> MetricSection? {
    sections.first { $0.key.isSame(as: key) }
  }

  /// Changes each of these sections.
  public mutating func changeSections(_ change: (inout MetricSection) throws -> Void) rethrows {
    for index in results.indices {
      guard var section = results[index] as? MetricSection else { continue }
      try change(&section)
      results[index] = section
    }
  }

  /// The values of some figures.
  public func values(of figures: [ReportFigure]) -> [ReportedFigure] {
    figures.flatMap { figure in results.flatMap { $0.values(of: figure) } }
  }

  /// What must be added beside a value of a figure.
  package func caveat(on figure: ReportFigure) -> String? {
    results.lazy.compactMap { $0.caveat(on: figure) }.first
  }

  /// The document of a metric; `nil` where it was not asked for.
  public subscript<Document>(type: Document.Type) -> Document? {
    get { results.lazy.compactMap { $0 as? Document }.first }
    set {
      let result = newValue as? any MetricResult
      if let index = results.firstIndex(where: { $0 is Document }) {
        results.replaceSubrange(index...index, with: [result].compactMap(\.self))
      } else if let result {
        results.append(result)
      }
    }
  }
}

extension MetricsDocument {
  /// Distinct instances by status, workflow type and definition.
  public var population: PopulationDocument {
    get { self[PopulationDocument.self] ?? .none }
    set { self[PopulationDocument.self] = newValue }
  }

  /// How titles were read, and what is odd about the data.
  public var normalisation: NormalisationDocument {
    get { self[NormalisationDocument.self] ?? .none }
    set { self[NormalisationDocument.self] = newValue }
  }

  /// Time from start to end, per workflow type.
  public var turnaround: [TurnaroundDocument]? {
    get { self[[TurnaroundDocument].self] }
    set { self[[TurnaroundDocument].self] = newValue }
  }

  /// The same over definitions that ask for approval.
  public var approvalLatency: ApprovalLatencyDocument? {
    get { self[ApprovalLatencyDocument.self] }
    set { self[ApprovalLatencyDocument.self] = newValue }
  }

  /// Failed and rejected instances per user, definition, step and class.
  public var failureRates: FailureRatesDocument? {
    get { self[FailureRatesDocument.self] }
    set { self[FailureRatesDocument.self] = newValue }
  }

  /// Starts and completions per day and week.
  public var trend: TrendDocument? {
    get { self[TrendDocument.self] }
    set { self[TrendDocument.self] = newValue }
  }
}

extension MetricsDocument: Equatable {
  /// Compares metric by metric.
  public static func == (left: MetricsDocument, right: MetricsDocument) -> Bool {
    left.results.elementsEqual(right.results) { $0.isEqual(to: $1) }
  }
}

extension MetricResult {
  fileprivate func isEqual(to other: any MetricResult) -> Bool { (other as? Self) == self }
}
