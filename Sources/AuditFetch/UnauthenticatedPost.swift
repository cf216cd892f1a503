package import AuditModel

/// A single POST of some bytes to an address that asks for no credentials.
package struct UnauthenticatedPost: Sendable {
  private var connection: Connection
  private let url: WebAddress
  private let proxy: ProxyAddress?
  private let network: Network

  /// Makes a post to an address, over TLS where it says so.
  package init(
    url: WebAddress, trustedCertificates: [UInt8]?, proxy: ProxyAddress?, network: Network
  ) {
    self.url = url
    self.proxy = proxy
    self.network = network
    // The credentials are never asked for: a transport sends what it is given and nothing else.
    connection = Connection(
      server: ServerAddress(scheme: url.scheme, host: url.host, port: url.port, path: url.path),
      credentials: .bearer(Secret("")))
    connection.trustedCertificates = trustedCertificates
  }

  /// The body of the answer, whose status must be 200.
  ///
  /// - Throws: A `FetchError` when there is no such answer; it is not asked for twice.
  package func send(
    _ body: [UInt8], mediaType: String, accepting answerType: String
  ) async throws -> [UInt8] {
    let response = try await network.transports.with(connection, proxy: proxy) { transport in
      try await transport.send(
        HTTPRequestValue(
          method: .post, url: url.description,
          headers: [
            .init(name: "content-type", value: mediaType),
            .init(name: "accept", value: answerType),
          ],
          body: body))
    }
    let secrets = [proxy?.password].compactMap { $0 }
    guard response.status == 200 else {
      throw FetchError.status(
        response.status, place: WebAddress.redacted(url.description),
        reason: ForeignAnswer(response: response, trace: SecretTrace(of: secrets)).facts)
    }
    return response.body
  }
}
