import AuditModel
import Foundation
import NIOSSL
import TestServer
import Testing

@testable import AuditFetch
@testable import AuditTransport

@Suite("Secure connections")
struct TransportTLSTests {
  private let certificates: TestCertificates

  init() async throws {
    certificates = try await TestCertificates()
  }

  private static let answer = RawServer.Answer.text(
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]")

  /// A server that wants a client certificate of the test's authority.
  private func demanding() async throws -> TLSConfiguration {
    try await certificates.issue("server")
    var tls = try certificates.server("server")
    tls.certificateVerification = .noHostnameVerification
    tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(certificates.read("ca.pem")))
    return tls
  }

  private func connection(certificate: String? = nil, key: String? = nil) throws -> Connection {
    let server = ServerAddress(scheme: "https", host: "127.0.0.1", port: nil, path: "")
    var connection = Connection(
      server: server, credentials: .bearer(Secret("t")), timeoutSeconds: 60)
    connection.trustedCertificates = try certificates.read("ca.pem")
    connection.clientCertificate = try certificate.map(certificates.read)
    connection.clientKey = try key.map(certificates.read)
    return connection
  }

  private func status(
    _ tls: TLSConfiguration, _ connection: Connection, _ behaviour: RawServer.Answer = answer
  ) async throws -> Int {
    try await RawServer.with(behaviour, tls: tls) { server in
      try await HTTPTransportFactory().with(connection, proxy: nil) { transport in
        let url = "https://127.0.0.1:\(server.port)/x"
        let response = try await transport.send(
          HTTPRequestValue(method: .get, url: url, headers: []))
        return response.status
      }
    }
  }

  private func failure(
    _ tls: TLSConfiguration, _ connection: Connection
  ) async throws -> TransportError {
    try await #require(throws: TransportError.self) { _ = try await status(tls, connection) }
  }

  private func check(_ tls: TLSConfiguration, _ connection: Connection) async throws -> TLSCheck {
    guard case .tls(_, let check) = try await failure(tls, connection) else {
      throw CancellationError()
    }
    return check
  }

  @Test("F56: a certificate of an authority that nobody named is not trusted; with --ca-file it is")
  func untrusted() async throws {
    try await certificates.issue("server")
    let tls = try certificates.server("server")
    #expect(try await status(tls, connection()) == 200)
    var trusting = try connection()
    trusting.trustedCertificates = nil
    let error = try await failure(tls, trusting)
    #expect(error.exitStatus == .unreachable)
    #expect(error.description.contains("--ca-file"))
  }

  @Test("F56: an expired certificate is called expired, with its date, and not an unknown one")
  func expired() async throws {
    try await certificates.issue("server", days: -1)
    guard case .expired(let end) = try await check(certificates.server("server"), connection())
    else {
      Issue.record("not found to have expired")
      return
    }
    let leaf = try #require(
      try NIOSSLCertificate.fromPEMBytes(certificates.read("server.pem")).first)
    #expect(end.milliseconds == Int64(leaf.notValidAfter) * 1000)
  }

  @Test("F56: a certificate for another host is refused, however trusted")
  func otherHost() async throws {
    try await certificates.issue("server", for: "DNS:elsewhere.example")
    #expect(try await check(certificates.server("server"), connection()) == .otherHost)
  }

  @Test("F58: a whole answer is an answer, though TLS was not closed as it should be")
  func wholeAnswerDropped() async throws {
    try await certificates.issue("server")
    let whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"
    let tls = try certificates.server("server")
    #expect(try await status(tls, connection(), .text(whole, then: .drop)) == 200)
  }

  @Test("F24: an answer that is dropped in its middle may be asked for again, over TLS too")
  func dropped() async throws {
    try await certificates.issue("server")
    let tls = try certificates.server("server")
    for half in ["HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[]", "HTTP/1.1 200 OK\r\n\r\n[1", ""]
    {
      let error = try await #require(throws: TransportError.self) {
        _ = try await status(tls, connection(), .text(half, then: .drop))
      }
      #expect(
        RetryPolicy.Failure(.transport(error)) == .passing(.transport(error), retryAfter: nil))
    }
  }

  @Test("A connection that is closed during the handshake may be made again")
  func closedHandshake() async throws {
    let error = try await RawServer.with(nil) { server in
      try await #require(throws: TransportError.self) {
        try await HTTPTransportFactory().with(connection(), proxy: nil) { transport in
          _ = try await transport.send(
            HTTPRequestValue(
              method: .get, url: "https://127.0.0.1:\(server.port)/x", headers: []))
        }
      }
    }
    #expect(
      RetryPolicy.Failure(.transport(error)) == .passing(.transport(error), retryAfter: nil))
  }

  @Test("F57: TLS 1.1 is too old")
  func oldProtocol() async throws {
    try await certificates.issue("server")
    var tls = try certificates.server("server")
    tls.minimumTLSVersion = .tlsv1
    tls.maximumTLSVersion = .tlsv11
    #expect(try await check(tls, connection()) == .oldProtocol)
  }

  @Test("F57: a server that requires a client certificate gets one, or says that it does")
  func clientCertificate() async throws {
    let tls = try await demanding()
    try await certificates.issue("client")
    let identified = try connection(certificate: "client.pem", key: "client.key")
    #expect(try await status(tls, identified) == 200)
    let error = try await failure(tls, connection())
    #expect(error.exitStatus == .refused)
    #expect(error.description.contains("requires a client certificate"))
  }

  @Test("F57: with TLS 1.2 such a server only breaks off; the message says why that may be")
  func clientCertificateBefore13() async throws {
    var tls = try await demanding()
    tls.maximumTLSVersion = .tlsv12
    let error = try await failure(tls, connection())
    #expect(error.description.contains("--client-cert"))
    #expect(!error.description.contains("/Sources/"))
  }

  @Test("F57: a client certificate of an authority that the server does not know is refused")
  func unknownClient() async throws {
    let tls = try await demanding()
    let stranger = try await TestCertificates()
    try await stranger.issue("client")
    var identified = try connection()
    identified.clientCertificate = try stranger.read("client.pem")
    identified.clientKey = try stranger.read("client.key")
    let error = try await failure(tls, identified)
    #expect(error.exitStatus == .refused)
    #expect(error.description.contains("refused the client certificate"))
  }

  @Test(
    "F57: files that cannot be used are named before anything is sent",
    arguments: [
      ("ca.pem", "client.pem", "other.key", "does not belong"),
      ("ca.pem", "client.pem", "client-encrypted.key", "--client-key"),
      ("ca.pem", "client.key", "client.key", "--client-cert contains"),
      ("client.key", "client.pem", "client.key", "--ca-file"),
    ])
  func unusableFiles(authority: String, certificate: String, key: String, says: String)
    async throws
  {
    try await certificates.issue("client")
    try await certificates.issue("other")
    try await certificates.encrypt("client")
    var connection = try connection(certificate: certificate, key: key)
    connection.trustedCertificates = try certificates.read(authority)
    let unusable = connection
    let error = try await #require(throws: FetchError.self) {
      try await HTTPTransportFactory().with(unusable, proxy: nil) { _ in }
    }
    #expect(error.exitStatus == .configuration)
    #expect(error.description.contains(says))
  }

  /// A folder that stands for a machine's root.
  private func machine(_ files: [String: [UInt8]] = [:]) throws -> SystemAuthorities {
    let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    for (path, bytes) in files {
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    return SystemAuthorities(root: root.path)
  }

  @Test("On a machine without authorities a CA file suffices, also beside a client certificate")
  func bareMachine() async throws {
    let tls = try await demanding()
    try await certificates.issue("client")
    let identified = try connection(certificate: "client.pem", key: "client.key")
    let bare = try machine()
    let status = try await RawServer.with(Self.answer, tls: tls) { server in
      try await HTTPTransportFactory(authorities: bare).with(identified, proxy: nil) { transport in
        try await transport.send(
          HTTPRequestValue(
            method: .get, url: "https://127.0.0.1:\(server.port)/x", headers: [])
        ).status
      }
    }
    #expect(status == 200)
  }

  @Test("Without a CA file such a machine connects to nobody over TLS, and says why at once")
  func nobodyToTrust() async throws {
    try await certificates.issue("server")
    var connection = try connection()
    connection.trustedCertificates = nil
    let (trusting, bare) = (connection, try machine(["etc/ssl/certs/ca-certificates.crt": []]))
    let tls = try certificates.server("server")
    try await RawServer.with(Self.answer, tls: tls) { server in
      let error = try await #require(throws: TransportError.self) {
        try await HTTPTransportFactory(authorities: bare).with(trusting, proxy: nil) { transport in
          _ = try await transport.send(
            HTTPRequestValue(
              method: .get, url: "HTTPS://127.0.0.1:\(server.port)/x", headers: []))
        }
      }
      #expect(error.exitStatus == .configuration)
      #expect(error.description.contains("ca-certificates"))
      #expect(error.description.contains("--ca-file"))
      #expect(RetryPolicy.Failure(.transport(error)) == .lasting(.transport(error)))
      #expect(server.requests.isEmpty)
    }
  }

  @Test("Plain http needs no authorities")
  func plainHTTP() async throws {
    let server = ServerAddress(scheme: "http", host: "127.0.0.1", port: nil, path: "")
    let connection = Connection(
      server: server, credentials: .bearer(Secret("t")), timeoutSeconds: 60)
    let bare = try machine()
    let status = try await RawServer.with(Self.answer) { server in
      try await HTTPTransportFactory(authorities: bare).with(connection, proxy: nil) { transport in
        try await transport.send(
          HTTPRequestValue(method: .get, url: "http://127.0.0.1:\(server.port)/x", headers: [])
        ).status
      }
    }
    #expect(status == 200)
  }

  @Test(
    "A machine's authorities are found wherever its distribution keeps them",
    arguments: SystemAuthorities.places.dropLast() + ["/etc/ssl/certs/1a2b3c4d.0"])
  func places(place: String) throws {
    let found = try machine([place: try certificates.read("ca.pem")]).trustRoots
    let expected = place.hasSuffix(".0") ? "/etc/ssl/certs" : place
    guard case .file(let path) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(path.hasSuffix(expected))
  }

  @Test("A key that does not belong to its certificate is the fault, whatever the machine trusts")
  func keyOnBareMachine() async throws {
    try await certificates.issue("client")
    try await certificates.issue("other")
    let bare = try machine()
    let fitting = try connection(certificate: "client.pem", key: "client.key")
    #expect(throws: Never.self) { try ClientTLS.configuration(fitting, authorities: bare) }
    let wrong = try connection(certificate: "client.pem", key: "other.key")
    let error = #expect(throws: FetchError.self) {
      try ClientTLS.configuration(wrong, authorities: bare)
    }
    #expect(error?.description.contains("does not belong") == true)
  }

  @Test("A server may ask for the client certificate once it has read the request")
  func renegotiation() async throws {
    try await certificates.issue("server")
    try await certificates.issue("client")
    let identified = try connection(certificate: "client.pem", key: "client.key")
    let server = try await RenegotiatingServer(in: certificates.folder)
    defer { server.stop() }
    let response = try await HTTPTransportFactory().with(identified, proxy: nil) { transport in
      try await transport.send(
        HTTPRequestValue(method: .get, url: "https://127.0.0.1:\(server.port)/x", headers: []))
    }
    #expect(response.body == Array("[]".utf8))
  }

  @Test("Without a client certificate a second handshake is refused")
  func noRenegotiation() throws {
    #expect(
      try ClientTLS.configuration(connection(), authorities: machine()).renegotiationSupport
        == .none)
  }
}

extension HTTPTransportFactory {
  /// Connects from a machine that trusts others than this one.
  fileprivate init(authorities: SystemAuthorities) {
    self.init()
    self.authorities = authorities
  }
}
