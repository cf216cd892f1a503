package import AuditFetch
package import AuditModel
import Synchronization

/// Keeps pages in memory.
package final class MemoryStore: PageStore {
  private struct State {
    var bodies: [[UInt8]] = []
    var numbers: [[UInt8]: Int] = [:]
    var pages: [FetchedPage] = []
    var contents: [Int] = []
    var definitions: [FetchedDefinition] = []
  }

  private let state = Mutex(State())
  package let resumed: [ResumedPage]

  package init(resuming bodies: [(after: Int64, body: [UInt8])] = []) {
    resumed = bodies.enumerated().map { ResumedPage(after: $0.element.after, content: $0.offset) }
    state.withLock { state in
      for (index, page) in bodies.enumerated() {
        state.bodies.append(page.body)
        state.numbers[page.body] = index
      }
    }
  }

  /// The pages in the order in which they were kept.
  package var pages: [FetchedPage] { state.withLock { $0.pages } }

  package func keep(_ page: FetchedPage) -> Int {
    state.withLock { state in
      let body = page.page.body
      let number = state.numbers[body] ?? state.bodies.count
      if number == state.bodies.count {
        state.bodies.append(body)
        state.numbers[body] = number
      }
      state.pages.append(page)
      state.contents.append(number)
      return number
    }
  }

  /// The definitions in the order in which they were kept.
  package var definitions: [FetchedDefinition] { state.withLock { $0.definitions } }

  package func keep(_ definition: FetchedDefinition) {
    state.withLock { $0.definitions.append(definition) }
  }

  package func body(of content: Int) -> [UInt8] { state.withLock { $0.bodies[content] } }
}

extension FetchPlan {
  /// Makes a plan of two reads, one request at a time, in half an hour.
  package init(connection: Connection, window: Window, pageSize: Int) {
    self.init(
      connection: connection, window: window, pageSize: pageSize, assurance: .proved,
      concurrency: 1, deadlineSeconds: 1800)
  }
}
