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

  /// 69 when nothing came, 77 when credentials were refused, 76 when it was no HTTP, 74 and 78 when the fault is here.
  package var exitStatus: ExitStatus {
    switch self {
    case .unreachable, .unknownHost, .connectTimedOut, .timedOut, .tls: .unreachable
    case .clientCertificateRequired, .clientCertificateRefused, .proxyRefused: .refused
    case .brokenHTTP, .bodyTooLarge: .brokenProtocol
    case .noAuthorities: .configuration
    case .machine: .inputOutput
    }
  }

  /// Host and port, what went wrong there, and what to check.
  package var description: String {
    switch self {
    case .unreachable(let place, let reason):
      "\(place) cannot be reached: \(TerminalText.sanitized(reason)). "
        + "Check the address, the network and the proxy."
    case .unknownHost(let place):
      "\(place) cannot be reached: there is no such host. Check its name and this machine's DNS."
    case .connectTimedOut(let place, let limit):
      "\(place) cannot be reached: connect timeout \(limit). Check the address, the network and the proxy."
    case .timedOut(let place, let what):
      "\(place) did not answer in time (\(what)). Raise KEYFACTOR_CLIENT_TIMEOUT or lower --page-size."
    case .tls(let place, let check):
      "no secure connection to \(place): \(check.description). \(check.advice)"
    case .noAuthorities(let place):
      "no secure connection to \(place): this machine has no CA certificates (none in /etc/ssl and /etc/pki) and no CA "
        + "file is set. Install the package ca-certificates, or set --ca-file to the CA of the server's certificate."
    case .machine(let place, let reason):
      "no connection to \(place) can be made: \(TerminalText.sanitized(reason)). Free what others use, or raise the limit "
        + "of this process."
    case .clientCertificateRequired(let place):
      "the server requires a client certificate: \(place). Give it with --client-cert and --client-key."
    case .clientCertificateRefused(let place):
      "the server refused the client certificate: \(place). Check the validity of --client-cert, its chain, "
        + "and whom the server trusts."
    case .proxyRefused(let place):
      "the proxy on the way to \(place) refused the credentials (407). Check the proxy's user and password."
    case .brokenHTTP(let place, let reason):
      "\(place) does not speak HTTP as it should: \(TerminalText.sanitized(reason)). "
        + "Check the address, and whether a proxy stands in between."
    case .bodyTooLarge(let place, let limit):
      "\(place) sent a body over \(limit >> 20) MiB. Lower --page-size."
    }
  }
}

/// Which check of a TLS handshake failed.
package enum TLSCheck: Sendable, Equatable, CustomStringConvertible {
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

  /// The check in words.
  package var description: String {
    switch self {
    case .untrusted: "the server's certificate is not trusted"
    case .expired(let end): "the server's certificate has expired; it was valid until \(end)"
    case .notYetValid(let start): "the server's certificate is not valid before \(start)"
    case .otherHost: "the server's certificate is for another host"
    case .oldProtocol: "the server does not speak TLS 1.2 or later"
    case .notTLS: "the server does not speak TLS on this port"
    case .handshakeRefused: "the server broke off the handshake"
    case .other(let reason): "the handshake failed (\(TerminalText.sanitized(reason, limit: 80)))"
    }
  }

  /// What to do about it.
  var advice: String {
    switch self {
    case .untrusted:
      "If the server's certificate comes from your own CA, give it with --ca-file."
    case .expired, .notYetValid:
      "Check this machine's clock and have the certificate renewed; --ca-file cannot help."
    case .otherHost: "Check the host in --server; --ca-file cannot help."
    case .oldProtocol: "Ask for TLS 1.2 on the server."
    case .notTLS: "Check the port in --server."
    case .handshakeRefused:
      "It may require a client certificate (--client-cert, --client-key), or ciphers that are no longer safe."
    case .other:
      "Check the address, and --ca-file, --client-cert and --client-key if they are given."
    }
  }
}
