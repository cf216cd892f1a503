import Dispatch
import Synchronization

/// Work on numbered items, several at a time, whose results are taken over in the order of the items: which worker was
/// faster does not show.
package struct OrderedWork<Worker: Sendable> {
  /// A worker in one place, since a copy of it could be as long as the population.
  ///
  /// Tasks hand it to each other, and one of them has it at a time: nobody ever waits for its lock, however long the disk
  /// or the parser takes.
  private final class Held: Sendable {
    let worker: Mutex<Worker>

    init(_ worker: Worker) {
      self.worker = Mutex(worker)
    }
  }

  private var workers: [Held]

  /// Makes workers; each is one task at most at a time.
  package init(workers count: Int, _ make: () -> Worker) {
    workers = (0..<count).map { _ in Held(make()) }
  }

  /// Works on all items; while the results of one run of them are taken over, the other workers go on with the next.
  ///
  /// - Parameters:
  ///   - count: How many items there are.
  ///   - length: How many items a worker takes at a time.
  ///   - work: Works on a run of items.
  ///   - take: Takes over what the worker of the next run made of it; `false` to end before the end.
  /// - Returns: Whether all was taken over.
  /// - Throws: what `work` and `take` throw, and `CancellationError`.
  package func run(
    over count: Int, by length: Int = 1,
    work: @escaping @Sendable (inout Worker, Range<Int>) throws -> Void,
    take: (inout Worker) throws -> Bool
  ) async throws -> Bool {
    let runs = stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
    return try await withThrowingTaskGroup(of: (Int, Held).self) { group in
      var idle = workers
      var done: [Int: Held] = [:]
      var begun = 0
      for index in runs.indices {
        try Task.checkCancellation()
        while begun < runs.count, let held = idle.popLast() {
          group.addTask { [begun] in
            try held.worker.withLock { try work(&$0, runs[begun]) }
            return (begun, held)
          }
          begun += 1
        }
        while done[index] == nil, let (other, held) = try await group.next() { done[other] = held }
        guard let held = done.removeValue(forKey: index) else { break }
        guard try held.worker.withLock({ try take(&$0) }) else {
          // What fails meanwhile counts, whatever the others have come to.
          try await group.waitForAll()
          return false
        }
        idle.append(held)
      }
      return true
    }
  }

  /// Calls with each worker and lets it go before the next one.
  package mutating func finish(_ body: (inout Worker) throws -> Void) rethrows {
    while let held = workers.popLast() { try held.worker.withLock { try body(&$0) } }
  }
}

/// Threads of its own for work that computes or waits for a disk: the tasks that talk to the network need the others.
///
/// The network's tasks share a few threads, and one that is held for seconds would look to them like a server that is slow.
package final class WorkerThreads: TaskExecutor {
  private struct State {
    /// Each has a thread of its own while it works.
    var idle: [DispatchQueue]
    /// What waits for one of them, the oldest first.
    var waiting: [UnownedJob] = []
  }

  private let state: Mutex<State>

  /// Gets ready for so many threads; they start when there is work.
  package init(_ count: Int) {
    state = Mutex(
      State(idle: (0..<count).map { DispatchQueue(label: "kfaudit.worker.\($0)") }))
  }

  /// Has an operation, and the tasks that it starts, run on threads of its own.
  package static func run<Value>(
    _ count: Int, _ operation: () async throws -> Value
  ) async throws -> Value {
    try await withTaskExecutorPreference(WorkerThreads(count), operation: operation)
  }

  /// Runs a job on the next free thread.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let queue = state.withLock { state in
      if let queue = state.idle.popLast() { return Optional(queue) }
      state.waiting.append(job)
      return nil
    }
    guard let queue else { return }
    queue.async { self.work(job, on: queue) }
  }

  /// Runs a job and whatever waits meanwhile.
  private func work(_ first: UnownedJob, on queue: DispatchQueue) {
    var next: UnownedJob? = first
    while let job = next {
      // A job is run once, by whoever took it from the list.
      unsafe job.runSynchronously(on: asUnownedTaskExecutor())
      next = state.withLock { state in
        if !state.waiting.isEmpty { return state.waiting.removeFirst() }
        state.idle.append(queue)
        return nil
      }
    }
  }
}
