import AuditModel

/// Asks for the lowest and the highest row of a window, in every dialect until the two are in order.
struct OrderProbe {
  let session: ServerSession
  let window: Window
  /// What the server counts where there is nothing: 0, unless it is off by one.
  let countOfNothing: Int

  /// The ends of a window.
  enum Ends {
    /// It holds no row, and the server may count so.
    case empty(isCounted: Bool)
    /// It holds rows, from one reference id to another, and so many if the server counts.
    case rows(lowest: Int64, highest: Int64, total: Int?)
  }

  /// A way of asking: with SortAscending turned round, with pages counted from 0.
  ///
  /// As documented comes first and is tried again, since rows may come and go between two requests.
  private static let candidates: [(isInverted: Bool, firstPage: Int)] = [
    (false, 1), (false, 1), (false, 1), (true, 1), (false, 0), (true, 0),
  ]

  /// The ends, and the dialect in which they are in order; `nil` when they are in none.
  func ends(_ dialect: inout ServerDialect) async throws -> Ends? {
    var sawNothing = false
    for candidate in Self.candidates {
      var tried = dialect
      tried.isInverted = candidate.isInverted
      tried.firstPage = candidate.firstPage
      do {
        let ends = try await ends(in: tried)
        // Without a total, nothing on page 1 may be the second page of a server that counts from 0.
        if case .empty(isCounted: false) = ends {
          sawNothing = true
        } else if let ends {
          dialect = tried
          return ends
        }
      } catch let error as FetchError where error.isRejection && tried.firstPage == 0 {
        // A server that counts from 1 may refuse page 0.
      }
    }
    return sawNothing ? Ends.empty(isCounted: false) : nil
  }

  private func ends(in dialect: ServerDialect) async throws -> Ends? {
    let filter = dialect.readsDates ? InstanceFilter.started(in: window) : .after(0)
    let first = try await session.ask(.init(filter: filter, limit: 1), dialect)
    guard let lowest = first.rows.first?.referenceID else {
      guard let total = first.total else { return Ends.empty(isCounted: false) }
      return total <= countOfNothing ? Ends.empty(isCounted: true) : nil
    }
    let last = try await session.ask(
      .init(filter: filter && .after(lowest - 1), limit: 1, isDescending: true), dialect)
    guard let highest = last.rows.first?.referenceID, highest >= lowest else { return nil }
    if let all = first.total, let fromLowest = last.total {
      // Fewer from the lowest on than there are: it is not the lowest.
      guard fromLowest >= all, highest > lowest || fromLowest <= 1 + countOfNothing
      else { return nil }
      return .rows(lowest: lowest, highest: highest, total: fromLowest)
    }
    return try await isFirst(lowest, of: filter, dialect, isOnly: highest == lowest)
      ? .rows(lowest: lowest, highest: highest, total: nil) : nil
  }

  /// Without totals: of two rows, the first must be the one that was asked for alone.
  private func isFirst(
    _ lowest: Int64, of filter: InstanceFilter, _ dialect: ServerDialect, isOnly: Bool
  ) async throws -> Bool {
    let both = try await session.ask(.init(filter: filter, limit: 2), dialect).rows
    return both.first?.referenceID == lowest && (both.count == 1) == isOnly
  }
}

extension OrderProbe.Ends {
  /// What was found out about a dialect.
  func checks(of dialect: ServerDialect) -> [ConversationDocument.Check] {
    let order: ConversationDocument.Check =
      dialect.isInverted
      ? .noted("order", "SortAscending is inverted: 1 ascends")
      : .passed("order", "rows ascend and descend by ReferenceId as asked")
    return dialect.firstPage == 0
      ? [order, .noted("first page", "pages are counted from 0")] : [order]
  }
}

/// Finds a window's edges among the reference ids of a server that understands no dates.
///
/// Instances get their ids and their start at the same time, so that starts rise with ids but for what is committed
/// late; the window that is searched for is wide enough for that.
struct EdgeSearch {
  let session: ServerSession
  let dialect: ServerDialect
  let window: Window

  /// The ids of the window within a range; `nil` when there are none.
  func range(within whole: ReferenceRange) async throws -> ReferenceRange? {
    let after = try await last(within: whole, before: window.from, unlessUnreadable: true)
    let through = try await last(within: whole, before: window.to, unlessUnreadable: false)
    return through > after ? ReferenceRange(after: after, through: through) : nil
  }

  /// The largest id up to which rows started before an instant; among rows without readable starts, the id that
  /// makes the range larger.
  private func last(
    within range: ReferenceRange, before instant: Instant, unlessUnreadable: Bool
  ) async throws -> Int64 {
    var (low, high) = (range.after, range.through)
    while low < high {
      let middle = low + (high - low) / 2
      let rows = try await session.ask(
        .init(filter: .within(.init(after: middle, through: high)), limit: Self.looked), dialect
      ).rows
      let readable = rows.first { $0.start != nil }
      let isEarly = readable?.start.map { $0 < instant } ?? !unlessUnreadable
      if let row = readable ?? rows.last, isEarly {
        low = row.referenceID
      } else {
        high = middle
      }
    }
    return low
  }

  /// Rows that are looked at for a readable start.
  private static let looked = 10
}
