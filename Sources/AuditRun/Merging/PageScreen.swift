import AuditModel
import AuditReduce

/// One worker's part of ``ScreenedPages``: it reads pages, screens their rows and counts those that are left.
struct PageScreen {
  private let settings: ScreenedPages.Settings
  private var normaliser: Normaliser
  private var summary: AuditSummary
  private var duplicates = 0
  private var reused = ReusedIDs()
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
      countOlder(batch)
    } else {
      summary.add(batch)
    }
  }

  /// Leaves the rows that count, and marks those that belong to no window.
  private mutating func screen(_ batch: inout InstanceBatch) {
    var (places, counts) = ([Int](), true)
    let ids = batch.instances.map(\.referenceID)
    guard let first = ids.min(), let last = ids.max() else { return }
    let seen = settings.screen.seen.near(first...last)
    for index in batch.instances.indices {
      let identity = Population.Identity(batch.instances.span[index])
      read.append(identity)
      switch seen.sight(of: identity) {
      case .again:
        duplicates += 1
        counts = false
        continue
      case .other: reused.add(identity.referenceID)
      case .new: break
      }
      kept.append(identity)
      places.append(index)
      let start = batch.instances.span[index].start
      if !settings.takesEveryRow, !settings.screen.covers(start) {
        batch.instances[index].quality.insert(.outOfWindow)
      }
    }
    if !counts { batch.instances = places.map { batch.instances[$0] } }
  }

  /// Counts what some window covers; of the rest only what is open, and only in the backlog.
  private mutating func countOlder(_ batch: InstanceBatch) {
    var (covered, rest) = (batch, batch)
    covered.unknownFields = [:]
    covered.instances.removeAll { $0.quality.contains(.outOfWindow) }
    rest.instances.removeAll { !$0.quality.contains(.outOfWindow) }
    summary.add(covered)
    summary.addOlder(rest)
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
  }
}
