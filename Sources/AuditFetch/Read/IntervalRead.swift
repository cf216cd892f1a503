import AuditModel
import Synchronization

/// Reads a range of reference ids to its end and keeps its pages.
struct IntervalRead {
  let session: ServerSession
  let dialect: ServerDialect
  /// What every row must satisfy besides lying in a range.
  let filter: InstanceFilter
  /// The window that the filter asks for; `nil` when it asks for none.
  let window: Window?
  let store: any PageStore
  let progress: ReadProgress

  /// What was read.
  struct Result: Sendable {
    /// The pages with rows, in their order.
    var pages: [ReadPage] = []
    var contradictions: [PageWalk.Contradiction] = []
    var lacksTotals = false
    /// Whether it ended with an empty page, beyond which nothing need be asked.
    var endedEmpty = false
    /// What the server counted before the first page, less what is left.
    var firstTotal: Int?
    /// What is left to others.
    var rest: ReferenceRange?

    var rows: Int { pages.reduce(0) { $0 + $1.rows } }

    mutating func append(_ other: Result) {
      pages += other.pages
      contradictions += other.contradictions
      lacksTotals = lacksTotals || other.lacksTotals
      firstTotal = firstTotal.flatMap { own in other.firstTotal.map { own + $0 } }
    }
  }

  /// The path and query of the first page's request.
  func query(for range: ReferenceRange, limit: Int) -> String {
    instances(range, limit).target(path: session.server.path, dialect: dialect)
  }

  /// An answer that was accepted and is still to be kept.
  struct Accepted: Sendable {
    var answer: Answer
    /// The reference id that it begins after.
    var after: Int64
    var purpose: FetchedPage.Purpose
  }

  /// Reads a range and keeps its pages.
  func read(
    _ range: ReferenceRange, as purpose: FetchedPage.Purpose, until end: PageWalk.End = .counted
  ) async throws -> Result {
    var (result, last) = try await receive(range, as: purpose, until: end)
    try keep(last, in: &result)
    return result
  }

  /// Reads a range, asking for a page while the one before is being kept; its last page is for the caller to keep, who
  /// may ask for something else meanwhile: the server need not wait for the disk.
  ///
  /// A page that cannot be kept ends the read with what its store says, whatever becomes of the request that is under
  /// way by then. Where somebody is idle and much lies ahead, the read ends early and leaves the rest.
  func receive(
    _ range: ReferenceRange, as purpose: FetchedPage.Purpose, until end: PageWalk.End,
    beside idle: IdleReaders? = nil
  ) async throws -> (Result, last: Accepted) {
    var walk = PageWalk(range, askedWindow: window, until: end)
    var result = Result()
    var left = 0
    var last = try await ask(.init(after: range.after, through: range.through), purpose)
    while case .ask(let next) = try step(of: &walk, with: last) {
      let rest = ReferenceRange(after: next, through: range.through)
      let ahead = (last.answer.total ?? 0) - last.answer.rows.count
      if let idle, idle.claim(ahead: ahead, pageSize: last.answer.rows.count) {
        result.rest = rest
        left = ahead
        break
      }
      async let following = ask(rest, purpose)
      try keep(last, in: &result)
      last = try await following
    }
    result.endedEmpty = last.answer.rows.isEmpty
    result.contradictions = walk.contradictions
    result.lacksTotals = walk.lacksTotals
    result.firstTotal = walk.firstTotal.map { $0 - left }
    return (result, last)
  }

  private func ask(
    _ range: ReferenceRange, _ purpose: FetchedPage.Purpose
  ) async throws -> Accepted {
    let answer = try await session.askForPage(dialect) { limit in instances(range, limit) }
    return Accepted(answer: answer, after: range.after, purpose: purpose)
  }

  /// Accepts a page, and notes all that the next request may depend on.
  private func step(
    of walk: inout PageWalk, with page: Accepted
  ) throws -> PageWalk.Step {
    let answer = page.answer
    do {
      let step = try walk.receive(answer.rows, asked: answer.asked, total: answer.total)
      noteClamp(answer)
      progress.note(answer, page.purpose)
      return step
    } catch {
      throw FetchError(error, at: session.place)
    }
  }

