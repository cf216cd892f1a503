import Synchronization

/// Counts the pages of a read and tells whoever watches.
final class ReadProgress: Sendable {
  private struct State {
    var read = 0
    var pages = 0
    var rows = 0
  }

  private let state = Mutex(State())
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
    let progress = state.withLock { state in
      if state.read != number { state = State(read: number) }
      state.pages += 1
      state.rows += answer.rows.count
      return FetchProgress(
        read: number, pages: state.pages, rows: state.rows, total: total, page: answer.page)
    }
    session.note(
      progress: "\(progress.rows) of \(total.map(String.init) ?? "an unknown number of") rows of "
        + (number == 0 ? "the open instances" : "read \(number)") + " are kept")
    watch(.page(progress))
  }
}
