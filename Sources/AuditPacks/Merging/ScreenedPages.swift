import AuditFiles
import AuditModel
import AuditReduce
import AuditReport
import Synchronization

/// Reads the pages of a pack and reduces those of their rows that count; nothing is written.
///
/// Workers take a few pages at a time, as in ``RowPass``. Rows are expected to rise by reference id; where they do not,
/// or repeat, the newest version of each is found first.
struct ScreenedPages {
  /// What the pass depends on.
  struct Settings: Sendable {
    var normaliser: Normaliser.Settings
    var reduction: ReductionPlan
    var screen: RowScreen
    /// Whether the pages hold what was open from before the window.
    var isOlder: Bool
    /// How many runs of pages are worked on at the same time.
    var workers: Int
  }

  /// What was found.
  struct Result {
    var summary: AuditSummary
    /// Who the rows are that count.
    var rows: [Population.Identity] = []
    /// Rows that a newer pack has as well.
    var duplicates = 0
    /// Reference ids that stand for another instance in a newer pack.
    var reused = ReusedIDs()
    /// Rows of the cohorts of other packs that are open here.
    var stillOpen: Set<Int64> = []
  }

  let pages: any StoredPages
  let settings: Settings

  /// How many pages a worker takes at a time.
  private static let runLength = 2

  func run() async throws -> Result {
    do {
      return try await pass(nil)
    } catch is NotRising {
      return try await pass(NewestVersions(of: pages, settings.normaliser).rows)
    }
  }

  /// The rows do not rise by reference id.
  private struct NotRising: Error {}

  /// Runs over some rows of each page, or over all, which then have to rise.
  private func pass(_ wanted: [[Int]]?) async throws -> Result {
    let runs = stride(from: 0, to: pages.count, by: Self.runLength).map {
      $0..<min($0 + Self.runLength, pages.count)
    }
    var result = Result(summary: AuditSummary(plan: settings.reduction))
    var workers = (0..<settings.workers).map { _ in Worker(settings) }
    try await withThrowingTaskGroup(of: (Int, Worker).self) { [workers] group in
      var idle = workers
      var done: [Int: Worker] = [:]
      var begun = 0
      var last: Int64?
      for index in runs.indices {
        try Task.checkCancellation()
        while begun < runs.count, let worker = idle.popLast() {
          group.addTask { [begun, pages] in
            try worker.read(runs[begun], of: pages, wanted)
            return (begun, worker)
          }
          begun += 1
        }
        while done[index] == nil, let (other, worker) = try await group.next() {
          done[other] = worker
        }
        guard let worker = done.removeValue(forKey: index) else { break }
        let isRising = worker.state.withLock { state in
          state.take(after: &last, into: &result.rows) || wanted != nil
        }
        guard isRising else { throw NotRising() }
        idle.append(worker)
      }
    }
    while let worker = workers.popLast() { worker.state.withLock { $0.merge(into: &result) } }
    return result
  }

  /// A worker's state, kept in one place: a copy would be as long as the pack.
  private final class Worker: Sendable {
    let state: Mutex<PageScreen>

    init(_ settings: Settings) {
      state = Mutex(PageScreen(settings))
    }

    func read(_ run: Range<Int>, of pages: any StoredPages, _ wanted: [[Int]]?) throws {
      try state.withLock { state in
        state.begin()
        for page in run { try state.read(page, of: pages, wanted?[page]) }
      }
    }
  }
}
