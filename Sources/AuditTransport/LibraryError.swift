import AsyncHTTPClient
import AuditFetch
import AuditModel
import FoundationEssentials
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import SafeGzip

/// An error of the HTTP, TLS or socket library, to be said in words.
///
/// The library's own descriptions are never shown whole: they hold header values, and with them credentials,
/// or the paths of the machine that built it.
struct LibraryError {
  let error: any Error
  /// Host and port of the server.
  let place: String
  /// The proxy on the way.
  let proxy: ProxyAddress?
  /// How long anything may take.
  let limits: TransportLimits
  /// Whether a resolver that was asked just now says that there is no such host, rather than that it cannot say.
  var isUnknownHost: @Sendable (String) -> Bool = HostLookup.isUnknown

  /// Whether an error says that the connection ended before the answer did.
  static func isEnd(_ error: any Error) -> Bool {
    if let error = error as? HTTPClientError { return error == .remoteConnectionClosed }
    return error as? HTTPParserError == .invalidEOFState
  }

  /// The error in words.
  var failure: TransportError {
    switch error {
    case let error as HTTPClientError: failure(error)
    case let fault as ExchangeError: failure(fault)
    case let error as NIOConnectionError: failure(error)
    case let error as IOError: failure(error, at: place)
    case NIOSSLError.uncleanShutdown: truncated
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
      Self.handshake(String(describing: error), at: place)
    case HTTPParserError.invalidEOFState: truncated
    case HTTPParserError.unexpectedContentLength:
      .brokenHTTP(place: place, reason: "conflicting framing, more than one Content-Length")
    case HTTPParserError.headerOverflow: failure(ExchangeError.headTooLarge)
    case HTTPParserError.invalidHeaderToken:
      .brokenHTTP(place: place, reason: "a header contains characters that are not allowed")
    case HTTPParserError.unknown:
      .brokenHTTP(
        place: place,
        reason: "conflicting framing, a length and chunks, or something that is not HTTP")
    case let error as HTTPParserError: .brokenHTTP(place: place, reason: "\(error)")
    case GzipError.overLimit(let limit): .bodyTooLarge(place: place, limit: limit)
    case is GzipError: .brokenHTTP(place: place, reason: "the body's content coding is broken")
    default: .unreachable(place: place, reason: "\(type(of: error))")
    }
  }

  private func failure(_ fault: ExchangeError) -> TransportError {
    switch fault {
    case .tookTooLong(let limit): .timedOut(place: place, what: limit)
    case .headTooLarge:
      .brokenHTTP(place: place, reason: "the header of the answer is larger than 64 KiB")
    case .bodyTooLarge: .bodyTooLarge(place: place, limit: HTTPClientTransport.largestBody)
    case .truncated(let received, let length):
      .unreachable(
        place: place,
        reason: "the connection was closed: the answer is truncated: \(received) of \(length) bytes"
      )
    }
  }

  private var truncated: TransportError {
    .unreachable(place: place, reason: "the connection was closed: the answer is truncated")
  }

  private func failure(_ error: HTTPClientError) -> TransportError {
    switch error {
    case .connectTimeout:
      .connectTimedOut(place: place, limit: ExchangeWatch.text(limits.connectMilliseconds))
    case .tlsHandshakeTimeout:
      .unreachable(place: place, reason: "the TLS handshake takes too long")
    case .deadlineExceeded, .readTimeout:
      .timedOut(place: place, what: "the answer was not complete")
    case .httpProxyHandshakeTimeout:
      .unreachable(place: place, reason: "\(proxyName) does not connect in time")
    case .invalidProxyResponse:
      .unreachable(place: place, reason: "\(proxyName) refuses to connect")
    case .proxyAuthenticationRequired: .proxyRefused(place: place)
    case .remoteConnectionClosed, .uncleanShutdown: truncated
    default: .brokenHTTP(place: place, reason: error.shortDescription)
    }
  }

