import Synchronization

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
