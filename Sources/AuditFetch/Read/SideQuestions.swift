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

  /// Asks one after the other; a server that refuses a question of these has said something and ended nothing.
  func ask() async throws -> Answers {
    var answers = Answers()
    if let total { answers.checks.append(try await halves(total)) }
    do {
      answers.openContents = try await open().pages.map(\.content)
    } catch let error as FetchError where error.concernsOneQuery {
      answers.notices.append(
        Notice(code: "NO_BACKLOG", text: "\(Self.noBacklog) \(error.rejection)"))
    }
    return answers
  }

  private func halves(_ total: Int) async throws -> ConversationDocument.Check {
    let checks = CountChecks(
      session: reader.session, dialect: reader.dialect, window: plan.askedWindow)
    do {
      return try await checks.halves(of: range, total: total)
    } catch let error as FetchError where error.concernsOneQuery {
      return ConversationDocument.Check(
        name: "additivity", result: .noted, detail: "not known: \(error.rejection)")
    }
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
