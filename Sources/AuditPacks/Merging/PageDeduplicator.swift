import AuditFiles
import AuditModel
import AuditReduce
import AuditReport

/// One worker's part of ``DeduplicatingPass``: it reads pages, screens their rows and counts those that are left.
struct PageDeduplicator: Sendable {
  private let settings: DeduplicatingPass.Settings
  private var normaliser: Normaliser
  private var summary: AuditSummary
  private var duplicates = 0
  private var reused = ReusedIDs()
  private var stillOpen: Set<Int64> = []
  /// All rows of the run of pages that was read last, in their order.
  private var read: [Population.Identity] = []
  /// Those among them that count.
  private var kept: [Population.Identity] = []

  init(_ settings: DeduplicatingPass.Settings) {
    self.settings = settings
    normaliser = Normaliser(settings: settings.normaliser)
    summary = AuditSummary(plan: settings.reduction)
  }

  /// Forgets the run before.
  mutating func begin() {
    read.removeAll(keepingCapacity: true)
    kept.removeAll(keepingCapacity: true)
  }

  /// Reads a page, or some of its rows.
  mutating func read(_ page: Int, of pages: any StoredPages, _ wanted: [Int]?) throws {
    var batch = normaliser.normalise(try pages.rows(at: page))
    if let wanted { batch.instances = wanted.map { batch.instances[$0] } }
    try screen(&batch)
    if settings.isOlder {
      summary.addOlder(batch)
    } else {
      summary.add(batch)
    }
  }

  /// Leaves the rows that count, and those that only say that they were there.
  private mutating func screen(_ batch: inout InstanceBatch) throws {
    let identities = batch.instances.map { Population.Identity($0) }
    read += identities
    let occurrences = try settings.deduplicator.seen.lookup(identities)
    var left: [Instance] = []
    for (index, instance) in batch.instances.enumerated() {
      if counts(instance, identities[index], occurrences[index]) { left.append(instance) }
    }
    batch.instances = left
  }

  /// Whether a row is left; what is open from before all windows counts once, and what is in the cohort of another pack
  /// counts as that has it, but is known to have been open still.
  private mutating func counts(
    _ instance: Instance, _ row: Population.Identity, _ occurrence: SeenRows.Occurrence
  ) -> Bool {
    guard instance.quality.contains(.outOfWindow) else { return isNew(row, occurrence) }
    guard isOpenFromBefore(instance) else { return true }
    if settings.deduplicator.covers(instance.start) {
      stillOpen.insert(instance.referenceID)
      return false
    }
    return isNew(row, occurrence)
  }

  /// Whether no newer pack has a row; if so, it is one of those that count.
  private mutating func isNew(_ row: Population.Identity, _ occurrence: SeenRows.Occurrence) -> Bool
  {
    switch occurrence {
    case .duplicate:
      duplicates += 1
      return false
    case .conflict: reused.add(row.referenceID)
    case .new: break
    }
    kept.append(row)
    return true
  }

  private func isOpenFromBefore(_ instance: Instance) -> Bool {
    guard let start = instance.start, let from = settings.normaliser.window?.from else {
      return false
    }
    return instance.status.isOpen && start < from
  }

  /// Hands over the rows of the run; whether all of them rise by reference id.
  mutating func take(after last: inout Int64?, into rows: inout [Population.Identity]) -> Bool {
    rows += kept
    for row in read {
      if let before = last, row.referenceID <= before { return false }
      last = row.referenceID
    }
    return true
  }

  func merge(into result: inout DeduplicatingPass.Result) {
    result.summary.merge(summary)
    result.duplicates += duplicates
    result.reused.merge(reused)
    result.stillOpen.formUnion(stillOpen)
  }
}
