import Dispatch
import Synchronization

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
