/// What a preflight found, for somebody who wants to know no more.
package struct PreflightReport: Sendable, Equatable {
  /// One thing each, in the order in which they were found out.
  package var checks: [PreflightCheck]
  /// What is known of the server and the requests to it.
  package var facts: ServerFacts
  /// Whether two reads of this server can prove anything: by reference id, with counts that can be believed.
  package var canProve: Bool
}

/// One thing that was found out about a server before the first page.
package struct PreflightCheck: Sendable, Equatable {
  /// How it went.
  package enum Result: String, Sendable {
    /// As documented.
    case passed
    /// Not as documented, or not known; the read goes another way or says so.
    case noted
  }

  /// What was looked at, in a word or two.
  package var name: String
  /// How it went.
  package var result: Result
  /// What was found, in words.
  package var detail: String
}
