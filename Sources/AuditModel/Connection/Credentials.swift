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
