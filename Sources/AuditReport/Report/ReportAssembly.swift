import AuditEvidence
import AuditFiles
import AuditModel
import AuditPlan
import AuditReduce
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
    report.excerpt = result.excerpt
    report.compare(with: previous)
    return report
  }

  private var scope: String {
    "Workflow instances that started from \(window.from) up to, but not including, \(window.to)."
  }

  private var completeness: CompletenessDocument {
    var reasons = acquisition.reasons
    if acquisition.changes == nil, !result.volatile.isEmpty {
      reasons.append(
        "\(result.volatile.count) instances came in several versions; the newest of each counts.")
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
  package static let generalLimitations = [
    "An instance deleted on the server before the read leaves no trace in it but a gap in the reference ids, "
      + "and such gaps have other causes too; nor does one that came and went between two reads.",
    "An account that may see only a part of the instances gets that part, and the server does not say so.",
    "LastModified is the time of the last activity, not of the certificate's issuance or of an approval; "
      + "the feed holds no approval timestamps and no approvers.",
    "Complete means that the workflow ended, not that a certificate was issued; see the outcome of each instance.",
  ]

  private var limitations: [String] {
    var limitations = Self.generalLimitations
    if [.unproved, .incomplete].contains(acquisition.verdict) {
      limitations.insert(
        "Completeness is not proved: " + acquisition.reasons.joined(separator: " "), at: 0)
    }
    if asOf == .pages(asOf.instant) {
      limitations.append(
        "Saved pages carry no clock: ages of open instances are measured to the newest instant in them, "
          + "\(asOf.instant).")
    }
    let byteOrderMarks = result.pages.count(where: \.hasByteOrderMark)
    if byteOrderMarks > 0 {
      limitations.append("\(byteOrderMarks) pages began with a byte order mark, which was skipped.")
    }
    return limitations + outcome.metrics.sections.compactMap(\.limitation) + omissions
  }

  /// The metrics that the report does not have, and why.
  private var omissions: [String] {
    let present = Set(outcome.metrics.results.map(\.key))
    let absent = MetricKey.allCases.filter { metric in
      !metric.isAlwaysThere && !plan.metrics.contains(metric)
    }
    let unconfigured = plan.settings.calendar != nil ? [] : absent.filter(\.needsCalendar)
    let reasons = [
      ("Not asked for", absent.filter { !unconfigured.contains($0) }.map(\.rawValue)),
      ("Left out without a business calendar in the configuration", unconfigured.map(\.rawValue)),
      (
        "Left out without an earlier pack to compare with",
        plan.metrics.filter(\.needsEarlierPack).map(\.rawValue).filter { !present.contains($0) }
      ),
    ]
    return reasons.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))." }
  }
}
