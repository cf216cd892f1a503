package import AuditModel

/// How the conversation with a server went: what it was asked before the pages, and what had to be sent again.
package struct ConversationDocument: Codable, Sendable, Equatable {
  /// One thing that was found out before the first page.
  package struct Check: Codable, Sendable, Equatable {
    /// What was looked at.
    package var name: String
    /// `passed`, or `noted` where the server departs from the documentation.
    package var result: String
    /// What was found, in words.
    package var detail: String

    /// Makes a check.
    package init(name: String, result: String, detail: String) {
      self.name = name
      self.result = result
      self.detail = detail
    }
  }

  /// Requests that were sent again for one reason.
  package struct Retry: Codable, Sendable, Equatable {
    /// A status, `timeout`, `connection` or `unreadable`.
    package var reason: String
    /// How often.
    package var count: Int

    /// Makes an entry.
    package init(reason: String, count: Int) {
      self.reason = reason
      self.count = count
    }
  }

  /// What was found out before the first page, and counts that must add up.
  package var preflight: [Check]
  /// Requests that were sent again.
  package var retries: [Retry]
  /// Tokens that were renewed because the server refused them.
  package var refusedTokens: Int
  /// The server's clock at the last answer, RFC 3339 UTC.
  @WrittenNull package var serverDate: String?

  /// Describes a conversation.
  package init(
    preflight: [Check], retries: [Retry], refusedTokens: Int, serverDate: String?
  ) {
    self.preflight = preflight
    self.retries = retries
    self.refusedTokens = refusedTokens
    self.serverDate = serverDate
  }
}
