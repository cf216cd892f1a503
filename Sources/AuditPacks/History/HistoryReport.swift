import AuditModel
import AuditReduce

/// What a history reads of report.json; every member may be missing, since packs may be of any version.
struct HistoryReport: Decodable {
  /// The members that are read; a test holds that none is forgotten.
  static var selection: JSONSelection {
    JSONSelection(
      [
        "gates.id", "gates.title", "gates.severity", "gates.result", "gates.observed",
        "gates.reason", "followUp", "metrics.population.instances", "metrics.population.byStatus",
        "metrics.population.byWorkflowType",
      ] + turnaround + serviceLevels
        + MetricCatalogue.keyFigures.flatMap(\.figure.paths).map { "metrics.\($0)" })
  }

  private static let turnaround =
    [
      "workflowType", "completedOnly.p50", "completedOnly.p90", "kaplanMeier.censored",
      "kaplanMeier.p50", "kaplanMeier.p90", "kaplanMeier.limits",
    ].map { "metrics.turnaround.\($0)" }

  private static let serviceLevels = ["workflowType", "limit", "met", "breached"]
    .map { "metrics.sla.byWorkflowType.\($0)" }

  struct Metrics: Decodable {
    var population: Population
    var turnaround: [Turnaround]?
    var sla: ServiceLevels?
    /// The figures that metrics declare for histories; `nil` where none does.
    var declared: [ReportedFigure]?

    private enum CodingKeys: CodingKey { case population, turnaround, sla }

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      population = try members.decode(Population.self, forKey: .population)
      turnaround = try members.decodeIfPresent([Turnaround].self, forKey: .turnaround)
      sla = try members.decodeIfPresent(ServiceLevels.self, forKey: .sla)
      let figures = MetricCatalogue.keyFigures.map(\.figure)
      if figures.isEmpty { return }
      let values = try JSONValue(from: decoder)
      declared = figures.flatMap { $0.values(in: values) }
    }
  }

  struct Population: Decodable {
    struct ByType: Decodable {
      var workflowType: String?
      var instances: Int
      var byStatus: [String: Int]  // text: names of statuses, ours
    }

    var instances: Int
    var byStatus: [String: Int]  // text: names of statuses, ours
    var byWorkflowType: [ByType]
  }

  struct Turnaround: Decodable {
    struct Observed: Decodable {
      var p50: Double?
      var p90: Double?
    }

    struct Estimate: Decodable {
      struct Limits: Decodable {
        var p50: [Double?]
        var p90: [Double?]
      }

      var censored: Int
      var p50: Double?
      var p90: Double?
      var limits: Limits
    }

    var workflowType: String?
    var completedOnly: Observed
    var kaplanMeier: Estimate
  }

  struct ServiceLevels: Decodable {
    struct ByType: Decodable {
      var workflowType: String
      var limit: Double
      var met: Int
      var breached: Int
    }

    var byWorkflowType: [ByType]
  }

  var gates: [HistoryPack.Check]?
  var followUp: [HistoryPack.Fact]?
  var metrics: Metrics
}

extension HistoryReport: CountedDocument {
  /// Every count that something is computed with.
  var boundedCounts: [(member: String, count: Int)] {
    let groups =
      [(metrics.population.instances, metrics.population.byStatus)]
      + metrics.population.byWorkflowType.map { ($0.instances, $0.byStatus) }
    let levels = metrics.sla?.byWorkflowType ?? []
    return groups.flatMap { instances, statuses in
      [("instances", instances)] + statuses.values.map { ("byStatus", $0) }
    } + levels.flatMap { [("met", $0.met), ("breached", $0.breached)] }
  }
}

extension HistoryReport {
  /// What of it a history shows.
  var shown: HistoryPack.Report {
    HistoryPack.Report(figures: figures, checks: gates ?? [], followUp: followUp ?? [])
  }

  private var figures: HistoryFigures {
    let times = Dictionary(
      (metrics.turnaround ?? []).map { ($0.workflowType.map { Name($0) }, $0) }
    ) { first, _ in first }
    return HistoryFigures(
      all: Self.group(metrics.population.instances, metrics.population.byStatus),
      byWorkflowType: metrics.population.byWorkflowType.map { type in
        let time = times[type.workflowType.map { Name($0) }]
        return HistoryFigures.ByType(
          workflowType: type.workflowType, group: Self.group(type.instances, type.byStatus),
          median: time?.median, ninety: time?.ninety)
      },
      serviceLevels: (metrics.sla?.byWorkflowType ?? []).map { level in
        HistoryFigures.ServiceLevel(
          workflowType: level.workflowType, limit: level.limit,
          missed: .init(level.breached, of: level.met + level.breached))
      }, declared: metrics.declared)
  }

  private static func group(
    _ instances: Int, _ byStatus: [String: Int]  // text: names of statuses, ours
  ) -> HistoryFigures.Group {
    func count(_ status: Status) -> Int { byStatus[status.name] ?? 0 }
    return HistoryFigures.Group(
      instances: instances, completed: count(.complete), failed: count(.failed),
      rejected: count(.rejected), open: count(.running) + count(.suspended))
  }
}

extension HistoryReport.Turnaround {
  /// The median as the report shows it.
  fileprivate var median: HistoryFigures.Time {
    time(observed: completedOnly.p50, estimate: kaplanMeier.p50, kaplanMeier.limits.p50)
  }

  /// The same for 90%.
  fileprivate var ninety: HistoryFigures.Time {
    time(observed: completedOnly.p90, estimate: kaplanMeier.p90, kaplanMeier.limits.p90)
  }

  private func time(
    observed: Double?, estimate: Double?, _ limits: [Double?]
  ) -> HistoryFigures.Time {
    HistoryFigures.Time(
      value: kaplanMeier.censored == 0 ? observed : estimate, low: limits.first ?? nil,
      high: limits.count > 1 ? limits[1] : nil)
  }
}