  private func failure(_ error: NIOConnectionError) -> TransportError {
    let isProxy = error.host == proxy?.host && error.port == proxy?.port
    if error.connectionErrors.isEmpty, !isProxy, isUnknownHost(error.host) {
      return .unknownHost(place: place)
    }
    let place = isProxy ? proxyName : place
    guard let cause = error.connectionErrors.first else {
      return .unreachable(place: place, reason: "the name cannot be resolved")
    }
    guard let cause = cause.error as? IOError else {
      return .unreachable(place: place, reason: "\(type(of: cause.error))")
    }
    return failure(cause, at: place)
  }

  /// What a system call refused: what this machine lacks is no fault of the network, and trying again does not help.
  private func failure(_ error: IOError, at place: String) -> TransportError {
    switch POSIXErrorCode(rawValue: error.errnoCode) {
    case .EMFILE:
      .machine(place: place, reason: "this process has too many open files (RLIMIT_NOFILE)")
    case .ENFILE: .machine(place: place, reason: "this machine has too many open files")
    case .ENOMEM, .ENOBUFS: .machine(place: place, reason: "there is no memory for it")
    default: .unreachable(place: place, reason: Self.reason(for: error))
    }
  }

  private var proxyName: String {
    proxy.map { "the proxy \(HostAndPort(host: $0.host, port: $0.port))" } ?? "the proxy"
  }

  private static func reason(for error: IOError) -> String {
    switch POSIXErrorCode(rawValue: error.errnoCode) {
    case .ECONNREFUSED: "connection refused"
    case .ECONNRESET, .EPIPE: "the connection was reset"
    case .ETIMEDOUT: "connection timed out"
    case .EHOSTUNREACH, .ENETUNREACH: "no route to the host"
    default: "input/output error \(error.errnoCode)"
    }
  }

  /// What the TLS library says, which is told only by its text.
  private static func handshake(_ text: String, at place: String) -> TransportError {
    if text.holds("EOF during handshake") {
      return .unreachable(place: place, reason: "the connection was closed during the handshake")
    }
    if text.holds("ALERT_CERTIFICATE_REQUIRED") {
      return .clientCertificateRequired(place: place)
    }
    let refusals = [
      "ALERT_BAD_CERTIFICATE", "ALERT_UNSUPPORTED_CERTIFICATE", "ALERT_CERTIFICATE_",
      "ALERT_UNKNOWN_CA", "ALERT_ACCESS_DENIED",
    ]
    if refusals.contains(where: text.holds) { return .clientCertificateRefused(place: place) }
    let checks: [(String, TLSCheck)] = [
      ("CERTIFICATE_VERIFY_FAILED", .untrusted), ("failedToValidateHostname", .otherHost),
      ("unableToValidateCertificate", .otherHost), ("UNSUPPORTED_PROTOCOL", .oldProtocol),
      ("PROTOCOL_VERSION", .oldProtocol), ("WRONG_VERSION_NUMBER", .notTLS),
      ("ALERT_HANDSHAKE_FAILURE", .handshakeRefused),
    ]
    let known = checks.first { text.holds($0.0) }?.1
    return .tls(place: place, check: known ?? .other(routine(in: text)))
  }

  /// The library's name of an error, without the source file that raised it.
  private static func routine(in text: String) -> String {
    guard let marker = text.utf8.firstRange(of: "OPENSSL_internal:".utf8) else {
      return "no reason given"
    }
    let name = text.utf8[marker.upperBound...].prefix {
      $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_")
    }
    return String(decoding: name, as: UTF8.self)
  }
}

/// Asks the resolver once more about a name that could not be resolved: the library does not say why.
enum HostLookup {
  /// Whether there is no such host; a resolver that cannot be reached has not said so.
  static func isUnknown(_ host: String) -> Bool {
    var found: UnsafeMutablePointer<addrinfo>?
    // The name becomes a C string for the length of the call, and what was found is freed at once.
    let answer = unsafe getaddrinfo(host, nil, nil, &found)
    if let found = unsafe found { unsafe freeaddrinfo(found) }
    return answer == EAI_NONAME
  }
}
