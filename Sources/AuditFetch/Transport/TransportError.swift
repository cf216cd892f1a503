package import AuditModel

/// Why no response came, or none that can be used; `place` is host and port.
package enum TransportError: AuditFailure, Equatable {
  /// No connection, or one that was closed before the answer was whole.
  case unreachable(place: String, reason: String)
  /// The name has no address.
  case unknownHost(place: String)
  /// Nobody answered the connection within the limit, in words.
  case connectTimedOut(place: String, limit: String)
  /// Connected, but a limit ran out: that to the first byte, between bytes or for all.
  case timedOut(place: String, what: String)
  /// The handshake failed, or the certificate did not pass.
  case tls(place: String, check: TLSCheck)
  /// Neither this machine nor the user names an authority to trust; `place` is the URL.
  case noAuthorities(place: String)
  /// This machine has no more of what a connection needs.
  case machine(place: String, reason: String)
  /// The server wants a client certificate, and none was given.
  case clientCertificateRequired(place: String)
  /// The server does not accept the client certificate.
  case clientCertificateRefused(place: String)
  /// The proxy answered 407.
  case proxyRefused(place: String)
  /// What came is not HTTP, or contradicts itself.
  case brokenHTTP(place: String, reason: String)
  /// The body, decompressed, is larger than the limit in bytes.
  case bodyTooLarge(place: String, limit: Int)

  /// Host and port, what went wrong there, and what to check.
  package var message: Message {
    switch self {
    case .unreachable(let place, let reason):
      Message(.unreachable, place, TerminalText.sanitized(reason))
    case .unknownHost(let place): Message(.unknownHost, place)
    case .connectTimedOut(let place, let limit): Message(.connectTimeout, place, limit)
    case .timedOut(let place, let what): Message(.responseTimeout, place, what)
    case .tls(let place, let check): check.message(at: place)
    case .noAuthorities(let place): Message(.noAuthorities, place)
    case .machine(let place, let reason):
      Message(.connectionLimit, place, TerminalText.sanitized(reason))
    case .clientCertificateRequired(let place): Message(.clientCertificateRequired, place)
    case .clientCertificateRefused(let place): Message(.clientCertificateRefused, place)
    case .proxyRefused(let place): Message(.proxyRefused, place)
    case .brokenHTTP(let place, let reason):
      Message(.brokenHTTP, place, TerminalText.sanitized(reason))
    case .bodyTooLarge(let place, let limit): Message(.bodyTooLarge, place, "\(limit >> 20)")
    }
  }
}

/// Which check of a TLS handshake failed.
package enum TLSCheck: Sendable, Equatable {
  /// No trusted authority vouches for the server's certificate.
  case untrusted
  /// A certificate that the server showed is no longer valid.
  case expired(Instant)
  /// A certificate that the server showed is not yet valid.
  case notYetValid(Instant)
  /// The certificate names other hosts.
  case otherHost
  /// The server speaks nothing from TLS 1.2 on.
  case oldProtocol
  /// What answers does not speak TLS.
  case notTLS
  /// The server broke the handshake off without a reason.
  case handshakeRefused
  /// Something else, in the library's word.
  case other(String)

  /// What failed at a place, and what to do about it.
  func message(at place: String) -> Message {
    switch self {
    case .untrusted: Message(.untrustedCertificate, place)
    case .expired(let end):
      Message(.certificateOutOfDate, place, "has expired; it was valid until \(end)")
    case .notYetValid(let start):
      Message(.certificateOutOfDate, place, "is not valid before \(start)")
    case .otherHost: Message(.certificateOfOtherHost, place)
    case .oldProtocol: Message(.noTLS, place, "the server does not speak TLS 1.2 or later")
    case .notTLS: Message(.noTLS, place, "the server does not speak TLS on this port")
    case .handshakeRefused: Message(.handshakeFailed, place, "the server broke off the handshake")
    case .other(let reason):
      Message(
        .handshakeFailed, place,
        "the handshake failed (\(TerminalText.sanitized(reason, limit: 80)))")
    }
  }
}
