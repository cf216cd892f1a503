package import AuditModel

/// `population`: distinct instances by status, workflow type and definition.
///
/// Definition: the instances of the cohort, each counted once. A definition has the name of its instance with the
/// greatest reference id. Limits: an instance deleted before the read is not in it.
struct PopulationMetric: Metric {
  static let key = MetricKey("population")
  static let about =
    "How many workflow instances there are, by status, workflow type and workflow definition; each counts once."
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
    var byOutcome = OutcomeTally()
    /// The first and the last usable start.
    var starts: ClosedRange<Instant>?

    mutating func add(_ instance: borrowing BatchedInstance) {
      name.add(instance.definition.name, of: instance.referenceID)
      byStatus.add(instance.status)
      byOutcome.add(instance.outcome)
      if instance.hasUsableTimes, let start = instance.start {
        starts = starts.union(start...start)
      }
    }

    mutating func merge(_ other: Group) {
      name.merge(other.name)
      byStatus.merge(other.byStatus)
      byOutcome.merge(other.byOutcome)
      if let other = other.starts { starts = starts.union(other) }
    }
  }

  private var groups = DefinitionGroups<Key, Group>()
  private var pendingAtCA = FirstIDs()

  /// Instances of the cohort.
  var instances: Int { groups.values.reduce(0) { $0 + $1.byStatus.total } }

  /// The first and the last usable start.
  var starts: ClosedRange<Instant>? {
    groups.values.compactMap(\.starts).reduce(nil) { $0.union($1) }
  }

  mutating func add(_ instance: borrowing BatchedInstance) {
    let place = groups.place(
      of: instance.definition,
      key: { Key(definition: TypedDefinition($0), version: $0.version) }, new: Group())
    groups.values[place].add(instance)
    if instance.outcome == .pendingAtCA { pendingAtCA.add(instance.referenceID) }
  }

  mutating func merge(_ other: PopulationStore) {
    groups.merge(other.groups) { $0.merge($1) }
    pendingAtCA.merge(other.pendingAtCA)
  }

  /// The counts that other metrics divide by.
  var totals: CohortTotals {
    var totals = CohortTotals()
    for (key, group) in zip(groups.keys, groups.values) {
      totals.add(group.byStatus, of: key.definition, named: group.name)
    }
    return totals
  }

  /// The versions of the definitions, in the order of the document.
  func versions(_ totals: CohortTotals) -> [DefinitionVersion] {
    rows(totals).map { row in
      DefinitionVersion(
        workflowType: row.key.definition.workflowType, id: row.key.definition.id, name: row.name,
        version: row.key.version, instances: row.group.byStatus.total,
        complete: row.group.byStatus[.complete], starts: row.group.starts)
    }
  }

  func finish(_ totals: CohortTotals) -> PopulationDocument {
    var outcomes: [Name?: OutcomeTally] = [:]
    for (key, group) in zip(groups.keys, groups.values) {
      outcomes[key.definition.workflowType, default: OutcomeTally()].merge(group.byOutcome)
    }
    var document = PopulationDocument(
      instances: totals.all.total, byStatus: totals.all.document,
      byWorkflowType: totals.byType.inOrder {
        GroupOrder(count: $0.value.total, names: [$0.key])
      }.map { type, tally in
        var row = PopulationDocument.ByWorkflowType(
          workflowType: type?.string, instances: tally.total, byStatus: tally.document)
        row.byOutcome = outcomes[type]?.document ?? row.byOutcome
        return row
      },
      byDefinition: rows(totals).map { row in
        PopulationDocument.ByDefinition(
          definitionId: row.key.definition.id?.string, definitionName: row.name?.string,
          definitionVersion: row.key.version, workflowType: row.key.definition.workflowType?.string,
          instances: row.group.byStatus.total, byStatus: row.group.byStatus.document)
      })
    document.byOutcome = outcomes.values.reduce(into: OutcomeTally()) { $0.merge($1) }.document
    document.pendingAtCA = pendingAtCA.ids
    return document
  }

  private func rows(_ totals: CohortTotals) -> [Row] {
    zip(groups.keys, groups.values).map { key, group in
      let name = totals.name(of: key.definition.id)
      return Row(
        key: key, name: name, group: group,
        order: GroupOrder(
          count: group.byStatus.total,
          names: [name, key.definition.id, key.definition.workflowType]))
    }.sorted { $0.precedes($1) }
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
  func union(_ other: ClosedRange<Instant>) -> ClosedRange<Instant> {
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
  package var tables: [MetricTable] {
    [
      MetricTable(
        .init(key: nil, file: "population"),
        title: "Instances by workflow type, definition and status",
        columns: Self.definitionColumns, rows: byDefinition)
    ]
  }

  /// What became of the instances, by workflow type and definition.
  package func pages(in report: ReportDocument) -> [MetricPage] {
    [
      MetricPage(
        slot: "population", id: "population", title: "Outcomes and population",
        blocks: instances == 0 ? [.sentence("No instance started in this period.")] : counted)
    ]
  }

  private var counted: [PageBlock] {
    let finished = Counted(
      Status.allCases.filter(\.isTerminal).map { byStatus[$0] }.reduce(0, +), "instance")
    return [
      .sentence(
        """
        \(finished.start) of \(DisplayFormat.count(instances)) \(finished.choose("has", "have")) finished. Completed \
        means that the workflow ended as it should; a certificate was issued only where the columns say so.
        """),
      .table(types), .table(shownDefinitions),
      .note("Source: instances.csv, columns status, outcome, workflow_type and definition_id."),
    ]
  }

  private var types: PageTable {
    PageTable(
      "population-types", "Instances by workflow type and what became of them",
      columns: [
        .text("workflow_type", "Workflow type", about: "The type of workflow.") { $0.workflowType }
      ] + Self.outcomeColumns, rows: byWorkflowType, file: "population"
    ).limitedBySlot().totalled(
      [.term("total", label: "All")]
        + Self.outcomeColumns.map { $0.value(.init(all: self)) }
    ).drawn(Self.bar)
  }

  private var shownDefinitions: PageTable {
    PageTable(
      "population-definitions", "Instances by workflow definition",
      columns: Self.definitionColumns.named(
        "definition_name", "definition_version", "workflow_type", "instances", "complete", "failed",
        "rejected", "canceled_for_restart") + [
          .count("open", "Open", about: "Running or Suspended.") {
            $0.byStatus[.running] + $0.byStatus[.suspended]
          }
        ], rows: byDefinition, file: "population"
    ).limitedBySlot().drawn(Self.bar)
  }

  /// What is told apart at a glance; the columns have the numbers.
  private static let bar = PageTable.Drawing.parts([
    ("complete", .good), ("rejected", .fair), ("failed", .bad), ("open", .open),
    ("canceled_for_restart", .other),
  ])

  /// What became of the instances of a workflow type.
  private static let outcomeColumns: [Column<ByWorkflowType>] = [
    .count("instances", "Started", about: "Distinct instances.") { $0.instances },
    .count("complete", "Completed", about: "Those whose status is Complete.") {
      $0.byStatus[.complete]
    },
    .count("issued", "Issued", about: "Completed with a certificate.") { $0.byOutcome[.issued] },
    .count("revoked", "Revoked", about: "Completed with a revocation.") { $0.byOutcome[.revoked] },
    .count("pending", "Pending at CA", about: "Completed before the CA decided.") {
      $0.byOutcome[.pendingAtCA]
    },
    .count("failed", "Failed", about: "Those whose status is Failed.") { $0.byStatus[.failed] },
    .count("rejected", "Rejected", about: "Those whose status is Rejected.") {
      $0.byStatus[.rejected]
    },
    .count("canceled_for_restart", "Restarted", about: "CanceledForRestart.") {
      $0.byStatus[.canceledForRestart]
    },
    .count("open", "Open", about: "Running or Suspended.") {
      $0.byStatus[.running] + $0.byStatus[.suspended]
    },
  ]

}

extension PopulationDocument.ByWorkflowType {
  /// All workflow types together.
  fileprivate init(all population: PopulationDocument) {
    self.init(
      workflowType: nil, instances: population.instances, byStatus: population.byStatus)
    byOutcome = population.byOutcome
  }
}

extension PopulationDocument {
  private static let definitionColumns: [Column<ByDefinition>] =
    [
      .text("workflow_type", "Workflow type", about: "The type of workflow.") { $0.workflowType },
      .text("definition_id", "Definition ID", about: "The GUID of the definition.") {
        $0.definitionId
      },
      .text("definition_name", "Definition", about: "The definition's display name.") {
        $0.definitionName
      },
      .count("definition_version", "Version", about: "The definition's version.") {
        $0.definitionVersion.map { Int($0) }
      },
    ] + countColumns

  /// How many have each status, and all of them.
  private static let countColumns: [Column<ByDefinition>] =
    Status.allCases.map { status in
      Column(
        status == .canceledForRestart ? "canceled_for_restart" : status.name.lowercased(),
        title(of: status), .count, about: "Instances whose status is \(status.name)."
      ) { .count($0.byStatus[status]) }
    } + [
      .count("instances", "Started", about: "Distinct instances.") { $0.instances }
    ]

  private static func title(of status: Status) -> String {
    switch status {
    case .complete: "Completed"
    case .canceledForRestart: "Restarted"
    case .unknown: "Unknown"
    default: status.name
    }
  }
}
