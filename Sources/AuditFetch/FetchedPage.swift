public import AuditModel

/// A page that has just been accepted.
public struct FetchedPage: Sendable {
  /// What a page was asked for.
  public enum Purpose: Sendable, Equatable {
    /// A read of the whole range, counted from 1, or a later look at a part of it.
    case read(Int)
    /// The open instances from before the window.
    case open
  }

  /// The page as received.
  public var page: RawPage
  /// What it was asked for.
  public var purpose: Purpose
  /// The reference id that it was asked to begin after; with offset paging, how many rows were to be skipped.
  public var after: Int64
  /// How many rows it holds.
  public var rows: Int

  /// Makes a page.
  public init(page: RawPage, purpose: Purpose, after: Int64, rows: Int) {
    self.page = page
    self.purpose = purpose
    self.after = after
    self.rows = rows
  }
}
