import AuditEvidence
import AuditFiles
package import AuditModel
import AuditPlan
import AuditReduce
import AuditRender

/// What a report is assembled of, whatever it is over: the rows of one pack, or those of several packs.
package struct ReportContents {
  /// What was asked, of whom, and when.
  package var cover: CoverDocument
  /// How much is known about completeness.
  package var completeness: CompletenessDocument
  /// The figures.
  package var metrics: MetricsDocument
  /// What it cannot show, beside what none can.
  package var limitations: [String]
  /// What it is over.
  package var scope: Scope

  /// What a report is over.
  package enum Scope {
    /// The rows of one pack, held against an earlier pack when there is one, and judged by the policy as of an instant.
    case pack(comparedWith: PreviousDocument?, asOf: Instant)
    /// The rows of several packs, each of which has been compared and judged by itself.
    case servers([ServerReport])
  }

  /// Names what a report is assembled of.
  package init(
    cover: CoverDocument, completeness: CompletenessDocument, metrics: MetricsDocument,
    limitations: [String], scope: Scope
  ) {
    (self.cover, self.completeness, self.metrics) = (cover, completeness, metrics)
    (self.limitations, self.scope) = (limitations, scope)
  }

  /// The report, and what the policy says of it; `nil` where no policy is asked.
  func assembled(by plan: AuditPlan) -> (ReportDocument, PolicyJudgement?) {
    let isMerged = if case .servers = scope { true } else { false }
    // What says where rows are names files that are there.
    let files = PackFiles(plan.formats, isMerged: isMerged)
    var report = ReportDocument(
      cover: cover, completeness: completeness, metrics: files.words(metrics), gates: [],
      limitations: plan.limitations(limitations, of: metrics, isMerged: isMerged))
    switch scope {
    case .servers(let servers):
      report.servers = servers.map { server in
        var server = server
        server.metrics = files.words(server.metrics)
        return server
      }
      return (report, nil)
    case .pack(let previous, let asOf):
      if let previous { report.compare(with: previous) }
      let judgement = report.judge(by: plan.policy, asOf: asOf)
      return (report, judgement)
    }
  }
}

/// What the report over one pack's rows is assembled of.
struct PackReport {
  let acquisition: Acquisition
  let outcome: Reduction.Outcome
  let surroundings: PackContents.Surroundings
  let plan: AuditPlan

  private var window: Window { outcome.window }
  private var asOf: AsOf { outcome.asOf }
  private var result: RowPass.Result { outcome.result }

  /// The contents of the report, held against an earlier one when there is one.
  func contents(comparedWith previous: PreviousDocument?) -> ReportContents {
    ReportContents(
      cover: cover, completeness: completeness, metrics: outcome.metrics,
      limitations: limitations, scope: .pack(comparedWith: previous, asOf: asOf.instant))
  }

  private var cover: CoverDocument {
    var cover = CoverDocument(
      scope:
        "Workflow instances that started from \(window.from) up to, not including, \(window.to).",
      preparedFor: plan.preparedFor, source: acquisition.source, toolVersion: ToolVersion.current,
      query: acquisition.query, window: WindowDocument(window), asOf: asOf.instant.description,
      asOfSource: asOf.source, merkleRoot: result.tree.root.hexadecimal,
      journalHead: surroundings.journal.head)
    cover.leaf = surroundings.saysLeaf ? result.leaf : nil
    cover.twinOf = surroundings.original?.hexadecimal
    if surroundings.original == nil { cover.pack = PackDocument(of: plan, in: surroundings) }
    return cover
  }

  private var completeness: CompletenessDocument {
    var reasons = acquisition.reasons
    if acquisition.changes == nil, !result.volatile.isEmpty {
      reasons.append(
        "\(Counted(result.volatile.count, "instance").start) came in several versions; the newest of each counts."
      )
    }
    let volatile = acquisition.changes.map { $0.filter(\.isVolatile).map(\.referenceId) }
    var completeness = CompletenessDocument(
      verdict: acquisition.verdict, announcedTotal: acquisition.announcedTotal,
      rows: acquisition.rows ?? result.population.rows, distinct: result.population.distinct,
      reads: acquisition.reads, requests: acquisition.requests, gaps: result.population.gaps.listed,
      volatile: volatile ?? result.volatile, reasons: reasons)
    completeness.gapCount = result.population.gaps.count
    completeness.missingIds = result.population.gaps.missing
    completeness.changes = acquisition.changes ?? []
    completeness.openBefore = acquisition.openBefore
    let scope = ScopeWarning(population: result.population, initiators: result.initiators)
    completeness.findings = acquisition.notices + [scope.finding].compactMap { $0 }
    return completeness
  }

