package import AuditModel

/// Why the instances could not be fetched.
package enum FetchError: AuditFailure, Equatable {
  /// No usable response came.
  case transport(TransportError)
  /// Certificate, key or CA file cannot be used.
  case unusableCertificates(String)
  /// The token endpoint gave no token.
  case tokenEndpoint(url: String, status: Int, reason: String, isProtocol: Bool)
  /// The server refused the credentials.
  case credentialsRefused(place: String, wasRenewed: Bool)
  /// The account may not list instances.
  case forbidden(place: String, reason: String)
  /// The server answered with a status that means something else than rows.
  case status(Int, place: String, reason: String)
  /// The server rejected the query; `parameters` are the names that were sent.
  case rejected(place: String, reason: String, parameters: String)
  /// A token that no header can carry.
  case unsendableToken
  /// The server has trouble or no time.
  case busy(Int, place: String, retryAfter: String?)
  /// The server sends somewhere else.
  case redirected(Int, place: String, target: String)
  /// The body is not what was asked for.
  case unexpectedBody(place: String, found: String, isLogin: Bool, wasBearer: Bool)
  /// A page cannot be part of the read.
  case brokenPaging(place: String, reason: String)
  /// A page breaks the API's contract, so that no figure can rest on it.
  case brokenData(place: String, reason: String)
  /// Neither kind of parameter name has an effect.
  case filterIgnored(place: String)
  /// A request failed as often as it may.
  case exhausted(attempts: Int, last: Message)
  /// The server asks to wait longer than a run may.
  case askedToWait(seconds: Int64, last: String)
  /// The fetch took longer than it may.
  case deadline(seconds: Int64, place: String, progress: String)
  /// The server's clock and this machine's are too far apart for any window to mean the same to both.
  case clocksDiffer(server: Instant, host: Instant)
  /// The window ends so late that it may still be filling.
  case openWindow(end: Instant, server: Instant, isServersClock: Bool)
  /// Too many requests of the run had to be repeated.
  case budgetSpent(retries: Int, requests: Int, last: String)

  /// The request's address, what came back, and what to check; never a credential.
  package var message: Message {
    switch self {
    case .transport(let failure): failure.message
    case .unusableCertificates(let reason):
      Message(.unusableCertificates, TerminalText.sanitized(reason))
    case .tokenEndpoint(let url, let status, let reason, let isProtocol):
      Message(
        isProtocol ? .tokenEndpointBroken : .tokenRefused, url, "\(status)",
        reason.isEmpty ? "" : ": \(reason)")
    case .credentialsRefused(let place, let wasRenewed):
      Message(wasRenewed ? .credentialsRefusedTwice : .credentialsRefused, place)
    case .forbidden(let place, let reason): Message(.forbidden, place, reason)
    case .status(let status, let place, let reason):
      Message(.unexpectedStatus, place, "\(status)", reason)
    case .rejected(let place, let reason, let parameters):
      Message(.queryRejected, place, reason, parameters)
    case .unsendableToken: Message(.unsendableToken)
    case .busy(429, let place, let retryAfter):
      Message(.tooManyRequests, place, Self.wait(retryAfter))
    case .busy(let status, let place, let retryAfter):
      Message(.serverBusy, place, "\(status)", Self.wait(retryAfter))
    case .redirected(let status, let place, let target):
      Message(.redirected, place, "\(status)", target)
    case .unexpectedBody(let place, let found, let isLogin, let wasBearer):
      isLogin && wasBearer
        ? Message(.loginPage, place, found)
        : Message(.unexpectedBody, place, found + (isLogin ? "; probably a login page" : ""))
    case .brokenPaging(let place, let reason): Message(.brokenPaging, place, reason)
    case .brokenData(let place, let reason): Message(.brokenIdentity, place, reason)
    case .filterIgnored(let place): Message(.filterIgnored, place)
    case .exhausted(let attempts, let last):
      Message(
        last.code.exitStatus == .tryLater ? .busyAfterRetries : .unreachableAfterRetries,
        "\(attempts)", last.text)
    case .askedToWait(let seconds, let last): Message(.askedToWait, "\(seconds)", last)
    case .deadline(let seconds, let place, let progress):
      Message(.deadlinePassed, "\(seconds)", place, progress)
    case .clocksDiffer(let server, let host):
      Message(
        .clocksDiffer, "\(server)", "\(host)",
        "\(abs(server.milliseconds(since: host)) / 1000)")
    case .openWindow(let end, let server, let isServersClock):
      Message(
        .openPeriod, "\(end)", isServersClock ? "the server's time" : "this machine's time",
        "\(server)", "\(ServerClock.settleMinutes)",
        "\(server.advanced(byMilliseconds: -ServerClock.settleMinutes * 60_000))")
    case .budgetSpent(let retries, let requests, let last):
      Message(.tooManyRetries, "\(retries)", "\(requests)", last)
    }
  }

  private static func wait(_ retryAfter: String?) -> String {
    retryAfter.flatMap(time).map { " and asks to wait (Retry-After: \($0))" } ?? ""
  }
}

extension FetchError {
  /// A Retry-After that is a number or a date; anything else may be whatever the server was sent.
  private static func time(_ retryAfter: String) -> String? {
    Int64(retryAfter) != nil || HTTPDate.instant(retryAfter) != nil ? retryAfter : nil
  }

  /// Whether the same request would fail again.
  var isLasting: Bool { if case .lasting = RetryPolicy.Failure(self) { true } else { false } }

  /// Whether the server says when to come again.
  var asksToWait: Bool {
    if case .busy(_, _, let retryAfter) = self { retryAfter != nil } else { false }
  }

  /// The reason of another attempt, in a word.
  var kindOfRetry: String {
    switch self {
    case .busy(let status, _, _): String(status)
    case .transport(.timedOut), .transport(.connectTimedOut): "timeout"
    case .transport: "connection"
    default: "other"
    }
  }
}
