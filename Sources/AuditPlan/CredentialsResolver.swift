import AuditModel

/// Decides who asks.
struct CredentialsResolver {
  /// The environment and the profile.
  var sources: SettingSources

  private enum Kind {
    case basic
    case oauth
  }

  /// A variable and the profile's key that mean the same.
  typealias Field = (variable: String, key: String)

  private static let user: Field = ("KEYFACTOR_USERNAME", "username")
  private static let password: Field = ("KEYFACTOR_PASSWORD", "password")
  private static let domain: Field = ("KEYFACTOR_DOMAIN", "domain")
  private static let token: Field = ("KEYFACTOR_AUTH_ACCESS_TOKEN", "access_token")
  private static let clientID: Field = ("KEYFACTOR_AUTH_CLIENT_ID", "client_id")
  private static let clientSecret: Field = ("KEYFACTOR_AUTH_CLIENT_SECRET", "client_secret")
  private static let tokenURL: Field = ("KEYFACTOR_AUTH_TOKEN_URL", "token_url")
  private static let audience: Field = ("KEYFACTOR_AUTH_AUDIENCE", "audience")

  /// What may be shown to anybody.
  static let openFields = [user, domain, clientID, tokenURL, audience]
  /// What nobody is shown.
  static let secretFields = [password, token, clientSecret]

  /// The credentials; `nil` after a mistake.
  func credentials(_ mistakes: inout PlanMistakes) -> Credentials? {
    let before = mistakes.all.count
    refuseUnsupported(&mistakes)
    let spoken = kindInEnvironment(&mistakes)
    let kept = kindInProfile(&mistakes)
    guard mistakes.all.count == before else { return nil }
    let credentials: Credentials?
    switch spoken ?? kept {
    case .basic:
      checkProfileIsPrivate([Self.password], &mistakes)
      credentials = basic(&mistakes)
    case .oauth:
      checkProfileIsPrivate([Self.token, Self.clientSecret], &mistakes)
      credentials = oauth(&mistakes)
    case nil:
      mistakes.configuration(
        sources.complaint(
          "no credentials: set KEYFACTOR_USERNAME and KEYFACTOR_PASSWORD, or KEYFACTOR_AUTH_CLIENT_ID, "
            + "KEYFACTOR_AUTH_CLIENT_SECRET and KEYFACTOR_AUTH_TOKEN_URL, or "
            + "KEYFACTOR_AUTH_ACCESS_TOKEN, or write a profile and name it with "
            + "KEYFACTOR_AUTH_CONFIG_FILE."))
      return nil
    }
    return mistakes.all.count == before ? credentials : nil
  }

  /// A file that gives a secret must be its user's own, and closed to others.
  private func checkProfileIsPrivate(_ secrets: [Field], _ mistakes: inout PlanMistakes) {
    guard let profile = sources.profile,
      secrets.contains(where: {
        sources.environment.variable($0.variable) == nil && profile[$0.key] != nil
      })
    else { return }
    mistakes.checkIsPrivate(profile.file, path: profile.path)
  }

  private func refuseUnsupported(_ mistakes: inout PlanMistakes) {
    guard let profile = sources.profile else { return }
    let asked = [
      profile.asksForKerberos ? "Kerberos" : nil,
      profile.namesProvider ? "an external secret provider (auth_provider)" : nil,
    ].compactMap { $0 }
    for what in asked {
      mistakes.configuration(
        "profile \(profile.shownName) in \(profile.shownPath) asks for \(what), "
          + "which is not supported; use Basic or OAuth credentials.")
    }
  }

  private func kindInEnvironment(_ mistakes: inout PlanMistakes) -> Kind? {
    let found = { (fields: [Field]) in
      fields.map(\.variable).filter { sources.environment.variable($0) != nil }
    }
    return kind(
      basic: found([Self.user, Self.password]),
      oauth: found([Self.token, Self.clientID, Self.clientSecret]), in: "the environment", &mistakes
    )
  }

