public import AuditModel

/// What answers tell about a server and about the way to it.
public struct ServerFacts: Sendable, Equatable {
  /// Answers that were accepted.
  public var requests = 0
  /// Requests that were sent again, by the reason in a word: a status, `timeout`, `connection`, `unreadable`.
  public var retries: [String: Int] = [:]  // text: our words
  /// Tokens that were renewed because the server refused them.
  public var refusedTokens = 0
  /// What the server says in `X-Keyfactor-Product-Version`.
  public var productVersion: String?
  /// The server's clock at the last answer.
  public var serverDate: Instant?
  /// What the server returned at most where more was asked for and there was more.
  public var clamp: Clamp?
  /// The certificate that the server showed, in DER; `nil` without TLS.
  public var peerCertificate: [UInt8]?

  /// A page size that a server cuts to without saying so.
  public struct Clamp: Sendable, Equatable {
    /// How many rows it returned at most.
    public var returned: Int
    /// How many had been asked for.
    public var asked: Int
  }
}
