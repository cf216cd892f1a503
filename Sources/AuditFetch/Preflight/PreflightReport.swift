package import AuditModel

/// What a preflight found, for somebody who wants to know no more.
package struct PreflightReport: Sendable, Equatable {
  /// One thing each, in the order in which they were found out.
  package var checks: [ConversationDocument.Check]
  /// What is known of the server and the requests to it.
  package var facts: ServerFacts
  /// Whether two reads of this server can prove anything: by reference id, with counts that can be believed.
  package var canProve: Bool
}
