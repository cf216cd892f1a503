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
    Dictionary(grouping: rows, by: \.definition.workflowType)
      .sorted { tally(of: $0.value).total > tally(of: $1.value).total }
      .concurrentMap { type, members in Group(type: type, members: members) }
      .sorted { $0.order.precedes($1.order) }
  }

  private static func tally(of rows: [Row]) -> StatusTally {
    rows.reduce(into: StatusTally()) { $0.merge($1.tally) }
  }

  /// The definitions of one workflow type.
  private struct Group: Sendable {
    let type: Name?
    let members: [Row]
    let tally: StatusTally
    let times: SortedTimes
    let order: GroupOrder

    init(type: Name?, members: [Row]) {
      self.type = type
      self.members = members
      tally = TurnaroundTable.tally(of: members)
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

extension [TurnaroundDocument]: MetricResult {
  /// Its key in report.json.
  package var key: String { TurnaroundMetric.key.rawValue }

  /// The values of a figure of this metric.
  package func values(of figure: ReportFigure) -> [ReportedFigure] {
    TurnaroundMetric.figures.contains(figure) ? quantiles(of: figure) : []
  }

  /// Every workflow type, each followed by its definitions.
  package var tables: [MetricTable] { [table("turnaround", "Time from start to end")] }

  /// The times as observed and as estimated, side by side.
  package func pages(in report: ReportDocument) -> [MetricPage] {
    [
      MetricPage(
        slot: "turnaround", id: "turnaround", title: "Turnaround",
        blocks: [
          .note(
            "Completed only looks at instances that ended, and so leaves out the slow ones that are still "
              + "open; Kaplan–Meier counts open and restarted instances for as long as they were seen. "
              + "Workflow types are never pooled. The rows: duration_ms in instances.csv by workflow_type and definition_id, "
              + "of those whose status is Complete, Failed or Rejected; for the estimate all of them."
          )
        ]
          + blocks(
            "Time from start to end", ids: ("turnaround-quantiles", "turnaround-definitions"),
            file: "turnaround", firstChart: 0))
    ]
  }
}

extension [TurnaroundDocument] {
  /// The rows as a table in a file.
  func table(_ file: String, _ title: String) -> MetricTable {
    MetricTable(
      .init(key: nil, file: file), title: title, columns: TurnaroundDocument.Row.columns,
      rows: flatMap(\.rows))
  }

  /// How many workflow types have tables of their own on the page.
  private static let shownTypes = 12

  /// The quantiles of each workflow type, and the medians of its definitions.
  func blocks(
    _ caption: String, ids: (quantiles: StaticString, definitions: StaticString), file: String,
    firstChart: Int
  ) -> [PageBlock] {
    let columns = TurnaroundDocument.Row.columns.named(
      "definition_name", "terminal", "open", "p50", "km_p50")
    let types = prefix(Self.shownTypes).enumerated().flatMap { index, type -> [PageBlock] in
      let quantiles = PageTable(
        ids.quantiles, caption, columns: QuantileRow.columns,
        rows: QuantileRow.rows(of: type.figures))
      let definitions = PageTable(
        ids.definitions, "\(caption) by definition", columns: columns,
        rows: [TurnaroundDocument.Row](type.rows.dropFirst()), file: file
      ).limitedBySlot()
      return [
        .heading(type.workflowType, or: "No workflow type"),
        .sentence("\(type.figures.sentence)"), .counts(type.figures.counts),
        .chart(.ended(type.figures.kaplanMeier), number: firstChart + index),
        .group(
          .pair,
          [quantiles, definitions].map { .table($0.of(type.workflowType, number: index + 1)) }),
      ]
    }
    let others = count - Self.shownTypes
    return types + (others > 0 ? [.others("workflow types", others, file: file)] : [])
  }
}

extension TurnaroundDocument.Figures {
  /// What counting the unfinished changes.
  fileprivate var sentence: String {
    let waiting = open + superseded
    let estimate = kaplanMeier.p50.map { DisplayFormat.duration(milliseconds: $0) }
    let observed = completedOnly.p50.map { DisplayFormat.duration(milliseconds: $0) }
    guard let observed else { return "No request has ended yet." }
    if kaplanMeier.censored == 0 {
      return "Half of all requests were decided within \(observed); none is unfinished."
    }
    let unfinished =
      "\(DisplayFormat.count(waiting, "request")) \(waiting == 1 ? "is" : "are") open or restarted; counting them, "
    guard let estimate else { return unfinished + "fewer than half of all requests are decided." }
    return unfinished
      + (estimate == observed
        ? "half of all requests are still decided within \(estimate)."
        : "half of all requests are decided within \(estimate), not \(observed).")
  }

  fileprivate var counts: String {
    "Completed only: n = \(DisplayFormat.count(completedOnly.n)). "
      + "Kaplan–Meier: n = \(DisplayFormat.count(kaplanMeier.n)), "
      + "\(DisplayFormat.count(kaplanMeier.events, "event")), "
      + "\(DisplayFormat.count(kaplanMeier.censored)) censored "
      + "(\(DisplayFormat.count(open)) open, \(DisplayFormat.count(superseded)) restarted)."
  }
}

/// One line of a turnaround table: a quantile as observed and as estimated.
private struct QuantileRow: Sendable {
  var name: String
  var observed: Double?
  /// The estimate and its limits; `nil` for lines that the estimate does not have.
  var estimate: (value: Double?, limits: KaplanMeierDocument.Limits)?

  private static let titles = ["Median", "75%", "90%", "95%", "99%", "Longest"]

  static func rows(of figures: TurnaroundDocument.Figures) -> [QuantileRow] {
    let estimate = figures.kaplanMeier
    return zip(titles, PercentilesDocument.quantiles).enumerated().map { index, pair in
      let estimated = KaplanMeierDocument.quantiles.dropFirst(index).first
      return QuantileRow(
        name: pair.0, observed: figures.completedOnly[keyPath: pair.1.value],
        estimate: estimated.map {
          (estimate[keyPath: $0.value], estimate.limits[keyPath: $0.limits])
        })
    }
  }

  static let columns: [Column<QuantileRow>] = [
    Column("quantile", "Ended within", .text, about: "The share of instances.") {
      .term($0.name, label: $0.name)
    },
    Column("observed", "Completed only", .duration, about: "Observed durations, type 7.") {
      .duration($0.observed, or: .tooFew)
    },
    Column("estimate", "Kaplan–Meier", .duration, about: "The estimate over all instances.") {
      $0.estimate.map { .duration($0.value, or: .notReached) } ?? .missing(.none)
    },
    Column("limits", "95% limits", .duration, about: "Log–log limits of the estimate.") {
      $0.estimate.map { .durationLimits(low: $0.limits.low, high: $0.limits.high) }
        ?? .missing(.none)
    },
  ]
}
