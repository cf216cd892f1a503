import AuditEvidence
import AuditFiles
import AuditModel
import AuditPlan
import AuditReduce
import AuditReport

/// One server while its packs are merged: the newest first, so that the newest version of each row counts.
struct MergedServer {
  let name: String?
  /// The packs in the order of their windows, with what counts of each.
  private(set) var packs: [(pack: MergedPack, document: ServerReport.Pack)] = []
  private(set) var summary: AuditSummary
  private(set) var reused = ReusedIDs()
  /// Distinct rows, once it is finished.
  private(set) var distinct = 0
  /// Reference ids that no row has, once it is finished.
  private(set) var idGaps = IDGaps()
  /// Open instances from before its windows, once it is finished.
  private(set) var openBefore = 0
  private let plan: ReductionPlan
  /// What the server says of the definitions; `nil` where no pack has them.
  private(set) var design: ControlDesign?
  private var deduplicator: RowDeduplicator
  /// What started before it and was open in an older pack has ended by now.
  private var endedBefore: Instant?
  /// But for these.
  private var stillOpen: Set<Int64> = []

  /// Begins without packs; what is too much for memory waits in a folder.
  init(_ packs: [MergedPack], _ plan: ReductionPlan, scratch folder: String) throws {
    name = packs.first?.server
    self.plan = plan
    summary = AuditSummary(plan: plan)
    deduplicator = RowDeduplicator(
      windows: packs.map(\.window), seen: try SeenRows(in: folder))
  }

  /// Checks the next older pack and takes over what counts of it.
  mutating func add(_ pack: MergedPack, _ merge: MergePlan, workers: Int) async throws {
    let work = try merge.open(pack)
    try await work.pack.checkEvidence(workers: workers)
    // In another zone than the pack's, the days that were asked for would be others.
    let window = work.plan.window.map {
      Window(from: pack.window.lowerBound, to: pack.window.upperBound, zone: $0.zone)
    }
    var settings = DeduplicatingPass.Settings(
      normaliser: .init(
        window: window, asOf: pack.asOf, statusMap: work.plan.statusMap,
        wordings: work.plan.settings.wordings),
      reduction: merge.reduction(windowStart: window?.from, decisions: plan.decisions),
      deduplicator: deduplicator,
      isOlder: false, workers: workers)
    var document = ServerReport.Pack(
      name: pack.name, manifest: pack.manifest.hexadecimal,
      window: .init(from: pack.window.lowerBound, to: pack.window.upperBound), asOf: pack.asOf,
      verdict: pack.completeness.verdict)
    var part = try await DeduplicatingPass(
      pages: PackPages(work.pack, pack.acquisition.pages), settings: settings
    ).run()
    try take(part, &document)
    if let open = pack.acquisition.openPages {
      settings.deduplicator = deduplicator
      settings.isOlder = true
      let older = try await DeduplicatingPass(
        pages: PackPages(work.pack, open), settings: settings
      ).run()
      try take(older, &document)
      part.summary.merge(older.summary)
    }
    document.instances = part.summary.instances
    part.summary.closeObservation(
      at: ObservationEnd(asOf: pack.asOf, endedBefore: endedBefore, stillOpen: stillOpen))
    summary.merge(part.summary)
    if pack.knowsOlder {
      endedBefore = max(endedBefore ?? pack.window.lowerBound, pack.window.lowerBound)
    }
    if let older = try work.design() { design = design?.completed(by: older) ?? older }
    packs.append((pack, document))
    packs.sort { $0.pack.precedes($1.pack) }
  }

  private mutating func take(
    _ part: DeduplicatingPass.Result, _ document: inout ServerReport.Pack
  ) throws {
    try deduplicator.seen.add(part.rows)
    document.duplicates += part.duplicates
    reused.merge(part.reused)
    stillOpen.formUnion(part.stillOpen)
  }

  /// The figures over its packs; what they are made of is given up.
  mutating func finish(_ context: ReportContext) throws -> MetricsDocument {
    (distinct, idGaps) = (deduplicator.seen.count, try deduplicator.seen.gaps())
    openBefore = summary.openBefore
    defer { summary = AuditSummary(plan: plan) }
    return summary.finish(context)
  }

  /// The time from the start of its first window to the end of its last.
  var span: Range<Instant> {
    let windows = packs.map(\.pack.window)
    let from = windows.map(\.lowerBound).min() ?? Instant(milliseconds: 0)
    return from..<(windows.map(\.upperBound).max() ?? from)
  }

  /// How its windows cover that time.
  var coverage: ServerReport.Coverage {
    ServerReport.Coverage(of: packs.map { ($0.pack.name, $0.pack.window) })
  }

  /// The worst of its packs; where windows leave gaps, at best unproved.
  var verdict: CompletenessDocument.Verdict {
    let worst = packs.map(\.pack.completeness.verdict).max() ?? .unproved
    return coverage.gaps.isEmpty ? worst : max(worst, .unproved)
  }
}

/// What is known of a pack before its rows are read; the pack itself is opened when its turn comes.
struct MergedPack: Sendable {
  /// Its folder, without symbolic links.
  let path: String
  let name: String
  let manifest: Digest
  /// How its pages were obtained.
  let acquisition: Acquisition
  /// What is known about its completeness.
  let completeness: CompletenessDocument
  /// The window on the start of instances; of saved pages that were taken without one, the days of their rows.
  let window: Range<Instant>
  let asOf: Instant
  /// Its decisions from elsewhere; `nil` without any.
  let approvals: DecisionFile?

  /// Describes an opened pack.
  init(_ work: Reperformance) throws {
    let pack = work.pack
    let found = work.options.found
    guard let asOf = Instant(rfc3339: found.asOf), let window = found.window.range else {
      throw PackError.unreadable(
        path: "\(pack.path)/\(OptionsDocument.path)",
        reason: "its window or its as-of instant cannot be read.")
    }
    guard pack.manifest.completeness.verdict != .incomplete else {
      throw MergeError.incomplete(pack: pack.name)
    }
    path = pack.path
    name = pack.name
    manifest = pack.manifestDigest
    acquisition = found.acquisition
    completeness = pack.manifest.completeness
    self.window = window
    self.asOf = asOf
    approvals = work.plan.approvals
  }

  /// The server that it was read from; `nil` for saved pages.
  var server: String? { acquisition.source.server }

  /// Whether the server was asked for what was open from before the window, and answered.
  var knowsOlder: Bool { acquisition.openPages != nil && acquisition.olderRefused == nil }

  /// Whether its rows count rather than another's; whatever order the packs were named in.
  func isNewer(than other: MergedPack) -> Bool {
    (asOf, window.upperBound, other.manifest.hexadecimal)
      > (other.asOf, other.window.upperBound, manifest.hexadecimal)
  }

  /// Whether it comes before another in a list: by window, then by name.
  func precedes(_ other: MergedPack) -> Bool {
    (window.lowerBound, window.upperBound, name, manifest.hexadecimal)
      < (other.window.lowerBound, other.window.upperBound, other.name, other.manifest.hexadecimal)
  }
}
