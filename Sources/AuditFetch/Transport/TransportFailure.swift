public import AuditModel

/// Why no response came, or none that can be used; `place` is host and port.
public enum TransportFailure: AuditFailure, Equatable {
  case unreachable(place: String, reason: String)
  case unknownHost(place: String)
  case connectTimedOut(place: String, limit: String)
  case timedOut(place: String, what: String)
  case tls(place: String, check: TLSCheck)
  case clientCertificateRequired(place: String)
  case clientCertificateRefused(place: String)
  case proxyRefused(place: String)
  case brokenHTTP(place: String, reason: String)
  case bodyTooLarge(place: String, limit: Int)

  public var exitStatus: ExitStatus {
    switch self {
    case .unreachable, .unknownHost, .connectTimedOut, .timedOut, .tls: .unreachable
    case .clientCertificateRequired, .clientCertificateRefused, .proxyRefused: .refused
    case .brokenHTTP, .bodyTooLarge: .brokenProtocol
    }
  }

  public var description: String {
    switch self {
    case .unreachable(let place, let reason):
      "\(place) cannot be reached: \(TerminalText.clean(reason)). "
        + "Check the address, the network and the proxy."
    case .unknownHost(let place):
      "\(place) cannot be reached: there is no such host. Check the host's name and the resolver."
    case .connectTimedOut(let place, let limit):
      "\(place) cannot be reached: connect timeout \(limit). Check the address, the network and the proxy."
    case .timedOut(let place, let what):
      "\(place) did not answer in time (\(what)). Raise KEYFACTOR_CLIENT_TIMEOUT or lower --page-size."
    case .tls(let place, let check):
      "no secure connection to \(place): \(check.description). \(check.advice)"
    case .clientCertificateRequired(let place):
      "the server requires a client certificate: \(place). Give it with --client-cert and --client-key."
    case .clientCertificateRefused(let place):
      "the server refused the client certificate: \(place). Check the validity of --client-cert, its chain, "
        + "and whom the server trusts."
    case .proxyRefused(let place):
      "the proxy on the way to \(place) refused the credentials (407). Check the proxy's user and password."
    case .brokenHTTP(let place, let reason):
      "\(place) does not speak HTTP as it should: \(TerminalText.clean(reason))."
    case .bodyTooLarge(let place, let limit):
      "\(place) sent a body over \(limit >> 20) MiB. Lower --page-size."
    }
  }
}
