/// What a preflight found, for somebody who wants to know no more.
public struct PreflightReport: Sendable, Equatable {
  /// One thing each, in the order in which they were found out.
  public var checks: [PreflightCheck]
  /// What is known of the server and the requests to it.
  public var facts: ServerFacts
  /// Whether two reads of this server can prove anything: by reference id, with counts that can be believed.
  public var canProve: Bool
}
