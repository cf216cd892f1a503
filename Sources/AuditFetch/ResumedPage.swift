/// A page that an interrupted run had kept.
public struct ResumedPage: Sendable, Equatable {
  /// The reference id that it was asked to begin after.
  public var after: Int64
  /// The number of its content.
  public var content: Int

  /// Describes a page.
  public init(after: Int64, content: Int) {
    self.after = after
    self.content = content
  }
}
