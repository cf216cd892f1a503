/// Everything needed to talk to a server.
package struct Connection: Sendable, Equatable {
  /// The server.
  package var server: ServerAddress
  /// Who asks.
  package var credentials: Credentials
  /// Certificates to trust besides the system's, in PEM.
  package var trustedCertificates: [UInt8]?
  /// Who named them and where they lie, for messages.
  package var trustedCertificatesOrigin = "--ca-file"
  /// The client's certificate chain, in PEM.
  package var clientCertificate: [UInt8]?
  /// The key of the client's certificate, in PEM.
  package var clientKey: [UInt8]?
  /// The proxy, already decided for this server.
  package var proxy: ProxyAddress?
  /// The proxy, already decided for the token endpoint, which may be elsewhere.
  package var tokenProxy: ProxyAddress?
  /// How long one request may take when the user does not say, in seconds.
  package static let standardTimeoutSeconds = 120
  /// How long one request may take, in seconds; `nil` when the user does not say.
  package var timeoutSeconds: Int?

  /// Makes a connection without the optional parts.
  package init(server: ServerAddress, credentials: Credentials, timeoutSeconds: Int? = nil) {
    self.server = server
    self.credentials = credentials
    self.timeoutSeconds = timeoutSeconds
  }
}

/// An HTTP proxy.
package struct ProxyAddress: Sendable, Equatable {
  /// Its host.
  package var host: String
  /// Its port.
  package var port: Int
  /// The user it asks for.
  package var user: String?
  /// The user's password.
  package var password: Secret?

  /// Makes a proxy address.
  package init(host: String, port: Int, user: String? = nil, password: Secret? = nil) {
    self.host = host
    self.port = port
    self.user = user
    self.password = password
  }
}

/// Where Keyfactor Command's API is: `https://host[:port]/KeyfactorAPI`.
package struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
  /// `https`, or `http` on loopback.
  package var scheme: String
  /// A host name or an address; an IPv6 address without brackets.
  package var host: String
  /// The port; `nil` for the scheme's own, which some proxies refuse to see spelled out.
  package var port: Int?
  /// The API's path, with a leading and without a trailing slash, spelled as the user spells it.
  package var path: String

  /// Makes an address.
  package init(scheme: String, host: String, port: Int?, path: String) {
    self.scheme = scheme
    self.host = host
    self.port = port
    self.path = path
  }

  /// The base URL.
  package var description: String {
    let host = host.holds(":") ? "[\(host)]" : host
    return "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")\(path)"
  }
}