  private func kindInProfile(_ mistakes: inout PlanMistakes) -> Kind? {
    guard let profile = sources.profile else { return nil }
    switch profile["auth_type"]?.value.lowercased() {
    case "basic": return .basic
    case "oauth": return .oauth
    default: break
    }
    let found = { (fields: [Field]) in fields.map(\.key).filter { profile[$0] != nil } }
    return kind(
      basic: found([Self.user, Self.password]),
      oauth: found([Self.token, Self.clientID, Self.clientSecret]),
      in: "profile \(profile.shownName) in \(profile.shownPath)", &mistakes)
  }

  private func kind(
    basic: [String], oauth: [String], in place: String, _ mistakes: inout PlanMistakes
  ) -> Kind? {
    if !basic.isEmpty, !oauth.isEmpty {
      mistakes.configuration(
        "\(place) sets both Basic and OAuth credentials (\((basic + oauth).joined(separator: ", "))); "
          + "keep one kind.")
      return nil
    }
    return basic.isEmpty ? (oauth.isEmpty ? nil : .oauth) : .basic
  }

  private func basic(_ mistakes: inout PlanMistakes) -> Credentials? {
    let user = required(Self.user, &mistakes)
    let password = required(Self.password, &mistakes)
    let domain = optional(Self.domain, &mistakes)
    guard var user, let password else { return nil }
    if let domain, !user.holds("\\"), !user.holds("@") { user = "\(domain)\\\(user)" }
    if user.holds(":") {
      mistakes.configuration(
        "KEYFACTOR_USERNAME or KEYFACTOR_DOMAIN holds a colon, which Basic authentication cannot carry; "
          + "use another account or OAuth."
      )
      return nil
    }
    return .basic(user: user, password: Secret(password))
  }

  /// A token wins over client credentials, and the environment over the profile.
  private func oauth(_ mistakes: inout PlanMistakes) -> Credentials? {
    let namesClient = [Self.clientID, Self.clientSecret].contains {
      sources.environment.variable($0.variable) != nil
    }
    let isTokenSpoken = sources.environment.variable(Self.token.variable) != nil
    if isTokenSpoken || !namesClient, let token = optional(Self.token, &mistakes) {
      return .bearer(Secret(token))
    }
    let id = required(Self.clientID, &mistakes)
    let secret = required(Self.clientSecret, &mistakes)
    let url = tokenAddress(&mistakes)
    guard let id, let secret, let url else { return nil }
    return .clientCredentials(
      ClientCredentials(
        id: id, secret: Secret(secret), tokenURL: url.description, scopes: scopes(),
        audience: optional(Self.audience, &mistakes)))
  }

  private func tokenAddress(_ mistakes: inout PlanMistakes) -> WebAddress? {
    guard let setting = sources.first(Self.tokenURL.variable, Self.tokenURL.key) else {
      _ = required(Self.tokenURL, &mistakes)
      return nil
    }
    do throws(WebAddress.Flaw) {
      let address = try WebAddress(setting.value)
      if address.scheme == "https" || address.isLoopback { return address }
      mistakes.configuration(
        "\(setting.origin): \(WebAddress.redacted(setting.value)) is plain http, "
          + "which is allowed to loopback only; use https.")
    } catch {
      mistakes.configuration(
        "\(setting.origin): \(WebAddress.redacted(setting.value)) "
          + ServerResolver.explanation(of: error))
    }
    return nil
  }

  private func scopes() -> [String] {
    if let text = sources.environment.variable("KEYFACTOR_AUTH_SCOPES") {
      return text.parts(at: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
    }
    return sources.profile?.scopes ?? []
  }

  private func required(_ field: Field, _ mistakes: inout PlanMistakes) -> String? {
    if sources.first(field.variable, field.key) == nil {
      mistakes.configuration(
        "\(field.variable) (\(field.key) in a profile) is missing, and the other credentials are of no use without it; set it too."
      )
    }
    return optional(field, &mistakes)
  }

  /// A value, which must be one line of text.
  private func optional(_ field: Field, _ mistakes: inout PlanMistakes) -> String? {
    guard let setting = sources.first(field.variable, field.key) else { return nil }
    let value = setting.value
    if value.isEmpty
      || value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    {
      mistakes.configuration(
        "\(setting.origin) is empty or holds a control character; write it as one line of text.")
      return nil
    }
    return value
  }
}
