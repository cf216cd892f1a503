public import AuditModel

/// How the conversation with a server went: what it was asked before the pages, and what had to be sent again.
public struct ConversationDocument: Codable, Sendable, Equatable {
  /// One thing that was found out before the first page.
  public struct Check: Codable, Sendable, Equatable {
    /// What was looked at.
    public var name: String
    /// `passed`, or `noted` where the server departs from the documentation.
    public var result: String
    /// What was found, in words.
    public var detail: String

    /// Makes a check.
    public init(name: String, result: String, detail: String) {
      self.name = name
      self.result = result
      self.detail = detail
    }
  }

  /// Requests that were sent again for one reason.
  public struct Retry: Codable, Sendable, Equatable {
    /// A status, `timeout`, `connection` or `unreadable`.
    public var reason: String
    /// How often.
    public var count: Int

    /// Makes an entry.
    public init(reason: String, count: Int) {
      self.reason = reason
      self.count = count
    }
  }

  /// What was found out before the first page, and counts that must add up.
  public var preflight: [Check]
  /// Requests that were sent again.
  public var retries: [Retry]
  /// Tokens that were renewed because the server refused them.
  public var refusedTokens: Int
  /// The server's clock at the last answer, RFC 3339 UTC.
  @WrittenNull public var serverDate: String?

  /// Describes a conversation.
  public init(
    preflight: [Check], retries: [Retry], refusedTokens: Int, serverDate: String?
  ) {
    self.preflight = preflight
    self.retries = retries
    self.refusedTokens = refusedTokens
    self.serverDate = serverDate
  }
}
