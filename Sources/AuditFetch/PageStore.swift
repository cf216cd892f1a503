/// Where a read keeps its pages, as soon as each is accepted.
public protocol PageStore: Sendable {
  /// The pages of an earlier run's first read that was interrupted, by ``FetchedPage/after``; they are kept already.
  var resumed: [ResumedPage] { get }

  /// Keeps a page.
  ///
  /// Pages may be handed over by several tasks at a time.
  /// - Returns: the number of its content: two pages have the same one exactly when their bodies are the same bytes.
  func keep(_ page: FetchedPage) throws -> Int

  /// The body of a page that is kept.
  func body(of content: Int) throws -> [UInt8]
}
