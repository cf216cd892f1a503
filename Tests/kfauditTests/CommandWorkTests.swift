import AuditModel
import AuditPlan
import AuditRun
import Foundation
import Synchronization
import Testing

@testable import kfaudit

@Suite("The work of a command")
struct CommandWorkTests {
  /// What was done, and whether all of it by threads of its own.
  private final class Places: Sendable {
    private let state = Mutex((done: [String](), areOwn: true))

    var done: [String] { state.withLock { $0.done } }
    var areOwn: Bool { state.withLock { $0.areOwn } }

    func note(_ what: String) {
      // The threads that serve the network belong to no executor that a task prefers.
      let isOwn = unsafe withUnsafeCurrentTask { unsafe $0?.unownedTaskExecutor != nil }
      state.withLock { $0 = ($0.done + [what], $0.areOwn && isOwn) }
    }
  }

  @Test("It has threads of its own, and so has what it starts")
  func threads() async throws {
    let places = Places()
    try await CommandWork(log: StandardError.plainLog).run {
      places.note("work")
      async let child: Void = places.note("child")
      await child
      return .complete
    }
    #expect(places.done == ["work", "child"] && places.areOwn)
    let others = Places()
    others.note("test")
    #expect(!others.areOwn)
  }

  @Test("A run publishes and bundles on them, so that what talks to the network never waits for it")
  func stages() async throws {
    let saved = try SavedPagesRun()
    var options = AuditOptions()
    (options.pages, options.out) = (saved.pages.path, saved.archive.path)
    (options.from, options.to) = ("2026-07-01", "2026-10-01")
    (options.asOf, options.bundle) = ("2026-10-02T06:00:00Z", true)
    let plan = try AuditPlan(resolving: options, in: .process)
    guard case .instances(let source) = plan.source else { throw CancellationError() }
    let places = Places()
    let observer = RunObserver(info: places.note)
    for _ in 1...2 {
      try await CommandWork(log: StandardError.plainLog).run {
        _ = try await AuditRun(
          plan: plan, source: source, now: .now, observer: observer, workers: 2
        ).run()
        return .complete
      }
    }
    #expect(places.done.contains { $0.hasPrefix("already published") })
    #expect(places.done.contains { $0.contains(".zip has ") })
    #expect(places.areOwn)
    try saved.remove()
  }
}
