import AuditModel

/// Reads a window page by page by offset, in the order of StartDate: all that is left where rows cannot be asked for by
/// reference id.
///
/// Starts are not unique, so that rows may be skipped or repeated between pages; two passes with different page sizes
/// make that unlikely to stay unseen, and nothing makes it impossible.
struct OffsetRead {
  let session: ServerSession
  let dialect: ServerDialect
  let window: Window
  let store: any PageStore
  let progress: ReadProgress

  /// Pages in a row that may bring nothing new.
  private static let toleratedRepetitions = 3

  /// What a pass gave.
  struct Pass {
    var contents: [Int] = []
    var rows = 0
    var ids: Set<Int64> = []
    var total: Int?
    var query = ""
  }

  /// Reads the window once, with pages of at most this size.
  func pass(_ number: Int, pageSize: Int) async throws -> Pass {
    var size = pageSize
    while true {
      if let pass = try await attempt(number, &size) { return pass }
    }
  }

  /// One pass; `nil` when the server turned out to return less than was asked for, so that its offsets are unknown.
  private func attempt(_ number: Int, _ size: inout Int) async throws -> Pass? {
    var pass = Pass()
    var repeated = 0
    let filter = dialect.readsDates ? InstanceFilter.started(in: window) : .none
    for page in 0... {
      let query = InstanceQuery(filter: filter, limit: size, skippedPages: page, order: .start)
      let answer = try await session.ask(query, dialect)
      if page == 0 {
        pass.total = answer.total
        pass.query = answer.page.request
      }
      try check(answer)
      if page == 0, let total = answer.total, !answer.rows.isEmpty,
        answer.rows.count < min(size, total)
      {
        session.clamp(to: answer.rows.count, asked: size)
        size = answer.rows.count
        return nil
      }
      let content = try store.keep(
        FetchedPage(
          page: answer.page, purpose: .read(number), after: Int64(page * size),
          rows: answer.rows.count))
      progress.note(answer, .read(number))
      let before = pass.ids.count
      pass.ids.formUnion(answer.rows.map(\.referenceID))
      pass.rows += answer.rows.count
      if answer.rows.isEmpty { return pass }
      pass.contents.append(content)
      // Rows that come meanwhile may push a page's rows into the next one, but not for ever.
      repeated = pass.ids.count == before ? repeated + 1 : 0
      if repeated == Self.toleratedRepetitions {
        throw FetchError.brokenPaging(
          place: session.place,
          reason:
            "no forward progress at row \(page * size): a page repeats rows that were read before")
      }
    }
    return pass
  }

  private func check(_ answer: Answer) throws(FetchError) {
    guard answer.rows.count <= answer.asked else {
      throw .brokenPaging(
        place: session.place,
        reason: PageWalk.WalkError.tooManyRows(asked: answer.asked, received: answer.rows.count)
          .description)
    }
  }
}
