import AuditEvidence
import AuditFiles
package import AuditModel
import AuditPlan
package import AuditReduce
import AuditRender

/// Puts a report together from what a run found.
package struct ReportAssembly {
  let acquisition: Acquisition
  let outcome: Reduction.Outcome
  let journalHead: String
  let plan: AuditPlan

  private var window: Window { outcome.window }
  private var asOf: AsOf { outcome.asOf }
  private var result: RowPass.Result { outcome.result }

  /// The report, held against an earlier one when there is one.
  func report(comparedWith previous: PreviousDocument?) -> ReportDocument {
    var report = ReportDocument(
      cover: CoverDocument(
        scope: scope, preparedFor: plan.preparedFor, source: acquisition.source,
        toolVersion: ToolVersion.current,
        query: acquisition.query, window: WindowDocument(window), asOf: asOf.instant.description,
        asOfSource: asOf.source, merkleRoot: result.tree.root.hexadecimal,
        journalHead: journalHead),
      completeness: completeness,
      metrics: PackFiles(plan.formats, isMerged: false).words(outcome.metrics),
      gates: [], limitations: limitations)
    report.cover.leaf = result.leaf
    report.compare(with: previous)
    return report
  }

  private var scope: String {
    "Workflow instances that started from \(window.from) up to, not including, \(window.to)."
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
    completeness.findings = acquisition.findings + [scope.finding].compactMap { $0 }
    return completeness
  }

  /// What no report can show.
  ///
  /// Of approvers and decisions the metric itself says it, where there is a file of them.
  package static func generalLimitations(beside metrics: MetricsDocument) -> [String] {
    let hasDecisions = metrics[ApprovalsDocument.self] != nil
    return Limitation.allCases.compactMap { limitation in
      hasDecisions && limitation == .noDecisions
        ? "The Keyfactor API gives no time of issuance. All durations but the time to decide end at the last activity."
        : limitation.sentence
    }
  }

  private var limitations: [String] {
    var limitations = Self.generalLimitations(beside: outcome.metrics)
    if asOf == .pages(asOf.instant) {
      limitations.append(
        "Saved responses carry no clock: ages of open instances run to the newest instant in them, \(asOf.instant)."
      )
    }
    let byteOrderMarks = result.pages.count(where: \.hasByteOrderMark)
    if byteOrderMarks > 0 {
      limitations.append(
        "\(Counted(byteOrderMarks, "response").start) began with a byte order mark, which was skipped."
      )
    }
    return limitations + outcome.metrics.results.compactMap(\.limitation) + omissions
  }

  /// The metrics that the report does not have, and why.
  private var omissions: [String] {
    let present = Set(outcome.metrics.results.map(\.key))
    return Self.omissions(
      plan.absentMetrics(
        otherwise: [("Not computed, because nobody asked for it", { _ in true })])
        + [
          (
            "Not available without an earlier pack to compare with",
            plan.metrics.filter { $0.needsEarlierPack && !present.contains($0.rawValue) }
          ),
          (
            "Not available without a file of decisions, --approvals",
            plan.metrics.filter { $0.needsDecisions && !present.contains($0.rawValue) }
          ),
          (
            "Not available without rules in the policy",
            plan.metrics.filter { $0.needsRules && !present.contains($0.rawValue) }
          ),
        ])
  }

  /// A sentence for each reason that some metric is left out for.
  package static func omissions(_ reasons: [(reason: String, metrics: [MetricKey])]) -> [String] {
    reasons.filter { !$0.metrics.isEmpty }.map { reason, metrics in
      "\(reason): \(metrics.map(\.rawValue).joined(separator: ", "))."
    }
  }
}

extension AuditPlan {
  /// The metrics that are not computed, by the first of some reasons that holds, and those that lack a calendar.
  package func absentMetrics(
    otherwise reasons: [(reason: String, holds: (MetricKey) -> Bool)]
  ) -> [(reason: String, metrics: [MetricKey])] {
    let absent = MetricKey.allCases.filter {
      !$0.isAlwaysThere && !metrics.contains($0) && (controlDesign || !$0.needsDefinitions)
        && (approvals != nil || !$0.needsDecisions) && (hasRules || !$0.needsRules)
    }
    let unconfigured = settings.calendar == nil ? absent.filter(\.needsCalendar) : []
    var others = absent.filter { !unconfigured.contains($0) }
    var found: [(reason: String, metrics: [MetricKey])] = []
    for (reason, holds) in reasons {
      found.append((reason, others.filter(holds)))
      others.removeAll(where: holds)
    }
    return found + [("Not computed without a business calendar in the configuration", unconfigured)]
  }
}
