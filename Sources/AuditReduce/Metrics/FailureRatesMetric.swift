package import AuditModel

/// `failureRates`, with its `rejectionRates`: Failed and Rejected instances per user, definition, step and class.
///
/// A group with an n of its own is flagged when its smaller binomial tail under the overall rate is below 0.025, resp. 0.001.
///
/// Definition: per user and per definition, n is the group's terminal instances; per step and per class, n is all
/// terminal instances of the cohort. A user is shown as its instance with the smallest reference id spells it.
/// Source of the interval: ``WilsonInterval``. Limits: the tables pool workflow types; the user comes from the title, and
/// one without terminal instances is in no row.
struct FailureRatesMetric: Metric {
  static let key = MetricKey("failureRates")
  static let about =
    "Failed and rejected instances per user, workflow definition, step and failure category, each a share of the finished instances with a 95% confidence interval."
  static let figures = FailureRatesDocument.rates.map(\.figure)

  init(plan: ReductionPlan) {}

  private struct StepGroup {
    var name = NewestName()
    var tally = EventTally()

    mutating func add(_ instance: borrowing BatchedInstance) {
      name.add(instance.step.name, of: instance.referenceID)
      tally.add(instance.status)
    }

    mutating func merge(_ other: StepGroup) {
      name.merge(other.name)
      tally.merge(other.tally)
    }
  }

  private var steps: [Name?: StepGroup] = [:]
  /// "Unclassified" is always shown: a reader must see that it was looked for.
  private var classes: [FailureClass: Int] = [.unclassified: 0]

  mutating func add(_ instance: borrowing BatchedInstance) {
    guard instance.status == .failed || instance.status == .rejected else { return }
    steps[instance.step.uniqueName, default: StepGroup()].add(instance)
    if instance.status == .failed {
      classes[instance.failureClass ?? .unclassified, default: 0] += 1
    }
  }

  mutating func merge(_ other: FailureRatesMetric) {
    for (key, group) in other.steps { steps[key, default: StepGroup()].merge(group) }
    classes.merge(other.classes, uniquingKeysWith: +)
  }

  func finish(_ cohort: Cohort) -> FailureRatesDocument {
    let all = cohort.totals.all
    let (failed, rejected) = (Groups(.failed, cohort, steps), Groups(.rejected, cohort, steps))
    return FailureRatesDocument(
      failed: all[.failed], terminal: all.terminal,
      byUser: failed.byUser, byDefinition: failed.byDefinition, byStep: failed.byStep,
      byClass: byClass(cohort.totals), withoutUser: cohort.users.terminalWithoutUser,
      rejectionRates: RejectionRatesDocument(
        rejected: all[.rejected], terminal: all.terminal, byUser: rejected.byUser,
        byDefinition: rejected.byDefinition, byStep: rejected.byStep))
  }

  private func byClass(_ totals: CohortTotals) -> [GroupRateDocument] {
    RateRanking(event: .failed, totals: totals).rank(
      classes.map { failureClass, count in
        var step: Name?
        if case .customStep(let name) = failureClass { step = name }
        return RateRanking.Row(
          group: .failureClass(failureClass.name, step: step?.string), count: count,
          terminal: totals.all.terminal, names: [Name(failureClass.name), step])
      })
  }

  /// The groups that failures and rejections are both counted by, ranked.
  private struct Groups {
    let byUser: [GroupRateDocument]
    let byDefinition: [GroupRateDocument]
    let byStep: [GroupRateDocument]

    init(_ event: GroupRateDocument.Event, _ cohort: Cohort, _ steps: [Name?: StepGroup]) {
      let totals = cohort.totals
      let ranking = RateRanking(event: event, totals: totals)
      byUser = ranking.rank(
        cohort.users.entries.lazy.filter { $0.events.terminal > 0 }.map { entry in
          let spelling = entry.spelling.spelling
          return RateRanking.Row(
            group: .user(spelling.string), count: entry.events[event],
            terminal: entry.events.terminal, names: [spelling])
        })
      var tallies: [Name?: StatusTally] = [:]
      for (definition, tally) in totals.byDefinition where tally.terminal > 0 {
        tallies[definition.id, default: StatusTally()].merge(tally)
      }
      byDefinition = ranking.rank(
        tallies.map { id, tally in
          let name = totals.name(of: id)
          return RateRanking.Row(
            group: .definition(id: id?.string, name: name?.string),
            count: tally[event == .failed ? .failed : .rejected], terminal: tally.terminal,
            names: [name, id])
        })
      byStep = ranking.rank(
        steps.lazy.filter { $0.value.tally[event] > 0 }.map { uniqueName, group in
          RateRanking.Row(
            group: .step(uniqueName: uniqueName?.string, name: group.name.name?.string),
            count: group.tally[event], terminal: totals.all.terminal, names: [uniqueName])
        })
    }
  }
}

