import AuditModel
import AuditReduce

/// One worker's part of ``ScreenedPages``: it reads pages, screens their rows and counts those that are left.
struct PageScreen {
  private let settings: ScreenedPages.Settings
  private var normaliser: Normaliser
  private var summary: AuditSummary
  private var duplicates = 0
  private var reused = ReusedIDs()
  private var stillOpen: Set<Int64> = []
  /// All rows of the run of pages that was read last, in their order.
  private var read: [Population.Identity] = []
  /// Those among them that count.
  private var kept: [Population.Identity] = []

  init(_ settings: ScreenedPages.Settings) {
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
    let body = try pages.body(at: page)
    var batch = normaliser.normalise(try PageReader.read(body, page: pages.name(at: page)))
    if let wanted { batch.instances = wanted.map { batch.instances[$0] } }
    screen(&batch)
    if settings.isOlder {
      summary.addOlder(batch)
    } else {
      summary.add(batch)
    }
  }

  /// Leaves the rows that count, and those that only say that they were there.
  private mutating func screen(_ batch: inout InstanceBatch) {
    let ids = batch.instances.map(\.referenceID)
    guard let first = ids.min(), let last = ids.max() else { return }
    let seen = settings.screen.seen.near(first...last)
    batch.instances = batch.instances.filter { instance in
      let identity = Population.Identity(instance)
      read.append(identity)
      if instance.quality.contains(.outOfWindow) {
        return isOfAnotherWindow(instance) ? false : countsInBacklog(instance, identity, seen)
      }
      return isNew(identity, seen)
    }
  }

  /// Whether no newer pack has a row; if so, it is one of those that count.
  private mutating func isNew(_ row: Population.Identity, _ seen: SeenRows) -> Bool {
    switch seen.sight(of: row) {
    case .again:
      duplicates += 1
      return false
    case .other: reused.add(row.referenceID)
    case .new: break
    }
    kept.append(row)
    return true
  }

  /// Whether a row that is open from before the window is in the cohort of another pack: its version counts, but this
  /// one is known to have been open still.
  private mutating func isOfAnotherWindow(_ instance: Instance) -> Bool {
    guard isOpenFromBefore(instance), settings.screen.covers(instance.start) else { return false }
    stillOpen.insert(instance.referenceID)
    return true
  }

  /// Whether a row outside all windows is left: what is open from before them counts once.
  private mutating func countsInBacklog(
    _ instance: Instance, _ identity: Population.Identity, _ seen: SeenRows
  ) -> Bool {
    isOpenFromBefore(instance) ? isNew(identity, seen) : true
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

  func merge(into result: inout ScreenedPages.Result) {
    result.summary.merge(summary)
    result.duplicates += duplicates
    result.reused.merge(reused)
    result.stillOpen.formUnion(stillOpen)
  }
}