  private var limitations: [String] {
    var own: [String] = []
    if asOf == .pages(asOf.instant) {
      own.append(
        "Saved responses carry no clock: ages of open instances run to the newest instant in them, \(asOf.instant)."
      )
    }
    let byteOrderMarks = result.pages.count(where: \.hasByteOrderMark)
    if byteOrderMarks > 0 {
      own.append(
        "\(Counted(byteOrderMarks, "response").start) began with a byte order mark, which was skipped."
      )
    }
    return own
  }
}

extension AuditPlan {
  /// What a report cannot show: what none can, what is its own, what its metrics cannot, and which metrics it lacks.
  fileprivate func limitations(
    _ own: [String], of metrics: MetricsDocument, isMerged: Bool
  ) -> [String] {
    // Of approvers and decisions the metric itself says it, where there is a file of them.
    let hasDecisions = metrics[ApprovalsDocument.self] != nil
    let general = Limitation.allCases.compactMap { limitation in
      hasDecisions && limitation == .noDecisions
        ? "The Keyfactor API gives no time of issuance. All durations but the time to decide end at the last activity."
        : limitation.sentence
    }
    return general + own + metrics.results.compactMap(\.limitation)
      + omissions(beside: metrics, isMerged)
  }

  /// A sentence for each reason that some metric is left out for; over several packs those that need an earlier one have
  /// no meaning.
  private func omissions(beside metrics: MetricsDocument, _ isMerged: Bool) -> [String] {
    let absent = MetricKey.allCases.filter {
      !$0.isAlwaysThere && !self.metrics.contains($0) && (controlDesign || !$0.needsDefinitions)
        && (approvals != nil || !$0.needsDecisions) && (hasRules || !$0.needsRules)
        && !(isMerged && $0.needsEarlierPack)
    }
    let unconfigured = settings.calendar == nil ? absent.filter(\.needsCalendar) : []
    let unasked = absent.filter { !unconfigured.contains($0) }
    let present = Set(metrics.results.map(\.key))
    let unavailable = isMerged ? [] : self.metrics.filter { !present.contains($0.rawValue) }
    let reasons: [(reason: String, metrics: [MetricKey])] = [
      (
        "Not computed unless --metrics names them, since they keep every instance in memory",
        unasked.filter { isMerged && $0.keepsInstances }
      ),
      (
        "Not computed, because nobody asked for it",
        unasked.filter { !(isMerged && $0.keepsInstances) }
      ),
      ("Not computed without a business calendar in the configuration", unconfigured),
      (
        "Not available without an earlier pack to compare with",
        unavailable.filter(\.needsEarlierPack)
      ),
      (
        "Not available without a file of decisions, --approvals",
        unavailable.filter(\.needsDecisions)
      ),
      ("Not available without rules in the policy", unavailable.filter(\.needsRules)),
    ]
    return reasons.filter { !$0.metrics.isEmpty }.map { reason, metrics in
      "\(reason): \(metrics.map(\.rawValue).joined(separator: ", "))."
    }
  }
}

extension ReportDocument {
  /// Enters beside the changes of instances how the figures differ from an earlier report's.
  fileprivate mutating func compare(with previous: PreviousDocument) {
    let facts = ReportFacts(of: metrics)
    metrics.changeSections { section in
      guard section.key == ChangesResult.key else { return }
      guard let figures = previous.figures else {
        section.sentences.append(
          "The earlier pack has no report.json, so that no figures are held against each other.")
        section.tables.append(FigureComparison.nothing.table)
        return
      }
      let comparison = FigureComparison(
        figures, with: facts.figures, areIndependent: previous.rows.isEmpty,
        names: facts.definitionNames)
      section.sentences.append(comparison.sentence)
      section.tables.append(comparison.table)
    }
  }
}