extension FailureRatesDocument: MetricResult {
  /// Its key in report.json.
  package var key: String { FailureRatesMetric.key.rawValue }

  /// The values of a figure of this metric.
  package func values(of figure: ReportFigure) -> [ReportedFigure] {
    let rows = Self.rates.first { $0.figure == figure }?.rows(self) ?? []
    return rows.map { ReportedFigure(figure, group: $0.group.name, $0.rate, n: $0.terminal) }
  }

  /// The figures with the groups that they have.
  fileprivate static let rates:
    [(figure: ReportFigure, rows: @Sendable (FailureRatesDocument) -> [GroupRateDocument])] = [
      (rate("failureRates.byUser", "user"), \.byUser),
      (rate("failureRates.byDefinition", "definitionId"), \.byDefinition),
      (rate("failureRates.byStep", "step"), \.byStep),
      (rate("failureRates.byClass", "failureClass"), \.byClass),
      (rate("rejectionRates.byUser", "user"), \.rejectionRates.byUser),
      (rate("rejectionRates.byDefinition", "definitionId"), \.rejectionRates.byDefinition),
      (rate("rejectionRates.byStep", "step"), \.rejectionRates.byStep),
    ]

  private static func rate(_ name: String, _ group: String) -> ReportFigure {
    let place = name.begins(with: "failureRates.") ? name : "failureRates.\(name)"
    return ReportFigure(name, .ratio, in: place, by: [group], .rate(n: "terminal"))
  }
}

extension GroupRateDocument.Group {
  /// What the group is known by.
  fileprivate var name: String? {
    switch self {
    case .user(let user): user
    case .definition(let id, _): id
    case .step(let uniqueName, _): uniqueName
    case .failureClass(let name, _): name
    }
  }
}

extension FailureRatesDocument {
  private typealias Columns = GroupRateDocument.Columns

  /// Every group of failures and of rejections.
  package var tables: [MetricTable] {
    let figures = Columns.figures(of: .failed)
    return [
      Self.table(
        "users", "Failed instances by user", [Columns.user] + figures + Columns.outliers, byUser),
      Self.table(
        "definitions", "Failed instances by definition",
        [Columns.definitionId, Columns.definitionName] + figures + Columns.outliers, byDefinition),
      Self.table(
        "failures", "Failed instances by step and by failure category",
        [Columns.group, Columns.failureClass, Columns.step, Columns.stepName] + figures,
        byStep + byClass),
      Self.table(
        "rejections", "Rejected instances by user, workflow definition and step",
        [
          Columns.group, Columns.user, Columns.definitionId, Columns.definitionName, Columns.step,
          Columns.stepName,
        ] + Columns.figures(of: .rejected) + Columns.outliers,
        rejectionRates.byUser + rejectionRates.byDefinition + rejectionRates.byStep),
    ]
  }

  private static func table(
    _ file: String, _ title: String, _ columns: [Column<GroupRateDocument>],
    _ rows: [GroupRateDocument]
  ) -> MetricTable {
    MetricTable(.init(key: nil, file: file), title: title, columns: columns, rows: rows)
  }

  /// Failures, and rejections in a slot of their own.
  package func pages(in report: ReportDocument) -> [MetricPage] {
    [
      MetricPage(
        slot: "failure-rates", id: "failure-rates", title: "Failures",
        blocks: failed == 0 ? [] : failures, nothingFound: failed == 0 ? ["failures"] : []),
      MetricPage(
        slot: "rejection-rates", id: "rejection-rates", title: "Rejections",
        blocks: rejectionRates.rejected == 0 ? [] : rejections,
        nothingFound: rejectionRates.rejected == 0 ? ["rejections"] : []),
    ]
  }

