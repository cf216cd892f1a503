import AuditModel
import Synchronization

/// The conversation of one run with a server: it sends requests until they are answered, or the retry policy gives up.
///
/// Several tasks may ask at the same time; budget, circuit and page size are the whole run's.
final class ServerSession: Sendable {
  /// What one answer to another leaves behind.
  private struct State {
    var facts = ServerFacts()
    var policy = RetryPolicy()
    var size: PageSize
    var random: any RandomNumberGenerator & Sendable
    /// Rows of the read that is under way, for the message when time runs out.
    var progress = "no page was read yet"
  }

  let server: ServerAddress
  private let exchange: InstanceExchange
  private let clock: FetchClock
  private let deadline: ContinuousClock.Instant
  private let deadlineSeconds: Int64
  private let state: Mutex<State>
  private let gate = RetryGate()
  private let watch: @Sendable (FetchEvent) -> Void

  init(
    _ plan: FetchPlan, exchange: InstanceExchange, clock: FetchClock,
    random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
    watch: @escaping @Sendable (FetchEvent) -> Void = { _ in }
  ) {
    server = plan.connection.server
    self.exchange = exchange
    self.clock = clock
    self.watch = watch
    deadlineSeconds = plan.deadlineSeconds
    deadline = clock.now().advanced(by: .seconds(plan.deadlineSeconds))
    state = Mutex(State(size: PageSize(plan.pageSize), random: random))
  }

  /// What is known so far.
  var facts: ServerFacts { state.withLock { $0.facts } }

  /// Host, port and path, for messages.
  var place: String { exchange.place }

  /// How far the read has come, for the message when time runs out.
  func note(progress: String) { state.withLock { $0.progress = progress } }

  /// The server returned fewer rows than were asked for though it has more.
  func clamp(to returned: Int, asked: Int) {
    state.withLock { state in
      state.size.clamp(to: returned)
      let clamp = ServerFacts.Clamp(returned: returned, asked: asked)
      if state.facts.clamp.map({ $0.returned > returned }) ?? true { state.facts.clamp = clamp }
    }
  }

  /// Asks a question whose answer is a row or a count.
  func ask(_ query: InstanceQuery, _ dialect: ServerDialect) async throws -> Answer {
    try await answer(dialect) { _ in query }
  }

  /// Asks for a page of the current size, which shrinks when the server does not answer in time.
  func askForPage(
    _ dialect: ServerDialect, _ query: (_ limit: Int) -> InstanceQuery
  ) async throws -> Answer {
    let answer = try await answer(dialect, query)
    state.withLock { $0.size.keepUp() }
    return answer
  }

  /// Asks for a version of a definition, as a version of the API.
  func ask(_ question: DefinitionQuestion, apiVersion: Int) async throws -> DefinitionResponse {
    try await persist {
      try await inTime {
        try await self.exchange.definition(question, apiVersion: apiVersion, noting: self.enter)
      }
    }
  }

  /// Asks for a list of something else than instances, at a path with a query.
  func ask<Value: Sendable>(
    _ target: String, _ style: ParameterStyle, read: (RawPage) throws(PageError) -> Value
  ) async throws -> Value {
    try await persist { try await self.read(target, style, read) }
  }

  private func answer(
    _ dialect: ServerDialect, _ query: (_ limit: Int) -> InstanceQuery
  ) async throws -> Answer {
    try await persist {
      let query = query(state.withLock { $0.size.rows })
      let target = query.target(path: server.path, dialect: dialect)
      let (page, rows) = try await read(target, dialect.style) { page throws(PageError) in
        (page, try PageScan.rows(of: page.body, page: page.request))
      }
      return Answer(page: page, rows: rows, total: try total(of: page), asked: query.limit)
    }
  }

