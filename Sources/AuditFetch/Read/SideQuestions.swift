import AuditModel

/// What is asked beside the pages of the window and takes no part in the proof: counts that must add up, and the open
/// instances that started before it, which are outside the cohort but part of the backlog.
struct SideQuestions: Sendable {
  let plan: FetchPlan
  /// The read of the window, whose way of asking is also this one's.
  let reader: IntervalRead
  let range: ReferenceRange
  /// What the server counted in the window; `nil` where that cannot be held against the counts of its halves.
  let total: Int?

  /// What was found.
  struct Answers: Sendable {
    var checks: [ConversationDocument.Check] = []
    var openContents: [Int] = []
    var notices: [Notice] = []
  }

  static let noBacklog =
    "Open instances that started before the window could not be asked for, so the backlog lacks them."

  /// A question, which needs no other one's answer.
  enum Question: Sendable {
    case earlierHalf
    case laterHalf
    case open
  }

  /// What the server says to a question: one that it refuses ends nothing.
  enum Answer: Sendable {
    case count(Int)
    case contents([Int])
    case refusal(String)
  }

  /// The questions, the first one last.
  var all: [Question] { [.open] + (total == nil ? [] : [.laterHalf, .earlierHalf]) }

  /// Asks one of them.
  func ask(_ question: Question) async throws -> Answer {
    do {
      switch question {
      case .earlierHalf: return .count(try await counts.half(isEarlier: true, of: range))
      case .laterHalf: return .count(try await counts.half(isEarlier: false, of: range))
      case .open: return .contents(try await open().pages.map(\.content))
      }
    } catch let error as FetchError where error.concernsOneQuery {
      return .refusal(error.rejection)
    }
  }

  /// What the answers say together.
  func found(_ given: [Question: Answer]) -> Answers {
    var answers = Answers()
    switch (total, given[.earlierHalf], given[.laterHalf]) {
    case (let total?, .count(let earlier), .count(let later)):
      answers.checks.append(counts.additivity(earlier, later, total: total))
    case (_?, .refusal(let words), _), (_?, _, .refusal(let words)):
      answers.checks.append(.noted("additivity", "not known: \(words)"))
    default: break
    }
    switch given[.open] {
    case .contents(let contents): answers.openContents = contents
    case .refusal(let words):
      answers.notices.append(Notice(.noBacklog, "\(Self.noBacklog) \(words)"))
    default: break
    }
    return answers
  }

  private var counts: CountChecks {
    CountChecks(session: reader.session, dialect: reader.dialect, window: plan.askedWindow)
  }

  private func open() async throws -> IntervalRead.Result {
    let before =
      reader.window.map { InstanceFilter.started(before: $0.from) } ?? .through(range.after)
    let open = IntervalRead(
      session: reader.session, dialect: reader.dialect,
      filter: before && .status(anyOf: plan.openStatuses), window: nil, store: reader.store,
      progress: reader.progress)
    return try await open.read(ReferenceRange(after: 0, through: range.through), as: .open)
  }
}

/// Counts that must add up, asked for beside the pages.
struct CountChecks {
  let session: ServerSession
  let dialect: ServerDialect
  let window: Window

  private var middle: Instant {
    window.from.advanced(byMilliseconds: window.to.milliseconds(since: window.from) / 2)
  }

  /// The count of the window's earlier or later half.
  func half(isEarlier: Bool, of range: ReferenceRange) async throws -> Int {
    let (from, to) = isEarlier ? (window.from, middle) : (middle, window.to)
    return try await count(
      .started(in: Window(from: from, to: to, zone: .utc)) && .through(range.through))
  }

  /// The counts of the two halves beside that of the whole.
  func additivity(_ earlier: Int, _ later: Int, total: Int) -> ConversationDocument.Check {
    let isSum = earlier + later == total
    return .passed(
      "additivity",
      "\(earlier) before \(middle) and \(later) from then on, \(total) in all"
        + (isSum ? "" : ": the counts do not add up"), if: isSum)
  }

  /// For an empty window: whether what lies before and after it is all there is, so that dates are not misread.
  func surroundings() async throws -> ConversationDocument.Check {
    async let everywhere = count(.after(0))
    async let earlier = count(.started(before: window.from))
    async let later = count(.started(from: window.to))
    let (all, before, after) = try await (everywhere, earlier, later)
    let isSum = before + after == all
    return .passed(
      "empty window",
      "\(before) before and \(after) after it, \(all) in all"
        + (isSum ? "" : ": the counts do not add up, so dates may be misread"), if: isSum)
  }

  private func count(_ filter: InstanceFilter) async throws -> Int {
    try await session.ask(.init(filter: filter, limit: 1), dialect).total ?? 0
  }
}
