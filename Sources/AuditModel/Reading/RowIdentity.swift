/// What paging needs to know of a row.
public struct RowIdentity: Sendable, Equatable {
  /// The integer id.
  public var referenceID: Int64
  /// The GUID.
  public var id: InstanceID
  /// When it started.
  public var start: Instant?
  /// Where the row's JSON object lies in the page.
  public var range: Range<Int>

  /// Makes an identity.
  public init(referenceID: Int64, id: InstanceID, start: Instant?, range: Range<Int>) {
    self.referenceID = referenceID
    self.id = id
    self.start = start
    self.range = range
  }
}
