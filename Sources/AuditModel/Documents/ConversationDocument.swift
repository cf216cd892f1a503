/// How the conversation with a server went: what it was asked before the pages, and what had to be sent again.
package struct ConversationDocument: Codable, Sendable, Equatable {
  /// One thing that was found out before the first page.
  package struct Check: Codable, Sendable, Equatable {
    /// How a check went.
    package struct Result: RawRepresentable, Codable, Sendable, Hashable {
      /// The name in documents.
      package var rawValue: String

      /// Takes a name as it is: a pack of another version may have one that is not known here.
      package init(rawValue: String) {
        self.rawValue = rawValue
      }

      /// As documented.
      package static let passed = Result(rawValue: "passed")
      /// Not as documented, or not known; the read goes another way or says so.
      package static let noted = Result(rawValue: "noted")
    }

    /// What was looked at, in a word or two.
    package var name: String
    /// How it went.
    package var result: Result
    /// What was found, in words.
    package var detail: String

    /// Makes a check.
    package init(name: String, result: Result, detail: String) {
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
