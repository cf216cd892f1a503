package import AuditModel

/// `population`: distinct instances by status, workflow type and definition.
///
/// Definition: the instances of the cohort, each counted once. A definition bears the name of its instance with the
/// greatest reference id. Limits: an instance deleted before the read is not in it.
struct PopulationMetric: Metric {
  static let key = MetricKey("population")
  static let isAlwaysThere = true
  static let figures = [ReportFigure.single("population", "instances", .count)]

  init(plan: ReductionPlan) {}

  func finish(_ cohort: Cohort) -> PopulationDocument {
    cohort.population.finish(cohort.totals)
  }
}

/// The instances of the cohort by definition, version and status, which several metrics share.
struct PopulationStore: Reducer {
  private struct Key: Hashable {
    var definition: TypedDefinition
    var version: Int64?

    func hash(into hasher: inout Hasher) {
      definition.hash(into: &hasher)
      hasher.combine(version ?? 0)
    }
  }

  private struct Group {
    var name = NewestName()
    var byStatus = StatusTally()
    /// The first and the last usable start.
    var starts: ClosedRange<Instant>?

    mutating func add(_ instance: borrowing BatchedInstance) {
      name.add(instance.definition.name, of: instance.referenceID)
      byStatus.add(instance.status)
      if instance.hasUsableTimes, let start = instance.start { widen(to: start...start) }
    }

    private mutating func widen(to other: ClosedRange<Instant>) {
      starts = starts.union(other)
    }

    mutating func merge(_ other: Group) {
      name.merge(other.name)
      byStatus.merge(other.byStatus)
      if let other = other.starts { widen(to: other) }
    }
  }

  private var groups: [Key: Group] = [:]

  /// Instances of the cohort.
  var instances: Int { groups.values.reduce(0) { $0 + $1.byStatus.total } }

  /// The first and the last usable start.
  var starts: ClosedRange<Instant>? {
    groups.values.compactMap(\.starts).reduce(nil) { $0.union($1) }
  }

  mutating func add(_ instance: borrowing BatchedInstance) {
    let key = Key(
      definition: TypedDefinition(
        workflowType: instance.definition.workflowType, id: instance.definition.id),
      version: instance.definition.version)
    groups[key, default: Group()].add(instance)
  }

  mutating func merge(_ other: PopulationStore) {
    for (key, group) in other.groups { groups[key, default: Group()].merge(group) }
  }

  /// The counts that other metrics divide by.
  var totals: CohortTotals {
    var totals = CohortTotals()
    for (key, group) in groups {
      totals.add(group.byStatus, of: key.definition, named: group.name)
    }
    return totals
  }

  /// The versions of the definitions, in the order of the document.
  func versions(_ totals: CohortTotals) -> [DefinitionVersion] {
    rows(totals).map { row in
      DefinitionVersion(
        workflowType: row.key.definition.workflowType, id: row.key.definition.id, name: row.name,
        version: row.key.version, instances: row.group.byStatus.total, starts: row.group.starts)
    }
  }

  func finish(_ totals: CohortTotals) -> PopulationDocument {
    PopulationDocument(
      instances: totals.all.total, byStatus: totals.all.document,
      byWorkflowType: totals.byType.sorted {
        GroupOrder(count: $0.value.total, names: [$0.key])
          .precedes(GroupOrder(count: $1.value.total, names: [$1.key]))
      }.map {
        .init(
          workflowType: $0.key?.string, instances: $0.value.total, byStatus: $0.value.document)
      },
      byDefinition: byDefinition(totals))
  }

  private func rows(_ totals: CohortTotals) -> [Row] {
    groups.map { key, group in
      let name = totals.name(of: key.definition.id)
      return Row(
        key: key, name: name, group: group,
        order: GroupOrder(
          count: group.byStatus.total,
          names: [name, key.definition.id, key.definition.workflowType]))
    }.sorted { $0.precedes($1) }
  }

  private func byDefinition(_ totals: CohortTotals) -> [PopulationDocument.ByDefinition] {
    rows(totals).map { row in
      PopulationDocument.ByDefinition(
        definitionId: row.key.definition.id?.string, definitionName: row.name?.string,
        definitionVersion: row.key.version, workflowType: row.key.definition.workflowType?.string,
        instances: row.group.byStatus.total, byStatus: row.group.byStatus.document)
    }
  }

  private struct Row {
    var key: Key
    var name: Name?
    var group: Group
    var order: GroupOrder

    func precedes(_ other: Row) -> Bool {
      if order.precedes(other.order) { return true }
      if other.order.precedes(order) { return false }
      guard let version = key.version else { return false }
      guard let otherVersion = other.key.version else { return true }
      return version < otherVersion
    }
  }
}

extension ClosedRange<Instant>? {
  /// The smallest range that holds both.
  fileprivate func union(_ other: ClosedRange<Instant>) -> ClosedRange<Instant> {
    guard let self else { return other }
    return Swift.min(
      self.lowerBound, other.lowerBound)...Swift.max(self.upperBound, other.upperBound)
  }
}

