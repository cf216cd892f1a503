import AuditModel
import NIOSSL
import Testing

@testable import AuditFetch

@Suite("Secure connections")
struct TransportTLSTests {
  private let certificates: TestCertificates

  init() throws {
    certificates = try TestCertificates()
  }

  private static let answer = RawServer.Behaviour.answer(
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]")

  /// A server that wants a client certificate of the test's authority.
  private func demanding() throws -> TLSConfiguration {
    try certificates.issue("server")
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
    _ tls: TLSConfiguration, _ connection: Connection, _ behaviour: RawServer.Behaviour = answer
  ) async throws -> Int {
    try await RawServer.with(behaviour, tls: tls) { server in
      try await HTTPClientTransport.with(connection, proxy: nil) { transport in
        let url = "https://127.0.0.1:\(server.port)/x"
        let response = try await transport.send(
          HTTPRequestValue(method: .get, url: url, headers: []))
        return response.status
      }
    }
  }

  private func failure(
    _ tls: TLSConfiguration, _ connection: Connection
  ) async throws -> TransportFailure {
    try await #require(throws: TransportFailure.self) { _ = try await status(tls, connection) }
  }

  private func check(_ tls: TLSConfiguration, _ connection: Connection) async throws -> TLSCheck {
    guard case .tls(_, let check) = try await failure(tls, connection) else {
      throw CancellationError()
    }
    return check
  }

  @Test("F56: a certificate of an authority that nobody named is not trusted; with --ca-file it is")
  func untrusted() async throws {
    try certificates.issue("server")
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
    try certificates.issue("server", days: -1)
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
    try certificates.issue("server", for: "DNS:elsewhere.example")
    #expect(try await check(certificates.server("server"), connection()) == .otherHost)
  }

  @Test("F58: a whole answer is an answer, though TLS was not closed as it should be")
  func wholeAnswerDropped() async throws {
    try certificates.issue("server")
    let whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"
    let tls = try certificates.server("server")
    #expect(try await status(tls, connection(), .answerAndDrop(whole)) == 200)
  }

  @Test("F24: an answer that is dropped in its middle may be asked for again, over TLS too")
  func dropped() async throws {
    try certificates.issue("server")
    let tls = try certificates.server("server")
    for half in ["HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[]", "HTTP/1.1 200 OK\r\n\r\n[1", ""]
    {
      let error = try await #require(throws: TransportFailure.self) {
        _ = try await status(tls, connection(), .answerAndDrop(half))
      }
      #expect(
        RetryPolicy.Failure(.transport(error)) == .passing(.transport(error), retryAfter: nil))
    }
  }

  @Test("A connection that is closed during the handshake may be made again")
  func closedHandshake() async throws {
    let error = try await RawServer.with(.hangUp) { server in
      try await #require(throws: TransportFailure.self) {
        try await HTTPClientTransport.with(connection(), proxy: nil) { transport in
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
    try certificates.issue("server")
    var tls = try certificates.server("server")
    tls.minimumTLSVersion = .tlsv1
    tls.maximumTLSVersion = .tlsv11
    #expect(try await check(tls, connection()) == .oldProtocol)
  }

  @Test("F57: a server that requires a client certificate gets one, or says that it does")
  func clientCertificate() async throws {
    let tls = try demanding()
    try certificates.issue("client")
    let identified = try connection(certificate: "client.pem", key: "client.key")
    #expect(try await status(tls, identified) == 200)
    let error = try await failure(tls, connection())
    #expect(error.exitStatus == .refused)
    #expect(error.description.contains("requires a client certificate"))
  }

  @Test("F57: with TLS 1.2 such a server only breaks off; the message says why that may be")
  func clientCertificateBefore13() async throws {
    var tls = try demanding()
    tls.maximumTLSVersion = .tlsv12
    let error = try await failure(tls, connection())
    #expect(error.description.contains("--client-cert"))
    #expect(!error.description.contains("/Sources/"))
  }

  @Test("F57: a client certificate of an authority that the server does not know is refused")
  func unknownClient() async throws {
    let tls = try demanding()
    let stranger = try TestCertificates()
    try stranger.issue("client")
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
      ("ca.pem", "client.key", "client.key", "--client-cert holds"),
      ("client.key", "client.pem", "client.key", "--ca-file"),
    ])
  func unusableFiles(authority: String, certificate: String, key: String, says: String)
    async throws
  {
    try certificates.issue("client")
    try certificates.issue("other")
    try certificates.encrypt("client")
    var connection = try connection(certificate: certificate, key: key)
    connection.trustedCertificates = try certificates.read(authority)
    let unusable = connection
    let error = try await #require(throws: FetchError.self) {
      try await HTTPClientTransport.with(unusable, proxy: nil) { _ in }
    }
    #expect(error.exitStatus == .configuration)
    #expect(error.description.contains(says))
  }
}
