package import AuditEvidence
package import AuditFiles
package import AuditModel
package import AuditPlan
package import AuditReduce
package import SafeXLSX

/// The stage from stored pages to rows and a summary, with the as-of instant and the window that belong to them.
package struct Reduction {
  /// What to compute, and for which window.
  package let plan: AuditPlan
  /// Where the rows' files go.
  package let files: any ReportFiles
  /// This machine's time, which decides only whether a date is believed.
  package let now: Instant
  /// How many runs of pages are worked on at the same time.
  package let workers: Int
  /// The earlier pack that the rows are held against.
  package var earlier: EarlierPack?
  /// Puts tokens in the place of names; `nil` when they are shown.
  package var pseudonyms: Pseudonyms?
  /// What the leaves of the Merkle tree are made of; where there are tokens, lines.
  package var leaf = LeafKind.received
  /// What the server says of the definitions; `nil` where it was not asked, or not yet.
  package var design: ControlDesign?

  /// The decisions that the rows are held against, by instance.
  private let decisions: DecisionIndex?

  /// Makes one from its parts.
  package init(
    plan: AuditPlan, files: any ReportFiles, now: Instant, workers: Int,
    earlier: EarlierPack? = nil, pseudonyms: Pseudonyms? = nil
  ) {
    (self.plan, self.files, self.now, self.workers) = (plan, files, now, workers)
    (self.earlier, self.pseudonyms) = (earlier, pseudonyms)
    decisions = plan.approvals.map { DecisionIndex([$0]) }
  }

  /// The rows, reduced; the rows' files are finished.
  package struct Outcome {
    /// What the pass over the rows found.
    package var result: RowPass.Result
    /// The figures.
    package var metrics: MetricsDocument
    /// The workbook with the rows; the tables are still to come.
    package var workbook: Workbook?
    /// Open instances that started before the window.
    package var openBefore: Int
    /// The as-of instant, and where it comes from.
    package var asOf: AsOf
    /// The window of the report.
    package var window: Window
  }

  /// Pages of open instances from before the window, and why there are none.
  package typealias OlderPages = (pages: (any StoredPages)?, refused: String?)

  /// Reduces pages that are probably all while they are still being confirmed.
  ///
  /// - Returns: `nil` when that fails: made again when all is known, it fails again and says why.
  /// - Throws: an ``ArchiveError`` when the files of such a reduction cannot be removed.
  package func begin(
    _ pages: any StoredPages, older: OlderPages, asOf known: AsOf?
  ) async throws -> SpeculativeReduction? {
    do {
      // The others serve the network meanwhile.
      let outcome = try await WorkerThreads.run(workers) {
        try await reduce(pages, older: older, asOf: known)
      }
      return SpeculativeReduction(pages: pages, older: older, asOf: known, outcome: outcome)
    } catch {
      try RowFiles.remove(from: files, plan)
      return nil
    }
  }

  /// Reads the pages as of an instant; without one, as of the newest instant in them.
  ///
  /// - Parameters:
  ///   - pages: The pages of the window.
  ///   - older: What was open before it.
  ///   - known: The as-of instant.
  ///   - early: A reduction that was made before: it is taken over when it is the same, else its files go.
  /// - Returns: The rows, reduced.
  /// - Throws: what reading, normalising and the control totals find wrong.
  package func reduce(
    _ pages: any StoredPages, older: OlderPages, asOf known: AsOf?,
    early: consuming SpeculativeReduction? = nil
  ) async throws -> Outcome {
    if let made = consume early {
      if made.isSame(over: pages, older: older, asOf: known) { return made.outcome }
      try RowFiles.remove(from: files, plan)
    }
    var (result, workbook) = try await pass(over: pages, asOf: known?.instant ?? now)
    var asOf = known
    if asOf == nil {
      let newest = AsOf.pages(result.newest ?? plan.window?.to ?? now)
      // Dates up to five minutes ahead of this machine are believed, and may move the instant beyond it.
      if newest.instant > now {
        try RowFiles.remove(from: files, plan)
        (result, workbook) = try await pass(over: pages, asOf: newest.instant)
      }
      asOf = newest
    }
    guard let asOf, let window = plan.window ?? days(of: result) else {
      throw ReductionError.noWindow
    }
    if let pages = older.pages { try add(olderFrom: pages, to: &result, asOf: asOf.instant) }
    let metrics = result.summary.finish(
      ReportContext(
        asOf: asOf.instant, window: window, olderRefused: older.refused, design: design))
    try checkTotals(result, metrics)
    try checkDecisions(metrics)
    let openBefore = result.summary.openBefore
    // Its stores are as long as the population, and the metrics have taken what they need.
    result.summary = AuditSummary(plan: settings(asOf: asOf.instant).reduction)
    return Outcome(
      result: result, metrics: metrics, workbook: workbook, openBefore: openBefore, asOf: asOf,
      window: window)
  }

  /// Adds what was open before the window, which belongs to the backlog and not to the cohort.
  private func add(
    olderFrom pages: any StoredPages, to result: inout RowPass.Result, asOf: Instant
  ) throws {
    var shard = Shard(settings: settings(asOf: asOf))
    for index in 0..<pages.count {
      try Task.checkCancellation()
      let (batch, _) = shard.normalise(try pages.rows(at: index))
      result.summary.addOlder(shard.shown(batch))
    }
  }

  private func settings(asOf: Instant) -> RowPass.Settings {
    RowPass.Settings(
      normaliser: plan.normalising(asOf: asOf),
      reduction: ReductionPlan(
        metrics: Set(plan.metrics), zone: plan.zone,
        settings: plan.settings, windowStart: plan.window?.from, earlier: earlier,
        readsDefinitions: plan.controlDesign, decisions: decisions,
        rules: plan.policy?.rules ?? []),
      writesCSV: plan.formats.contains(.csv), writesNDJSON: plan.formats.contains(.ndjson),
      writesSheet: plan.formats.contains(.xlsx), leaf: pseudonyms == nil ? leaf : .normalised,
      workers: workers, pseudonyms: pseudonyms)
  }

  private func pass(
    over pages: any StoredPages, asOf: Instant
  ) async throws -> (RowPass.Result, Workbook?) {
    var rowFiles = try RowFiles(in: files, plan)
    var result = try await rows(of: pages, asOf: asOf) {
      try RowFiles.remove(from: files, plan)
      rowFiles = try RowFiles(in: files, plan)
    } keep: {
      try rowFiles.append($0)
    }
    try rowFiles.finish()
    result.summary.sort()
    return (result, rowFiles.workbook)
  }

  /// Has `keep` take the rows in the order of their ids; where they turn out to come in another, `restart` forgets them
  /// before they are sorted.
  private func rows(
    of pages: any StoredPages, asOf: Instant, restart: () throws -> Void,
    keep: (RowOutput) throws -> Void
  ) async throws -> RowPass.Result {
    let settings = settings(asOf: asOf)
    if let result = try await RowPass(pages: pages, settings: settings).run(keep: keep) {
      return result
    }
    try restart()
    return try SortedRowPass(pages: pages, settings: settings).run(keep: keep)
  }

  /// The leaves of the Merkle tree over the rows of some pages, in order; no file is made of them, and no figure.
  package func leaves(of pages: any StoredPages, asOf: Instant) async throws -> [Leaf] {
    var leaves: [Leaf] = []
    _ = try await rows(of: pages, asOf: asOf) {
      leaves = []
    } keep: {
      leaves += $0.leaves
    }
    return leaves
  }

  /// The versions of definitions that the instances of some pages ran under, by id and version.
  package func definitions(of pages: any StoredPages, asOf: Instant) throws -> [VersionedDefinition]
  {
    var shard = Shard(settings: settings(asOf: asOf))
    var versions: Set<VersionedDefinition> = []
    for index in 0..<pages.count {
      try Task.checkCancellation()
      let (batch, _) = shard.normalise(try pages.rows(at: index))
      for instance in batch.instances where !instance.quality.contains(.outOfWindow) {
        let definition = instance.definition
        versions.insert(VersionedDefinition(id: definition.id, version: definition.version))
      }
    }
    return versions.sorted { $0.precedes($1) }
  }

  /// The days from the first to the last start.
  private func days(of result: RowPass.Result) -> Window? {
    guard let bounds = result.summary.startBounds else { return nil }
    let next = plan.zone.date(of: bounds.latest).dayNumber + 1
    return Window(
      from: plan.zone.start(of: plan.zone.date(of: bounds.earliest)),
      to: plan.zone.start(of: CivilDate(dayNumber: next)), zone: plan.zone)
  }

  /// A decision that names two instances is on neither.
  private func checkDecisions(_ metrics: MetricsDocument) throws {
    let lines = metrics[ApprovalsDocument.self]?.contradictions ?? []
    if !lines.isEmpty {
      throw ReductionError.severalInstances(file: plan.approvals?.name ?? "", lines: lines)
    }
  }

  /// Any inequality of the control totals is a fault of the program, not a footnote.
  private func checkTotals(_ result: RowPass.Result, _ metrics: MetricsDocument) throws {
    let totals = [
      ("rows written", result.tree.count),
      ("population", metrics.population.instances),
      ("by status", metrics.population.byStatus.total),
      ("by title rule", metrics.normalisation.rules.values.reduce(0, +)),
    ]
    guard Set(totals.map(\.1)).count == 1 else {
      throw ReductionError.unequalTotals(totals.map { "\($0.0) \($0.1)" })
    }
  }
}

extension AuditPlan {
  /// How rows are normalised, as of an instant.
  package func normalising(asOf: Instant) -> Normaliser.Settings {
    Normaliser.Settings(
      window: window, asOf: asOf, statusMap: statusMap, wordings: settings.wordings)
  }
}

/// A reduction that was made before it was known whether its pages are all, and what the as-of instant is.
package struct SpeculativeReduction {
  /// The pages that it read.
  let pages: any StoredPages
  /// What it knew of open instances from before them.
  let older: Reduction.OlderPages
  /// The instant that it was made as of.
  let asOf: AsOf?
  /// What it found.
  let outcome: Reduction.Outcome

  /// Whether a reduction of some pages would be the same.
  func isSame(
    over others: any StoredPages, older othersOlder: Reduction.OlderPages, asOf instant: AsOf?
  ) -> Bool {
    asOf == instant && names(pages) == names(others) && older.refused == othersOlder.refused
      && older.pages.map(names) == othersOlder.pages.map(names)
  }

  private func names(_ pages: any StoredPages) -> [String] {
    (0..<pages.count).map(pages.name)
  }
}