extension PopulationDocument: MetricResult {
  /// Its key in report.json.
  package var key: String { PopulationMetric.key.rawValue }

  /// The values of a figure of this metric.
  package func values(of figure: ReportFigure) -> [ReportedFigure] {
    PopulationMetric.figures.contains(figure)
      ? [ReportedFigure(figure, value: Double(instances))] : []
  }

  /// Every definition with its counts.
  package var tables: [MetricTable] { [definitions] }

  /// Instances by status, workflow type and definition.
  package func pages(in report: ReportDocument) -> [MetricPage] {
    let ended = Status.allCases.filter(\.isTerminal).map { byStatus[$0] }.reduce(0, +)
    var blocks: [PageBlock] = [
      .sentence(
        """
        \(DisplayFormat.count(instances, "instance")) of \
        \(DisplayFormat.count(byWorkflowType.count, "workflow type")) started in the window; \
        \(DisplayFormat.count(ended)) of them have ended, \(DisplayFormat.count(byStatus[.complete])) as Complete.
        """),
      .note(
        "Distinct instances that started in the window. Every count here is a number of rows of "
          + "instances.csv, where the columns status, workflow_type and definition_id select them."),
    ]
    if instances > 0 { blocks.append(.chart(.rows(chart), number: 1)) }
    blocks.append(
      .table(
        PageTable(
          "population-types", "Instances by workflow type and status",
          columns: [
            Column("workflow_type", "Workflow type", .text, about: "The type of workflow.") {
              .text($0.workflowType)
            }
          ] + Self.countColumns(), rows: byWorkflowType, file: "population"
        ).limitedBySlot().totalled(
          [.term("total", label: "All")] + Status.allCases.map { .count(byStatus[$0]) }
            + [.count(instances)])))
    blocks.append(
      .table(
        PageTable(
          "population-definitions", "Instances by definition",
          columns: Self.definitionColumns.named(
            "definition_name", "definition_version", "workflow_type", "complete", "failed",
            "rejected", "instances"), rows: byDefinition, file: "population"
        ).limitedBySlot()))
    return [MetricPage(slot: "population", id: "population", title: "Population", blocks: blocks)]
  }

  private var definitions: MetricTable {
    MetricTable(
      .init(key: nil, file: "population"),
      title: "Instances by workflow type, definition and status", columns: Self.definitionColumns,
      rows: byDefinition)
  }

  /// The kinds of statuses that are told apart at a glance; the table has them all.
  private static let kinds: [(RowChart.KeyEntry, [Status])] = [
    (.init("Complete", .good), [.complete]), (.init("Rejected", .fair), [.rejected]),
    (.init("Failed", .bad), [.failed]), (.init("Open", .open), [.running, .suspended]),
    (.init("Restarted or unknown", .other), [.canceledForRestart, .unknown]),
  ]

  private var chart: RowChart {
    RowChart(
      title: "What became of the instances of each workflow type", subject: "Workflow type",
      measure: "Share of instances", scale: .shares, key: Self.kinds.map(\.0),
      rows: byWorkflowType.map { type in
        let counts = Self.kinds.map { kind in kind.1.map { type.byStatus[$0] }.reduce(0, +) }
        return RowChart.Row(
          "\(name: type.workflowType, or: "none")",
          .parts(counts.map { Double($0) / Double(max(type.instances, 1)) }),
          figures:
            "\(DisplayFormat.count(counts[0])) of \(DisplayFormat.count(type.instances)) Complete")
      })
  }
}

/// Instances counted by status, whatever they are grouped by.
private protocol CountedByStatus: Sendable {
  var instances: Int { get }
  var byStatus: PopulationDocument.StatusCounts { get }
}

extension PopulationDocument.ByDefinition: CountedByStatus {}
extension PopulationDocument.ByWorkflowType: CountedByStatus {}

extension PopulationDocument {
  private static let definitionColumns: [Column<ByDefinition>] =
    [
      Column("workflow_type", "Workflow type", .text, about: "The type of workflow.") {
        .text($0.workflowType)
      },
      Column("definition_id", "Definition id", .text, about: "The GUID of the definition.") {
        .text($0.definitionId)
      },
      Column("definition_name", "Definition", .text, about: "The definition's display name.") {
        .text($0.definitionName)
      },
      Column("definition_version", "Version", .count, about: "The definition's version.") {
        .count($0.definitionVersion.map { Int($0) })
      },
    ] + countColumns()

  /// How many have each status, and all of them.
  private static func countColumns<Row: CountedByStatus>() -> [Column<Row>] {
    Status.allCases.map { status in
      Column(
        status == .canceledForRestart ? "canceled_for_restart" : status.name.lowercased(),
        title(of: status), .count, about: "Instances whose status is \(status.name)."
      ) { .count($0.byStatus[status]) }
    } + [Column("instances", "All", .count, about: "Distinct instances.") { .count($0.instances) }]
  }

  private static func title(of status: Status) -> String {
    switch status {
    case .canceledForRestart: "Restarted"
    case .unknown: "Unknown"
    default: status.name
    }
  }
}
