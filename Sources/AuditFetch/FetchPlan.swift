package import AuditModel

/// What is to be fetched, from where, and how sure it shall be.
package struct FetchPlan: Sendable {
  /// How sure the population shall be.
  package enum Assurance: String, Sendable, CaseIterable {
    /// Two reads: when they are equal they are a snapshot.
    case proved
    /// One read, and counts before and after it.
    case counted
  }

  /// The server and who asks.
  package var connection: Connection
  /// The window on the start of instances.
  package var window: Window
  /// How many instances to ask for at a time.
  package var pageSize: Int
  /// How sure the population shall be.
  package var assurance = Assurance.proved
  /// How many requests may be under way at the same time.
  package var concurrency = 1
  /// How long the fetch may take, in seconds.
  package var deadlineSeconds: Int64 = 1800
  /// This machine's time, to compare with the server's clock; `nil` for a server that keeps a time of its own.
  package var hostTime: Instant?
  /// Whether the window may still be filling.
  package var allowsOpenWindow = false
  /// What an open instance's status is called in a filter.
  package var openStatuses = ["Running", "Suspended"]

  /// Makes a plan with one request at a time.
  package init(connection: Connection, window: Window, pageSize: Int) {
    self.connection = connection
    self.window = window
    self.pageSize = pageSize
  }

  /// The window as the server is asked for it: widened by 26 hours on both sides, because the server's reading of a
  /// date's zone is not published; the exact cut is made on the rows.
  var askedWindow: Window { window.widened(byHours: 26) }
}
