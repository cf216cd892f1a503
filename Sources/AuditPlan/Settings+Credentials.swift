import AuditModel

// Who asks.
extension Settings {
  /// The user of Basic authentication.
  package static let userName = Setting<String>(
    .variable(
      "KEYFACTOR_USERNAME", profile: "username", help: "User and password for Basic authentication."
    ))
  /// The user's password.
  package static let password = Setting<String>(
    .secret("KEYFACTOR_PASSWORD", profile: "password"))
  static let domain = Setting<String>(
    .variable(
      "KEYFACTOR_DOMAIN", profile: "domain", help: "The domain of a user name that has none."))
  static let accessToken = Setting<String>(
    .secret(
      "KEYFACTOR_AUTH_ACCESS_TOKEN", profile: "access_token",
      help: "A token that was issued already."))
  /// The client of OAuth.
  package static let clientID = Setting<String>(
    .variable(
      "KEYFACTOR_AUTH_CLIENT_ID", profile: "client_id",
      help: "OAuth client, its secret, and the address that issues its tokens."))
  /// The client's secret.
  package static let clientSecret = Setting<String>(
    .secret("KEYFACTOR_AUTH_CLIENT_SECRET", profile: "client_secret"))
  /// The address that issues tokens.
  package static let tokenURL = Setting<String>(
    .variable("KEYFACTOR_AUTH_TOKEN_URL", profile: "token_url"))
  /// In a profile they are a list.
  static let scopes = Setting<String>(
    .variable("KEYFACTOR_AUTH_SCOPES", help: "Scopes and audience of these tokens."))
  static let audience = Setting<String>(.variable("KEYFACTOR_AUTH_AUDIENCE", profile: "audience"))
}

extension SettingSources {
  private enum CredentialsKind {
    case basic
    case oauth
  }

  private static let basic = [Settings.userName, Settings.password]
  private static let oauth = [Settings.accessToken, Settings.clientID, Settings.clientSecret]

  /// Who asks; `nil` after a mistake.
  func credentials(_ mistakes: inout PlanMistakes) -> Credentials? {
    let before = mistakes.all.count
    refuseUnsupported(&mistakes)
    let inEnvironment = kind(in: "the environment", &mistakes) { environment.written($0)?.origin }
    let inProfile = kindInProfile(&mistakes)
    guard mistakes.all.count == before else { return nil }
    let credentials: Credentials?
    switch inEnvironment ?? inProfile {
    case .basic:
      checkProfileIsPrivate([Settings.password], &mistakes)
      credentials = basic(&mistakes)
    case .oauth:
      checkProfileIsPrivate([Settings.accessToken, Settings.clientSecret], &mistakes)
      credentials = oauth(&mistakes)
    case nil:
      return mistakes.refuse(.noCredentials, note)
    }
    return mistakes.all.count == before ? credentials : nil
  }

  /// A file that gives a secret must be its user's own, and closed to others.
  private func checkProfileIsPrivate(_ secrets: [Setting<String>], _ mistakes: inout PlanMistakes) {
    guard let profile,
      secrets.contains(where: { environment.written($0) == nil && inProfile($0) != nil })
    else { return }
    mistakes.checkIsPrivate(profile.file, path: profile.path)
  }

  private func refuseUnsupported(_ mistakes: inout PlanMistakes) {
    guard let profile else { return }
    let asked = [
      profile.asksForKerberos ? "Kerberos" : nil,
      profile.namesProvider ? "an external secret provider (auth_provider)" : nil,
    ].compactMap { $0 }
    for what in asked {
      mistakes.add(.unsupportedCredentials, profile.shownName, profile.shownPath, what)
    }
  }

  private func kindInProfile(_ mistakes: inout PlanMistakes) -> CredentialsKind? {
    guard let profile else { return nil }
    switch profile["auth_type"]?.value.lowercased() {
    case "basic": return .basic
    case "oauth": return .oauth
    default:
      return kind(in: "profile \(profile.shownName) in \(profile.shownPath)", &mistakes) {
        inProfile($0) == nil ? nil : $0.declaration.profileKey
      }
    }
  }

  /// The kind whose settings a place has; `name` is what it calls a setting, `nil` where it does not set it.
  private func kind(
    in place: String, _ mistakes: inout PlanMistakes, name: (Setting<String>) -> String?
  ) -> CredentialsKind? {
    let (basic, oauth) = (Self.basic.compactMap(name), Self.oauth.compactMap(name))
    if !basic.isEmpty, !oauth.isEmpty {
      return mistakes.refuse(.bothCredentials, place, (basic + oauth).joined(separator: ", "))
    }
    return basic.isEmpty ? (oauth.isEmpty ? nil : .oauth) : .basic
  }

  private func basic(_ mistakes: inout PlanMistakes) -> Credentials? {
    let user = required(Settings.userName, &mistakes)
    let password = required(Settings.password, &mistakes)
    let domain = optional(Settings.domain, &mistakes)
    guard var user, let password else { return nil }
    if let domain, !user.holds("\\"), !user.holds("@") { user = "\(domain)\\\(user)" }
    if user.holds(":") {
      return mistakes.refuse(.colonInUser)
    }
    return .basic(user: user, password: Secret(password))
  }

  /// A token wins over client credentials, and the environment over the profile.
  private func oauth(_ mistakes: inout PlanMistakes) -> Credentials? {
    let namesClient = [Settings.clientID, Settings.clientSecret].contains {
      environment.written($0) != nil
    }
    let hasToken = environment.written(Settings.accessToken) != nil
    if hasToken || !namesClient, let token = optional(Settings.accessToken, &mistakes) {
      return .bearer(Secret(token))
    }
    let id = required(Settings.clientID, &mistakes)
    let secret = required(Settings.clientSecret, &mistakes)
    let url = tokenAddress(&mistakes)
    guard let id, let secret, let url else { return nil }
    return .clientCredentials(
      ClientCredentials(
        id: id, secret: Secret(secret), tokenURL: url.description, scopes: scopes(),
        audience: optional(Settings.audience, &mistakes)))
  }

  private func tokenAddress(_ mistakes: inout PlanMistakes) -> WebAddress? {
    guard let setting = written(Settings.tokenURL) else {
      _ = required(Settings.tokenURL, &mistakes)
      return nil
    }
    do throws(WebAddress.FormatError) {
      let address = try WebAddress(setting.value)
      if address.scheme == "https" || address.isLoopback { return address }
      mistakes.add(.plainHTTP, setting.origin, WebAddress.redacted(setting.value))
    } catch {
      mistakes.add(
        .invalidAddress, setting.origin, WebAddress.redacted(setting.value), error.explanation)
    }
    return nil
  }

  private func scopes() -> [String] {
    if let written = environment.written(Settings.scopes) {
      return written.value.parts(at: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
    }
    return profile?.scopes ?? []
  }

  private func required(_ setting: Setting<String>, _ mistakes: inout PlanMistakes) -> String? {
    if written(setting) == nil {
      let variable = setting.declaration.variable ?? ""
      let key = setting.declaration.profileKey ?? ""
      mistakes.add(.credentialMissing, variable, key)
    }
    return optional(setting, &mistakes)
  }

  /// A value, which must be one line of text.
  private func optional(_ setting: Setting<String>, _ mistakes: inout PlanMistakes) -> String? {
    guard let written = written(setting) else { return nil }
    let value = written.value
    if value.isEmpty
      || value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    {
      return mistakes.refuse(.credentialNotText, written.origin)
    }
    return value
  }
}
