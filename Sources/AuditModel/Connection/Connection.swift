/// Everything needed to talk to a server.
public struct Connection: Sendable, Equatable {
  /// The server.
  public var server: ServerAddress
  /// Who asks.
  public var credentials: Credentials
  /// Certificates to trust besides the system's, in PEM.
  public var trustedCertificates: [UInt8]?
  /// The option or setting that they come from, for messages.
  public var trustedCertificatesOrigin = "--ca-file"
  /// The client's certificate chain, in PEM.
  public var clientCertificate: [UInt8]?
  /// The key of the client's certificate, in PEM.
  public var clientKey: [UInt8]?
  /// The proxy, already decided for this server.
  public var proxy: ProxyAddress?
  /// The proxy, already decided for the token endpoint, which may be elsewhere.
  public var tokenProxy: ProxyAddress?
  /// How long one request may take by default, in seconds.
  public static let standardTimeoutSeconds = 120
  /// How long one request may take, in seconds; `nil` for the default.
  public var timeoutSeconds: Int?

  /// Makes a connection without the optional parts.
  public init(server: ServerAddress, credentials: Credentials, timeoutSeconds: Int? = nil) {
    (self.server, self.credentials, self.timeoutSeconds) = (server, credentials, timeoutSeconds)
  }
}

/// An HTTP proxy.
public struct ProxyAddress: Sendable, Equatable {
  /// Its host.
  public var host: String
  /// Its port.
  public var port: Int
  /// The user it asks for.
  public var user: String?
  /// The user's password.
  public var password: Secret?

  /// Makes a proxy address.
  public init(host: String, port: Int, user: String? = nil, password: Secret? = nil) {
    (self.host, self.port, self.user, self.password) = (host, port, user, password)
  }
}

/// Where Keyfactor Command's API is: `https://host[:port]/KeyfactorAPI`.
public struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
  /// `https`, or `http` on loopback.
  public var scheme: String
  /// A host name or an address; an IPv6 address without brackets.
  public var host: String
  /// The port; `nil` for the scheme's own, which some proxies refuse to see spelled out.
  public var port: Int?
  /// The API's path, with a leading and without a trailing slash, spelled as the user spells it.
  public var path: String

  /// Makes an address.
  public init(scheme: String, host: String, port: Int?, path: String) {
    (self.scheme, self.host, self.port, self.path) = (scheme, host, port, path)
  }

  /// The port, the scheme's own where none is written.
  public var effectivePort: Int { port ?? WebAddress.standardPort(of: scheme) }

  /// The base URL.
  public var description: String {
    WebAddress.text(scheme: scheme, host: host, port: port, path: path)
  }
}

/// How the program identifies itself.
public enum Credentials: Sendable, Equatable {
  /// `DOMAIN\user` and a password.
  case basic(user: String, password: Secret)
  /// A token that someone else obtained.
  case bearer(Secret)
  /// OAuth2 client credentials.
  case clientCredentials(ClientCredentials)

  /// The account's name for the report; `nil` for a static token.
  public var principal: String? {
    switch self {
    case .basic(let user, _): user
    case .bearer: nil
    case .clientCredentials(let client): client.id
    }
  }
}

/// An OAuth2 client and where it gets its tokens.
public struct ClientCredentials: Sendable, Equatable {
  /// The client's id.
  public var id: String
  /// The client's secret.
  public var secret: Secret
  /// The token endpoint.
  public var tokenURL: String
  /// The scopes asked for.
  public var scopes: [String]
  /// The audience asked for.
  public var audience: String?

  /// Makes client credentials.
  public init(id: String, secret: Secret, tokenURL: String, scopes: [String], audience: String?) {
    self.id = id
    self.secret = secret
    self.tokenURL = tokenURL
    self.scopes = scopes
    self.audience = audience
  }
}

/// A credential: it can be used, but not printed, encoded or interpolated by accident.
public struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let value: String

  /// Keeps a secret.
  public init(_ value: String) {
    self.value = value
  }

  /// The secret itself, for the one place that sends it.
  public func reveal() -> String { value }

  /// `(redacted)`, whatever it holds.
  public var description: String { "(redacted)" }
  /// `(redacted)`, whatever it holds.
  public var debugDescription: String { "(redacted)" }
  /// No children: `dump` and test failures print what a mirror shows.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
