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
  case exhausted(attempts: Int, last: String, status: ExitStatus)
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

  /// 69 and 75 for what may pass, 76 for what is no such API, 77 for what is refused, 78 and 64 for
  /// what was configured or asked.
  package var exitStatus: ExitStatus {
    switch self {
    case .transport(let failure): failure.exitStatus
    case .unusableCertificates, .unsendableToken: .configuration
    case .tokenEndpoint(_, _, _, let isProtocol): isProtocol ? .brokenProtocol : .refused
    case .credentialsRefused, .forbidden: .refused
    case .busy(429, _, _): .tryLater
    case .busy: .unreachable
    case .status, .rejected, .redirected, .brokenPaging, .filterIgnored: .brokenProtocol
    case .exhausted(_, _, let status): status
    case .askedToWait, .budgetSpent, .deadline: .tryLater
    case .clocksDiffer: .configuration
    case .brokenData: .brokenData
    case .openWindow: .usage
    case .unexpectedBody(_, _, let isLogin, let wasBearer):
      isLogin && wasBearer ? .refused : .brokenProtocol
    }
  }

  /// The request's address, what came back, and what to check; never a credential.
  package var description: String {
    switch self {
    case .transport(let failure): failure.description
    case .unusableCertificates(let reason):
      "the certificates cannot be used: \(TerminalText.sanitized(reason)). Nothing was sent; give PEM files, the "
        + "key unencrypted."
    case .tokenEndpoint(let url, let status, let reason, _):
      "\(url) gave no access token (status \(status))\(reason.isEmpty ? "" : ": \(reason)"). Check KEYFACTOR_AUTH_TOKEN_URL, "
        + "KEYFACTOR_AUTH_CLIENT_ID and KEYFACTOR_AUTH_CLIENT_SECRET."
    case .credentialsRefused(let place, let wasRenewed):
      wasRenewed
        ? "\(place) answered 401: credentials refused twice, the second time with a new token. "
          + "Check KEYFACTOR_AUTH_AUDIENCE, and that Keyfactor Command knows the client."
        : "\(place) answered 401: credentials refused. Check the user, with its domain, and the "
          + "password (KEYFACTOR_USERNAME, KEYFACTOR_DOMAIN, KEYFACTOR_PASSWORD), or the access token "
          + "(KEYFACTOR_AUTH_ACCESS_TOKEN)."
    case .forbidden(let place, let reason):
      "\(place) answered 403\(reason). The account needs the permission /workflows/instances/read/."
    case .status(let status, let place, let reason):
      "\(place) answered \(status)\(reason). Check the address of the API, its path included."
    case .rejected(let place, let reason, let parameters):
      "\(place) rejected the query with 400\(reason). The parameters sent were \(parameters); "
        + "check the version of the API."
    case .unsendableToken:
      "the access token has characters that no header can carry, such as a line break. "
        + "Check KEYFACTOR_AUTH_ACCESS_TOKEN."
    case .busy(let status, let place, let retryAfter):
      "\(place) answered \(status)"
        + (retryAfter.flatMap(Self.time).map { " and asks to wait (Retry-After: \($0))" } ?? "")
        + ". Run again later."
    case .redirected(let status, let place, let target):
      "\(place) answered \(status): redirect refused, to \(target). Credentials never follow a redirect; "
        + "give the final address."
    case .unexpectedBody(let place, let found, let isLogin, _):
      "\(place) sent \(found)\(isLogin ? "; probably a login page" : ""). "
        + "Check the address and its path, and whether a proxy stands in between."
    case .brokenPaging(let place, let reason):
      "\(place): \(reason). A read on such answers could miss instances, so it stops here; "
        + "ask whoever runs the server."
    case .brokenData(let place, let reason):
      "\(place): \(reason). Every figure counts instances by these ids, so none can be given; ask whoever runs "
        + "the server."
    case .filterIgnored(let place):
      "\(place): filter ignored. Neither QueryString nor pq.queryString has an effect; "
        + "check the API version and that no proxy removes the parameters."
    case .exhausted(let attempts, let last, _): "after \(attempts) attempts: \(last)"
    case .askedToWait(let seconds, let last):
      "the server asks to wait \(seconds) s, longer than a run waits: \(last) What was read is kept for six hours."
    case .deadline(let seconds, let place, let progress):
      "the deadline of \(seconds) s is reached while reading \(place): \(progress). The same command within "
        + "six hours resumes the read; --deadline gives it more time."
    case .clocksDiffer(let server, let host):
      "the server's clock says \(server) and this machine's \(host), \(abs(server.milliseconds(since: host)) / 1000) s "
        + "apart: a window would not mean the same to both. Set the clock that is wrong."
    case .openWindow(let end, let server, let isServersClock):
      "the window ends at \(end), but \(isServersClock ? "the server's" : "this machine's") time is \(server) and "
        + "instances need \(ServerClock.settleMinutes) minutes to settle; end the window at or before "
        + "\(server.advanced(byMilliseconds: -ServerClock.settleMinutes * 60_000)), or pass --allow-open-window."
    case .budgetSpent(let retries, let requests, let last):
      "retry budget 20 % exhausted: \(retries) retries for \(requests) requests, the last one because \(last)"
    }
  }
}

extension FetchError {
  /// A Retry-After that is a number or a date; anything else may be whatever the server was sent.
  private static func time(_ retryAfter: String) -> String? {
    Int64(retryAfter) != nil || HTTPDate.instant(retryAfter) != nil ? retryAfter : nil
  }

  /// Whether the same request would fail again.
  var isLasting: Bool {
    if case .lasting = RetryPolicy.Failure(self) { true } else { false }
  }

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
