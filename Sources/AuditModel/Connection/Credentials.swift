/// How the program says who it is.
public enum Credentials: Sendable, Equatable {
  /// `DOMAIN\user` and a password.
  case basic(user: String, password: Secret)
  /// A token that someone else obtained.
  case bearer(Secret)
  /// OAuth2 client credentials.
  case clientCredentials(ClientCredentials)

  /// The account's name for the report; a static token names nobody.
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
