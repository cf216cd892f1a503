package import AuditModel

/// Finds out how a server wants to be asked, before its answers are relied on.
struct Preflight {
  let session: ServerSession
  let plan: FetchPlan

  /// What was found.
  struct Result {
    var dialect = ServerDialect()
    var checks: [ConversationDocument.Check] = []
    /// The range of reference ids that holds the window's instances; `nil` when there are none.
    var range: ReferenceRange?
    /// The lowest reference id that was seen.
    var lowest: Int64 = 1
    /// How many the server counts there.
    var total: Int?
    /// Whether a count of nothing was not nothing, so that counts cannot be trusted.
    var countsNothingAsOne = false

    /// Whether two reads can prove anything.
    var canProve: Bool { dialect.pagesByKey && total != nil && !countsNothingAsOne }
  }

  func run() async throws -> Result {
    var result = Result()
    try await findStyle(&result)
    let clock = ServerClock(server: session.facts.serverDate, host: plan.hostTime)
    result.checks.append(try clock.check(plan))
    if result.dialect.pagesByKey { try await findOrder(&result) }
    if !result.dialect.pagesByKey { try await countByDate(&result) }
    result.checks.append(
      result.dialect.pagesByKey
        ? .passed("paging", "by reference id, always the first page")
        : .noted("paging", "by offset, in the order of StartDate"))
    return result
  }

  /// A filter that nothing satisfies must give nothing; what refuses it is asked without `ReferenceId`.
  private func findStyle(_ result: inout Result) async throws {
    do {
      try await findStyle(.init(filter: .impossible, limit: 1), &result)
    } catch let refusal as FetchError where refusal.isRejection {
      result.dialect.pagesByKey = false
      do {
        try await findStyle(.init(filter: .impossible, limit: 1, order: .start), &result)
      } catch let error as FetchError where error.isRejection {
        do {
          try await findStyle(.init(filter: .impossibleDate, limit: 1, order: .start), &result)
        } catch let error as FetchError where error.isRejection {
          // Refused whatever is asked: the first refusal says most.
          throw refusal
        }
      }
      result.checks.append(
        .noted(
          "reference id",
          "rows cannot be filtered or sorted by ReferenceId: \(refusal.rejection)"))
    }
  }

  private func findStyle(_ query: InstanceQuery, _ result: inout Result) async throws {
    for style in ParameterStyle.allCases {
      result.dialect.style = style
      let answer = try await session.ask(query, result.dialect)
      guard answer.rows.isEmpty else { continue }
      // One may be off by one; more is the whole table.
      if let total = answer.total, total > 1 {
        throw FetchError.brokenPaging(
          place: session.place,
          reason:
            "X-Total-Count is \(total) for a filter that nothing satisfies, so it does not count the filter"
        )
      }
      result.countsNothingAsOne = answer.total == 1
      result.checks += [
        .passed(
          "filter",
          "a filter that nothing satisfies returned nothing; names as in \(style.names)"),
        .passed(
          "total", answer.total.map { "X-Total-Count is \($0) for nothing" } ?? "no X-Total-Count",
          if: answer.total == 0),
      ]
      return
    }
    throw FetchError.filterIgnored(place: session.place)
  }

  /// The lowest and the highest row must be in order; if not, the order may be inverted or pages may count from 0.
  private func findOrder(_ result: inout Result) async throws {
    let probe = probe(result)
    var found: OrderProbe.Ends?
    do {
      found = try await probe.ends(&result.dialect)
      result.checks.append(.passed("dates", "date literals are understood"))
    } catch let error as FetchError where error.isRejection {
      result.dialect.readsDates = false
      result.checks.append(
        .noted(
          "dates",
          "date literals are refused (\(error.rejection)); the window's edges are searched by ReferenceId"
        ))
      found = try await probe.ends(&result.dialect)
    }
    guard let found else {
      result.dialect.pagesByKey = false
      result.dialect.isInverted = false
      result.dialect.firstPage = 1
      result.checks.append(.noted("order", "rows are not sorted by ReferenceId as asked"))
      return
    }
    result.checks += found.checks(of: result.dialect)
    try await bound(found, &result)
  }

