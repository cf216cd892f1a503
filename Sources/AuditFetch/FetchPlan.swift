public import AuditModel

/// What is to be fetched, from where.
public struct FetchPlan: Sendable {
  /// The server and who asks.
  public var connection: Connection
  /// The window on the start of instances.
  public var window: Window
  /// How many instances to ask for at a time.
  public var pageSize: Int

  /// Makes a plan.
  public init(connection: Connection, window: Window, pageSize: Int) {
    self.connection = connection
    self.window = window
    self.pageSize = pageSize
  }
}
