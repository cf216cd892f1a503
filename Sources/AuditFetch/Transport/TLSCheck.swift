public import AuditModel

/// Which check of a TLS handshake failed.
public enum TLSCheck: Sendable, Equatable, CustomStringConvertible {
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
  public var description: String {
    switch self {
    case .untrusted: "the server's certificate is not trusted"
    case .expired(let end): "the server's certificate has expired; it was valid until \(end)"
    case .notYetValid(let start): "the server's certificate is not valid before \(start)"
    case .otherHost: "the server's certificate is for another host"
    case .oldProtocol: "the server does not speak TLS 1.2 or later"
    case .notTLS: "the server does not speak TLS on this port"
    case .handshakeRefused: "the server broke off the handshake"
    case .other(let reason): "the handshake failed (\(TerminalText.clean(reason, limit: 80)))"
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
