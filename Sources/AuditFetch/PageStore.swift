package import AuditModel

/// Where a read keeps its pages, as soon as each is accepted.
package protocol PageStore: Sendable {
  /// The pages of an earlier run's first read that was interrupted, by ``FetchedPage/after``; they are kept already.
  var resumed: [ResumedPage] { get }

  /// Keeps a page.
  ///
  /// Pages may be handed over by several tasks at a time.
  /// - Returns: the number of its content: two pages have the same one exactly when their bodies are the same bytes.
  func keep(_ page: FetchedPage) throws -> Int

  /// Keeps what may be kept of the answers about a definition: never their bodies.
  func keep(_ definition: FetchedDefinition) throws

  /// The body of a page that is kept.
  func body(of content: Int) throws -> [UInt8]
}

/// A page that has just been accepted.
package struct FetchedPage: Sendable {
  /// What a page was asked for.
  package enum Purpose: Sendable, Equatable {
    /// A read of the whole range, counted from 1, or a later look at a part of it.
    case read(Int)
    /// The open instances from before the window.
    case open
  }

  /// The page as received.
  package var page: RawPage
  /// What it was asked for.
  package var purpose: Purpose
  /// The reference id that it was asked to begin after; with offset paging, how many rows were to be skipped.
  package var after: Int64
  /// How many rows it holds.
  package var rows: Int
}

/// A page that an interrupted run had kept.
package struct ResumedPage: Sendable, Equatable {
  /// The reference id that it was asked to begin after.
  package var after: Int64
  /// The number of its content.
  package var content: Int

  /// Describes a page.
  package init(after: Int64, content: Int) {
    self.after = after
    self.content = content
  }
}
