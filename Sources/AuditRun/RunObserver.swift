package import AuditFetch

/// What hears of a job while it works: a log, or nothing.
///
/// The jobs themselves neither print nor log, so that they run the same in a test and behind a terminal.
package struct RunObserver: Sendable {
  /// What the user should know; the job continues.
  package var notice: @Sendable (String) -> Void
  /// What helps when looking for a fault.
  package var info: @Sendable (String) -> Void
  /// What happens during a fetch.
  package var fetch: @Sendable (FetchEvent) -> Void
  /// The end of the fetch.
  package var fetchEnded: @Sendable () -> Void

  /// Makes an observer; what is left out is not heard.
  package init(
    notice: @escaping @Sendable (String) -> Void = { _ in },
    info: @escaping @Sendable (String) -> Void = { _ in },
    fetch: @escaping @Sendable (FetchEvent) -> Void = { _ in },
    fetchEnded: @escaping @Sendable () -> Void = {}
  ) {
    self.notice = notice
    self.info = info
    self.fetch = fetch
    self.fetchEnded = fetchEnded
  }
}