  private func bound(_ found: OrderProbe.Ends, _ result: inout Result) async throws {
    guard case .rows(let lowest, let highest, let total) = found else {
      if case .empty(isCounted: true) = found { result.total = 0 }
      return
    }
    guard !result.dialect.readsDates else {
      result.lowest = lowest
      result.range = ReferenceRange(after: 0, through: highest)
      result.total = total
      return
    }
    let search = EdgeSearch(session: session, dialect: result.dialect, window: plan.askedWindow)
    result.range = try await search.range(
      within: ReferenceRange(after: lowest - 1, through: highest))
    result.total = 0
    guard let range = result.range else { return }
    result.lowest = range.after + 1
    result.total = try await session.ask(
      .init(filter: .within(range), limit: 1), result.dialect
    ).total
  }

  /// Finds the window once more, in the dialect that is known.
  func bound(_ result: inout Result) async throws {
    guard let ends = try await probe(result).ends(&result.dialect) else { return }
    try await bound(ends, &result)
  }

  private func probe(_ result: Result) -> OrderProbe {
    OrderProbe(
      session: session, window: plan.askedWindow,
      countOfNothing: result.countsNothingAsOne ? 1 : 0)
  }

  private func countByDate(_ result: inout Result) async throws {
    do {
      let answer = try await session.ask(
        .init(filter: .started(in: plan.askedWindow), limit: 1, order: .start), result.dialect)
      result.total = answer.total
    } catch let error as FetchError where error.isRejection {
      result.dialect.readsDates = false
      result.total = try await session.ask(
        .init(filter: .none, limit: 1, order: .start), result.dialect
      ).total
      result.checks.append(.noted("dates", "date literals are refused: \(error.rejection)"))
    }
  }
}

extension FetchError {
  /// Whether the server refused the query as such.
  var isRejection: Bool { if case .rejected = self { true } else { false } }

  /// Whether another query may fare better: a population that is read is not lost for a question beside it.
  var concernsOneQuery: Bool {
    switch self {
    case .rejected, .busy, .exhausted, .status: true
    default: false
    }
  }

  /// What it said about it.
  var rejection: String {
    if case .rejected(_, let reason, _) = self { "400\(reason)" } else { description }
  }
}

/// What a preflight found, for somebody who wants to know no more.
package struct PreflightReport: Sendable, Equatable {
  /// One thing each, in the order in which they were found out.
  package var checks: [ConversationDocument.Check]
  /// What is known of the server and the requests to it.
  package var facts: ServerFacts
  /// Whether two reads of this server can prove anything: by reference id, with counts that can be believed.
  package var canProve: Bool
}

/// The server's clock beside this machine's: what is settled is decided by the server's.
struct ServerClock: Sendable {
  /// Late commits settle within this time: a window that ended less long ago may still be filling.
  static let settleMinutes: Int64 = 15
  /// From here on the difference is worth a warning.
  private static let notableSeconds: Int64 = 300
  private static let largestSeconds: Int64 = 86_400

  /// What the server said; `nil` when its answers carry no date.
  let server: Instant?
  /// This machine's time; `nil` when the two are not to be compared.
  let host: Instant?

  /// Checks the two clocks, and that a window has settled.
  func check(_ plan: FetchPlan) throws(FetchError) -> ConversationDocument.Check {
    if let server, let host, abs(server.milliseconds(since: host)) > Self.largestSeconds * 1000 {
      throw .clocksDiffer(server: server, host: host)
    }
    if !plan.allowsOpenWindow, let now = server ?? host {
      let settled = now.advanced(byMilliseconds: -Self.settleMinutes * 60_000)
      guard plan.window.to <= settled else {
        throw .openWindow(end: plan.window.to, server: now, isServersClock: server != nil)
      }
    }
    return report
  }

  private var report: ConversationDocument.Check {
    guard let server else { return .noted("clock", "the server's answers carry no Date") }
    guard let host else { return .passed("clock", "the server's is \(server)") }
    let seconds = server.milliseconds(since: host) / 1000
    let difference =
      seconds == 0
      ? "the same as this machine's"
      : "\(abs(seconds)) s \(seconds > 0 ? "ahead of" : "behind") this machine's"
    return .passed(
      "clock", "the server's is \(server), \(difference)",
      if: abs(seconds) < Self.notableSeconds)
  }
}
