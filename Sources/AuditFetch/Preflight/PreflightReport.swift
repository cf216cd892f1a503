/// What a preflight found, for somebody who wants to know no more.
public struct PreflightReport: Sendable, Equatable {
  /// One thing each, in the order in which they were found out.
  public var checks: [PreflightCheck]
  /// What is known of the server and the requests to it.
  public var facts: ServerFacts
  /// Whether two reads of this server can prove anything: by reference id, with counts that can be believed.
  public var canProve: Bool
}

/// One thing that was found out about a server before the first page.
public struct PreflightCheck: Sendable, Equatable {
  /// How it went.
  public enum Result: String, Sendable {
    /// As documented.
    case passed
    /// Not as documented, or not known; the read goes another way or says so.
    case noted
  }

  /// What was looked at, in a word or two.
  public var name: String
  /// How it went.
  public var result: Result
  /// What was found, in words.
  public var detail: String
}