  private var failures: [PageBlock] {
    let unnamed = failed - byUser.map(\.count).reduce(0, +)
    let finished = Counted(terminal, "finished instance")
    let few = Counted(unnamed, "of them")
    let nameless: Sentence =
      unnamed == 0
      ? ""
      : """
       \(DisplayFormat.count(unnamed)) of the \(Counted(failed, "failure").phrase) \(few.choose("names", "name")) no user \
      and \(few.verb) not in the table of users.
      """
    var blocks: [PageBlock] = [
      .sentence(
        """
        \(DisplayFormat.count(failed)) of \(finished.phrase) failed\(share(failed, of: terminal)).\(sentence: nameless)
        """)
    ]
    if let outlier { blocks.append(.sentence(outlier)) }
    blocks.append(
      .group(
        .pair,
        byUser.ranking("failures-users", "Failures by user", [Columns.user], file: "users")
          + byDefinition.ranking(
            "failures-definitions", "Failures by workflow definition", [Columns.definitionName],
            file: "definitions")))
    blocks.append(
      .group(
        .pair,
        byClass.ranking(
          "failures-classes", "Failures by category",
          [Columns.failureClass] + (hasSteps ? [Columns.stepName] : []), file: "failures")
          + byStep.ranking(
            "failures-steps", "Failures by step", [Columns.stepName], file: "failures")))
    blocks.append(
      .note(
        "Ranked by the lower end of the 95% confidence interval, which is drawn with a tick at the rate, so that one "
          + "failure of one does not lead the list. All workflow types together; categories and steps are shares of all "
          + "that finished. Source: instances.csv where status = Failed."))
    return blocks
  }

  private var rejections: [PageBlock] {
    let rates = rejectionRates
    return [
      .sentence(
        """
        \(DisplayFormat.count(rates.rejected)) of \(Counted(rates.terminal, "finished instance").phrase) \
        \(Counted(rates.rejected, "").pastVerb) rejected\(share(rates.rejected, of: rates.terminal)). A rejection is a \
        decision, not a fault.
        """),
      .group(
        .pair,
        rates.byUser.ranking(
          "rejections-users", "Rejections by user", [Columns.user], file: "rejections")
          + rates.byDefinition.ranking(
            "rejections-definitions", "Rejections by workflow definition",
            [Columns.definitionName], file: "rejections")
          + (rates.byStep.count > 1
            ? rates.byStep.ranking(
              "rejections-steps", "Rejections by step", [Columns.stepName], file: "rejections")
            : [])),
      .note("Ranked as failures are. Source: instances.csv where status = Rejected."),
    ]
  }

  private func share(_ count: Int, of total: Int) -> String {
    total == 0 ? "" : " (\(DisplayFormat.percent(Double(count) / Double(total))))"
  }

  /// The first user whose rate lies above that of all by more than chance explains.
  private var outlier: Sentence? {
    let overall = WilsonInterval.rate(failed, of: terminal).rate ?? 0
    let row = byUser.first { row in
      row.outlier?.flag == .beyond998 && (row.rate.rate ?? 0) > overall
    }
    guard let row, case .user(let user) = row.group else { return nil }
    return """
      \(name: user) failed \(DisplayFormat.count(row.count)) of \(Counted(row.terminal, "time").phrase), well above \
      the overall \(DisplayFormat.percent(overall)).
      """
  }

  /// Whether some class names a step.
  private var hasSteps: Bool {
    byClass.contains { if case .failureClass(_, _?) = $0.group { true } else { false } }
  }
}

extension [GroupRateDocument] {
  /// The first rows that have any, with their intervals drawn; nothing where no group has any.
  fileprivate func ranking(
    _ id: StaticString, _ caption: String, _ keys: [Column<GroupRateDocument>], file: String
  ) -> [PageBlock] {
    typealias Columns = GroupRateDocument.Columns
    let counted = firstIndex { $0.count == 0 } ?? count
    guard counted > 0, let event = first?.event else { return [] }
    return [
      .table(
        PageTable(
          id, caption,
          columns: keys + Columns.figures(of: event).named(event.rawValue, "terminal", "rate")
            + Columns.outliers.named("flag"), rows: self, file: file
        ).limitedBySlot(orTo: counted).omittingEmpty(["flag"]).drawn(.interval))
    ]
  }
}