  /// Keeps a page and adds it to what was read.
  func keep(_ page: Accepted, in result: inout Result) throws {
    let rows = page.answer.rows
    let content = try store.keep(
      FetchedPage(
        page: page.answer.page, purpose: page.purpose, after: page.after, rows: rows.count))
    guard let final = rows.last else { return }
    result.pages.append(
      ReadPage(
        range: .init(after: page.after, through: final.referenceID), content: content, rows: rows))
  }

  private func instances(_ range: ReferenceRange, _ limit: Int) -> InstanceQuery {
    InstanceQuery(filter: filter && .within(range), limit: limit)
  }

  /// Fewer rows than were asked for while there are more: the server has a limit of its own.
  private func noteClamp(_ answer: Answer) {
    guard let total = answer.total, !answer.rows.isEmpty, answer.rows.count < answer.asked,
      answer.rows.count < total
    else { return }
    session.clamp(to: answer.rows.count, asked: answer.asked)
  }
}

extension FetchError {
  /// What a fault of a walk means for the run.
  fileprivate init(_ fault: PageWalk.WalkError, at place: String) {
    self =
      if case .sharedReferenceID = fault {
        .brokenData(place: place, reason: fault.description)
      } else {
        .brokenPaging(place: place, reason: fault.description)
      }
  }
}

/// A page of a read that holds rows.
struct ReadPage: Sendable, Equatable {
  /// What was asked for: above the id that the page was to begin after, through its last row.
  var range: ReferenceRange
  /// The number of its content in the store.
  var content: Int
  var rows: Int
  /// The latest start of its rows.
  var latest: Instant?
  /// How far a row of it starts before one with a lower id, at most, in milliseconds.
  var stepBack: Int64 = 0
  /// The earliest start of its rows.
  var earliest: Instant?

  init(range: ReferenceRange, content: Int, rows: [RowIdentity]) {
    self.range = range
    self.content = content
    self.rows = rows.count
    for start in rows.compactMap(\.start) {
      if let latest { stepBack = max(stepBack, latest.milliseconds(since: start)) }
      latest = max(latest ?? start, start)
      earliest = min(earliest ?? start, start)
    }
  }
}

/// Counts the pages of each read and tells whoever watches.
final class ReadProgress: Sendable {
  /// By the number of the read, since the open instances are asked for beside another.
  private let counts: Mutex<[Int: (pages: Int, rows: Int)]> = Mutex([:])
  private let session: ServerSession
  private let total: Int?
  private let watch: @Sendable (FetchEvent) -> Void

  init(session: ServerSession, total: Int?, watch: @escaping @Sendable (FetchEvent) -> Void) {
    self.session = session
    self.total = total
    self.watch = watch
  }

  /// Notes a page.
  func note(_ answer: Answer, _ purpose: FetchedPage.Purpose) {
    let number = if case .read(let number) = purpose { number } else { 0 }
    let (pages, rows) = counts.withLock { counts in
      let before = counts[number] ?? (0, 0)
      let count = (before.pages + 1, before.rows + answer.rows.count)
      counts[number] = count
      return count
    }
    let progress = FetchProgress(
      read: number, pages: pages, rows: rows, total: total, page: answer.page)
    session.note(
      progress: "\(progress.rows) of \(total.map(String.init) ?? "an unknown number of") rows of "
        + (number == 0 ? "the open instances" : "read \(number)") + " are kept")
    watch(.page(progress))
  }
}

/// How many readers have nothing to do, so that those who have much before them may leave it to be shared.
final class IdleReaders: Sendable {
  private struct State {
    var idle = 0
    /// How many of them are about to get something.
    var claimed = 0
  }

  private let state = Mutex(State())

  /// Says how many there are.
  func set(_ count: Int) { state.withLock { $0.idle = count } }

  /// Whether to leave the rows ahead, two pages at least since another reader costs a request, to oneself and one of them.
  func claim(ahead: Int, pageSize: Int) -> Bool {
    guard ahead >= 2 * pageSize else { return false }
    return state.withLock { state in
      guard state.claimed < state.idle else { return false }
      state.claimed += 1
      return true
    }
  }

  /// Says that what was left is about to be read.
  func release() { state.withLock { $0.claimed -= 1 } }
}
