import AuditEvidence
import AuditModel
import AuditReduce

/// The stage from stored pages to rows and a summary, with the as-of instant and the window that belong to them.
struct Reduction {
  let plan: AuditPlan
  let pack: PackBuilder
  /// This machine's time, which decides only whether a date is believed.
  let now: Instant
  /// How many runs of pages are worked on at the same time.
  let workers: Int

  /// The rows, reduced; the rows' files are finished.
  struct Outcome {
    var result: RowPass.Result
    var metrics: MetricsDocument
    var asOf: AsOf
    var window: Window
  }

  /// Reads the pages as of an instant; without one, as of the newest instant in them.
  func reduce(_ pages: any StoredPages, asOf known: AsOf?) async throws -> Outcome {
    var result = try await pass(over: pages, asOf: known?.instant ?? now)
    try result.population.checkOneToOne()
    var asOf = known
    if asOf == nil {
      let newest = AsOf.pages(result.newest ?? plan.window?.to ?? now)
      // Dates up to five minutes ahead of this machine are believed, and may move the instant beyond it.
      if newest.instant > now {
        try RowFiles.remove(from: pack, plan)
        result = try await pass(over: pages, asOf: newest.instant)
      }
      asOf = newest
    }
    guard let asOf, let window = plan.window ?? days(of: result) else {
      throw ReductionError.noWindow
    }
    let metrics = result.summary.finish(asOf: asOf.instant, window: window)
    try checkTotals(result, metrics)
    return Outcome(result: result, metrics: metrics, asOf: asOf, window: window)
  }

  /// Counts the instances of pages that were open before the window.
  func countOpen(in pages: any StoredPages, asOf: Instant) throws -> Int {
    var shard = Shard(settings: settings(asOf: asOf))
    for index in 0..<pages.count {
      let (batch, _) = try shard.read(pages.body(at: index), page: pages.name(at: index))
      shard.countOpen(batch)
    }
    return shard.openBefore
  }

  private func settings(asOf: Instant) -> RowPass.Settings {
    RowPass.Settings(
      normaliser: .init(window: plan.window, asOf: asOf, statusMap: plan.statusMap),
      reduction: ReductionPlan(
        metrics: Set(plan.metrics.compactMap(MetricKey.init)), zone: plan.zone,
        approvalDefinitions: Set(plan.approvalDefinitions.map { Name($0) })),
      writesCSV: plan.formats.contains(.csv), workers: workers)
  }

  private func pass(over pages: any StoredPages, asOf: Instant) async throws -> RowPass.Result {
    let settings = settings(asOf: asOf)
    let files = try RowFiles(in: pack, plan)
    if let result = try await RowPass(pages: pages, settings: settings).run(keep: files.append) {
      try files.finish()
      return result
    }
    try RowFiles.remove(from: pack, plan)
    let sortedFiles = try RowFiles(in: pack, plan)
    let result = try SortedRowPass(pages: pages, settings: settings).run(keep: sortedFiles.append)
    try sortedFiles.finish()
    return result
  }

  /// The days from the first to the last start.
  private func days(of result: RowPass.Result) -> Window? {
    guard let bounds = result.summary.startBounds else { return nil }
    let next = plan.zone.date(of: bounds.latest).dayNumber + 1
    return Window(
      from: plan.zone.start(of: plan.zone.date(of: bounds.earliest)),
      to: plan.zone.start(of: CivilDate(dayNumber: next)), zone: plan.zone)
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
      throw PopulationError.unequalTotals(totals.map { "\($0.0) \($0.1)" })
    }
  }
}
