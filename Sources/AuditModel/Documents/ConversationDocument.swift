/// How the conversation with a server went: what it was asked before the pages, and what had to be sent again.
public struct ConversationDocument: Codable, Sendable, Equatable {
  /// One thing that was found out before the first page.
  public struct Check: Codable, Sendable, Equatable {
    /// How a check went.
    public struct Result: RawRepresentable, Codable, Sendable, Hashable {
      /// The name in documents.
      public var rawValue: String

      /// Takes a name as it is: a pack of another version may have one that is not known here.
      public init(rawValue: String) {
        self.rawValue = rawValue
      }

      /// As documented.
      public static let passed = Result(rawValue: "passed")
      /// Not as documented, or not known; the read goes another way or notes it.
      public static let noted = Result(rawValue: "noted")
    }

    /// What was looked at, in a word or two.
    public var name: String
    /// How it went.
    public var result: Result
    /// What was found, in words.
    public var detail: String

    /// Makes a check.
    public init(name: String, result: Result, detail: String) {
      (self.name, self.result, self.detail) = (name, result, detail)
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
      (self.reason, self.count) = (reason, count)
    }
  }

  /// What was found out before the first page, and counts that must add up.
  public var preflight: [Check]
  /// Requests that were sent again.
  public var retries: [Retry]
  /// Tokens that were renewed because the server refused them.
  public var refusedTokens: Int
  /// The server's clock at the last answer, RFC 3339 UTC.
  @ExplicitNull public var serverDate: String?

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
