public import AuditModel

/// A page that has just been accepted.
public struct FetchedPage: Sendable {
  /// The page as received.
  public var page: RawPage
  /// How many rows it holds.
  public var rows: Int
  /// The total that the server announced with the first page, if it did.
  public var announcedTotal: Int?
}
