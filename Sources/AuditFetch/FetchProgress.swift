public import AuditModel

/// How far a fetch has come.
public struct FetchProgress: Sendable {
  /// The read that is under way, from 1; 0 for the open instances from before the window.
  public var read: Int
  /// Pages of it that were accepted.
  public var pages: Int
  /// Rows in them.
  public var rows: Int
  /// How many rows the server counts; `nil` when it does not.
  public var total: Int?
  /// The page that was accepted last.
  public var page: RawPage
}
