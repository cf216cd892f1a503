import Foundation
import Synchronization
import Testing

@testable import AuditReport

@Suite("Work in order")
struct OrderedWorkTests {
  private struct Refusal: Error {}

  /// The items that a worker was given last.
  private struct Worker {
    var items: [Int] = []
    var sum = 0
  }

  @Test(
    "Results come in the order of the items, however many workers there are",
    arguments: [(1, 1), (1, 3), (2, 2), (4, 1), (7, 3)])
  func order(workers: Int, length: Int) async throws {
    for count in [0, 1, 2, 5, 50] {
      var work = OrderedWork(workers: workers) { Worker() }
      var taken: [Int] = []
      let isWhole = try await work.run(over: count, by: length) { worker, run in
        worker.items = Array(run)
        worker.sum += run.reduce(0, +)
      } take: {
        taken += $0.items
        return true
      }
      #expect(isWhole && taken == Array(0..<count))
      var (sum, finished) = (0, 0)
      work.finish {
        sum += $0.sum
        finished += 1
      }
      #expect(sum == (0..<count).reduce(0, +) && finished == workers)
    }
  }

  @Test("What takes over may end the work, and nothing is taken over after that")
  func end() async throws {
    let work = OrderedWork(workers: 3) { Worker() }
    var taken = 0
    let isWhole = try await work.run(over: 100) {
      $0.items = Array($1)
    } take: {
      taken += 1
      return $0.items != [4]
    }
    #expect(!isWhole && taken == 5)
  }

  @Test("An error of a worker, and one of what takes over, ends the work")
  func errors() async throws {
    let work = OrderedWork(workers: 2) { Worker() }
    await #expect(throws: Refusal.self) {
      _ = try await work.run(over: 10) { _, run in
        if run.lowerBound == 7 { throw Refusal() }
      } take: { _ in
        true
      }
    }
    await #expect(throws: Refusal.self) {
      _ = try await work.run(over: 10) { _, _ in
      } take: { _ in
        throw Refusal()
      }
    }
  }

  @Test("Whoever is cancelled begins no more")
  func cancelled() async throws {
    let begun = Counter()
    let work = OrderedWork(workers: 2) { Worker() }
    await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await work.run(over: 1000) { _, _ in
          begun.add()
        } take: { _ in
          unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
          return true
        }
      }
      await #expect(throws: CancellationError.self) { try await group.next() }
    }
    #expect(begun.value <= 3)
  }

  @Test("Work that blocks has threads of its own, as many as are asked for")
  func threads() async throws {
    let workers = 2 * ProcessInfo.processInfo.activeProcessorCount
    let arrived = Counter()
    // Each waits until all are there, which on the threads of other tasks would never be.
    let work = OrderedWork(workers: workers) { Worker() }
    let isWhole = try await WorkerThreads.run(workers) {
      try await work.run(over: workers) { _, _ in
        arrived.add()
        while arrived.value < workers { sched_yield() }
      } take: { _ in
        true
      }
    }
    #expect(isWhole)
  }

  @Test("More tasks than threads are all run")
  func manyTasks() async {
    let sum = await WorkerThreads.sum(of: 500, on: 3)
    #expect(sum == 499 * 500 / 2)
  }

  private final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
  }
}

extension WorkerThreads {
  /// The sum of the numbers below another one, each from a task of its own.
  fileprivate static func sum(of count: Int, on threads: Int) async -> Int {
    await withTaskExecutorPreference(WorkerThreads(threads)) {
      await withTaskGroup(of: Int.self) { group in
        for number in 0..<count {
          group.addTask {
            await Task.yield()
            return number
          }
        }
        return await group.reduce(0, +)
      }
    }
  }
}
