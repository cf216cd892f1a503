package import AuditModel

/// `turnaround`: the time from start to end, per workflow type and per definition.
///
/// Definition: percentiles of `m − s` over terminal instances, "completed only", and the Kaplan–Meier estimate that
/// counts unfinished instances for as long as they were seen. Sources: ``QuantileType7``, ``KaplanMeier``.
/// Limits: percentiles of completed instances alone are too short while slow ones are still open.
struct TurnaroundMetric: Metric {
  static let key = MetricKey("turnaround")
  static let needs: Set<MetricNeed> = [.durations]
  static let figures = [TurnaroundDocument].figures("turnaround", in: "turnaround")

  init(plan: ReductionPlan) {}

  func finish(_ cohort: Cohort) -> [TurnaroundDocument] { cohort.turnaround?.all ?? [] }
}

extension [TurnaroundDocument]: MetricResult {
  /// Its key in report.json.
  package var key: String { TurnaroundMetric.key.rawValue }

  /// The values of a figure of this metric.
  package func values(of figure: ReportFigure) -> [ReportedFigure] {
    TurnaroundMetric.figures.contains(figure) ? quantiles(of: figure) : []
  }
}

extension [TurnaroundDocument] {
  private static let observed = "completedOnly"
  private static let estimated = "kaplanMeier"

  /// The quantiles of a list of workflow types, as observed and as estimated.
  static func figures(_ metric: String, in place: String) -> [ReportFigure] {
    PercentilesDocument.quantiles.map { quantile in
      ReportFigure(
        "\(metric).\(quantile.name)", .duration, in: place, by: ["workflowType"],
        .init("\(observed).\(quantile.name)", n: "\(observed).n"))
    }
      + KaplanMeierDocument.quantiles.map { quantile in
        let limits = "\(estimated).limits.\(quantile.name)"
        return ReportFigure(
          "\(metric).\(estimated).\(quantile.name)", .duration, in: place, by: ["workflowType"],
          .init(
            "\(estimated).\(quantile.name)", low: "\(limits).0", high: "\(limits).1",
            n: "\(estimated).n"))
      }
  }

  /// The values of one of these figures.
  func quantiles(of figure: ReportFigure) -> [ReportedFigure] {
    let path = figure.members.point.parts(at: ".")
    return flatMap { type in
      let (observed, estimate) = (type.figures.completedOnly, type.figures.kaplanMeier)
      if path[0] == Self.observed {
        return PercentilesDocument.quantiles.filter { $0.name == path[1] }.map { quantile in
          ReportedFigure(
            figure, group: type.workflowType, value: observed[keyPath: quantile.value],
            n: observed.n)
        }
      }
      return KaplanMeierDocument.quantiles.filter { $0.name == path[1] }.map { quantile in
        let limits = estimate.limits[keyPath: quantile.limits]
        return ReportedFigure(
          figure, group: type.workflowType, value: estimate[keyPath: quantile.value],
          low: limits.low, high: limits.high, n: estimate.n)
      }
    }
  }
}

/// The times from start to end per workflow type and per definition, which several metrics share.
struct TurnaroundTable: Sendable {
  /// A definition under one workflow type.
  struct Row: Sendable {
    let definition: TypedDefinition
    let tally: StatusTally
    fileprivate let times: SortedTimes
    fileprivate let document: TurnaroundDocument.ByDefinition
    fileprivate let order: GroupOrder

    init(definition: TypedDefinition, name: Name?, tally: StatusTally, times: SortedTimes) {
      self.definition = definition
      self.tally = tally
      self.times = times
      document = TurnaroundDocument.ByDefinition(
        definitionId: definition.id?.string, definitionName: name?.string,
        figures: times.figures(of: tally))
      order = GroupOrder(count: tally.total, names: [name, definition.id])
    }
  }

  private let rows: [Row]
  private let groups: [Group]

  init(rows: [Row]) {
    self.rows = rows
    groups = Self.groups(of: rows)
  }

  /// The figures per workflow type, over all definitions.
  var all: [TurnaroundDocument] { groups.concurrentMap(\.document) }

  /// The times per workflow type, over all definitions.
  var types: [TypeTimes] {
    groups.map { TypeTimes(workflowType: $0.type, tally: $0.tally, times: $0.times) }
  }

  /// The figures per workflow type, over some definitions.
  func over(_ definitions: Set<Name>) -> [TurnaroundDocument] {
    Self.groups(of: rows.filter { row in row.definition.id.map(definitions.contains) ?? false })
      .concurrentMap(\.document)
  }

  private static func groups(of rows: [Row]) -> [Group] {
    Array(Dictionary(grouping: rows, by: \.definition.workflowType)).concurrentMap {
      type, members in
      Group(type: type, members: members)
    }.sorted { $0.order.precedes($1.order) }
  }

  /// The definitions of one workflow type.
  private struct Group: Sendable {
    let type: Name?
    let members: [Row]
    let tally: StatusTally
    let times: SortedTimes
    let order: GroupOrder

    init(type: Name?, members: [Row]) {
      var tally = StatusTally()
      for member in members { tally.merge(member.tally) }
      self.type = type
      self.members = members
      self.tally = tally
      times = members.count == 1 ? members[0].times : SortedTimes(members.map(\.times))
      order = GroupOrder(count: tally.total, names: [type])
    }

    var document: TurnaroundDocument {
      let figures =
        members.count == 1 ? members[0].document.figures : times.figures(of: tally)
      return TurnaroundDocument(
        workflowType: type?.string, figures: figures,
        byDefinition: members.sorted { $0.order.precedes($1.order) }.map(\.document))
    }
  }
}
