package import AuditModel

/// `turnaround`: the time from start to end, per workflow type and per definition.
///
/// Definition: percentiles of `m − s` over terminal instances, "completed only", and the Kaplan–Meier estimate that
/// counts unfinished instances for as long as they were seen. Sources: ``QuantileType7``, ``KaplanMeier``.
/// Limits: percentiles of completed instances alone are too short while slow ones are still open.
struct TurnaroundMetric: Metric {
  static let key = MetricKey("turnaround")
  static let about =
    #"Time from start to end per workflow type and workflow definition: over the finished instances, and as an estimate that counts open ones as "at least this long"."#
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
      (self.definition, self.tally, self.times) = (definition, tally, times)
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

  /// The figures per workflow type, over some definitions, with other times of what has ended, in milliseconds.
  func over(
    _ definitions: Set<Name>, ending times: [TypedDefinition: [Int64]]
  ) -> [TurnaroundDocument] {
    let none = AscendingTimes([])
    return TurnaroundTable(
      rows: rows.map { row in
        Row(
          definition: row.definition, name: row.document.definitionName.map { Name($0) },
          tally: row.tally,
          times: SortedTimes(
            byCause: [AscendingTimes(times[row.definition] ?? []), none, none],
            ages: row.times.ages, superseded: row.times.superseded))
      }
    ).over(definitions)
  }

  private static func groups(of rows: [Row]) -> [Group] {
    Dictionary(grouping: rows, by: \.definition.workflowType)
      .sorted { tally(of: $0.value).total > tally(of: $1.value).total }
      .concurrentMap { type, members in Group(type: type, members: members) }
      .inOrder(\.order)
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
      (self.type, self.members) = (type, members)
      tally = TurnaroundTable.tally(of: members)
      times = members.count == 1 ? members[0].times : SortedTimes(members.map(\.times))
      order = GroupOrder(count: tally.total, names: [type])
    }

    var document: TurnaroundDocument {
      let figures =
        members.count == 1 ? members[0].document.figures : times.figures(of: tally)
      return TurnaroundDocument(
        workflowType: type?.string, figures: figures,
        byDefinition: members.inOrder(\.order).map(\.document))
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

  /// The times of each workflow type and definition.
  package func pages(in report: ReportDocument) -> [MetricPage] {
    if isEmpty { return [] }
    let drawsOutcomes = report.metrics.section(OutcomesMetric.key.rawValue) != nil
    return [
      MetricPage(
        slot: "time-to-finish", id: "turnaround", title: "From start to finish",
        blocks: described + [
          .table(types("turnaround-types", "Time to finish by workflow type", "turnaround"))
        ]
          + (drawsOutcomes ? [] : curves) + [.table(definitions)]
          + [
            .note(
              "Open and restarted instances count for as long as they were seen. Workflow types are never mixed. Source: "
                + "instances.csv, column duration_ms by workflow_type and definition_id."
            )
          ])
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

  /// How many workflow types are put in words.
  private static let describedTypes = 4

  /// What counting the unfinished changes, in one paragraph.
  private var described: [PageBlock] {
    let sentences = prefix(Self.describedTypes).compactMap(\.sentence)
    if sentences.isEmpty { return [] }
    return [
      .sentence(Sentence([Sentence.Part](sentences.map(\.parts).joined(separator: [.words(" ")]))))
    ]
  }

  /// How many have a curve, and with how many finished instances it says more than a row.
  private static let drawnTypes = 6
  private static let fewestDrawn = 10

  /// The times of the workflow types.
  func types(_ id: StaticString, _ caption: String, _ file: String) -> PageTable {
    PageTable(
      id, caption, columns: TurnaroundDocument.Row.typeColumns, rows: compactMap(\.rows.first),
      file: file
    ).limitedBySlot()
  }

  /// The times of the definitions, those with most instances first.
  private var definitions: PageTable {
    let rows = flatMap { $0.rows.dropFirst() }.enumerated().sorted {
      ($1.element.instances, $0.offset) < ($0.element.instances, $1.offset)
    }.map(\.element)
    return PageTable(
      "turnaround-definitions", "Time to finish by workflow definition",
      columns: TurnaroundDocument.Row.definitionColumns, rows: rows, file: "turnaround"
    ).limitedBySlot()
  }

  /// The share that has finished, where no other chart shows it.
  private var curves: [PageBlock] {
    let drawn = filter { $0.figures.terminal >= Self.fewestDrawn }.prefix(Self.drawnTypes)
    if drawn.isEmpty { return [] }
    return [
      .group(
        .charts,
        drawn.enumerated().map { index, type in
          .chart(.ended(type.figures.kaplanMeier, of: type.workflowType), number: index)
        })
    ]
  }
}

extension TurnaroundDocument {
  /// What counting the unfinished changes; `nil` where nothing is unfinished, and where nothing has finished.
  fileprivate var sentence: Sentence? {
    let waiting = Counted(
      figures.open + figures.superseded, "open or restarted request",
      plural: "open or restarted requests")
    guard figures.kaplanMeier.censored > 0, let observed = figures.completedOnly.p50 else {
      return nil
    }
    let without = DisplayFormat.duration(milliseconds: observed)
    guard let median = figures.median else {
      return """
        \(name: workflowType, or: "No workflow type"): with \(waiting.phrase) included, fewer than half have finished.
        """
    }
    let with = DisplayFormat.duration(milliseconds: median)
    if with == without { return nil }
    return """
      \(name: workflowType, or: "No workflow type"): with \(waiting.phrase) included, the median is \(with) (\(without) \
      without).
      """
  }
}