  /// Sends a request and reads what comes; a page that is no JSON gets one more chance.
  private func read<Value: Sendable>(
    _ target: String, _ style: ParameterStyle, isLast: Bool = false,
    _ read: (RawPage) throws(PageError) -> Value
  ) async throws -> Value {
    let page = try await inTime {
      try await self.exchange.page(target, style, noting: self.enter)
    }
    do {
      return try read(page)
    } catch {
      guard !isLast, case .notTheProtocol = error.reason else { throw exchange.showable(error) }
      count("unreadable")
      return try await self.read(target, style, isLast: true, read)
    }
  }

  private func enter(_ change: (inout ServerFacts) -> Void) { state.withLock { change(&$0.facts) } }

  /// Sends a request until it is answered, or the policy gives up.
  private func persist<Value: Sendable>(_ send: () async throws -> Value) async throws -> Value {
    state.withLock { $0.policy.begin() }
    do {
      return try await attempt(send)
    } catch let error as FetchError where !error.isLasting {
      let answered = facts.requests
      await gate.enter()
      do {
        let answer = try await again(send, after: error, answered: answered)
        await gate.leave()
        return answer
      } catch {
        await gate.leave()
        throw error
      }
    }
  }

  /// Sends a request again and again; at once, when others were answered since it failed and it need not wait.
  private func again<Value: Sendable>(
    _ send: () async throws -> Value, after error: FetchError, answered: Int
  ) async throws -> Value {
    try Task.checkCancellation()
    var error = error
    var attempts = 1
    var isBack = facts.requests > answered && !error.asksToWait
    while true {
      if isBack {
        count(error.kindOfRetry)
      } else {
        try await wait(after: error, attempt: attempts)
      }
      isBack = false
      do {
        return try await attempt(send)
      } catch let next as FetchError {
        error = next
        attempts += 1
      }
    }
  }

  /// Sends a request once.
  private func attempt<Value: Sendable>(_ send: () async throws -> Value) async throws -> Value {
    try checkDeadline(before: 0)
    let answer = try await send()
    state.withLock { state in
      state.policy.succeed()
      state.facts.requests += 1
    }
    return answer
  }

  /// Ends an exchange at the deadline, a token's request included: a server that answers byte by byte would outlive it.
  private func inTime<Value: Sendable>(
    _ exchange: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask { try await exchange() }
      group.addTask { [clock, deadline] in
        try await clock.until(deadline)
        return nil
      }
      defer { group.cancelAll() }
      guard let answer = try await group.next() ?? nil else { throw pastDeadline }
      return answer
    }
  }

  /// Waits before another attempt, or throws why there is none.
  private func wait(after error: FetchError, attempt: Int) async throws {
    let failure = RetryPolicy.Failure(error)
    let decision = state.withLock { state in
      state.policy.decide(
        on: failure, attempt: attempt, date: state.facts.serverDate, random: &state.random)
    }
    switch decision {
    case .giveUp(let error): throw error
    case .again(let milliseconds):
      try checkDeadline(before: milliseconds)
      if case .timeout = failure { state.withLock { $0.size.shrink() } }
      count(error.kindOfRetry)
      watch(
        .waiting(milliseconds: milliseconds, attempt: attempt + 1, reason: error.message.text))
      try await clock.wait(milliseconds)
    }
  }

  private func checkDeadline(before wait: Int64) throws(FetchError) {
    guard clock.now().advanced(by: .milliseconds(wait)) > deadline else { return }
    throw pastDeadline
  }

  private var pastDeadline: FetchError {
    .deadline(
      seconds: deadlineSeconds, place: place, progress: state.withLock { $0.progress })
  }

  private func count(_ reason: String) {
    state.withLock { $0.facts.retries[reason, default: 0] += 1 }
  }

  /// The total that a page announces: one whole number, or none.
  private func total(of page: RawPage) throws(FetchError) -> Int? {
    let values = page.headers.filter { $0.name == "x-total-count" }.map(\.value)
    guard let value = values.first else { return nil }
    guard values.count == 1, let total = value.utf8.decimalValue else {
      let shown = TerminalText.sanitized(values.joined(separator: ", "), limit: 60)
      throw .brokenPaging(place: place, reason: "X-Total-Count is not a number: \(shown)")
    }
    return Int(total)
  }
}
