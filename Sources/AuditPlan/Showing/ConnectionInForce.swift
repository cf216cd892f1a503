import AuditModel

/// How a server would be reached: its address, who asks, whom to trust, through what; secrets are only said to be set.
struct ConnectionInForce {
  private(set) var settings: [SettingInForce] = []
  private let sources: SettingSources

  init(_ options: AuditOptions, _ environment: RunEnvironment) {
    // Its mistakes are told by the plan.
    var mistakes = PlanMistakes()
    sources = SettingSources(in: environment, &mistakes)
    addProfile()
    if let server = options.server {
      add("server", WebAddress.redacted(server), from: "--server")
    } else {
      add("host", "KEYFACTOR_HOSTNAME", "host", shown: WebAddress.redacted)
      add("port", "KEYFACTOR_PORT", "port", or: "443")
      add("api path", "KEYFACTOR_API_PATH", "api_path", or: "KeyfactorAPI")
    }
    addCredentials()
    if let caFile = options.caFile {
      add("ca-file", caFile, from: "--ca-file")
    } else {
      add("ca-file", "KEYFACTOR_CA_CERT", "ca_cert_path", or: "the system's authorities") {
        $0.holds("-----BEGIN") ? "certificates in the variable" : $0
      }
    }
    for (name, option) in [
      ("client-cert", options.clientCertificate), ("client-key", options.clientKey),
    ] {
      add(name, option ?? SettingInForce.nothing, from: option == nil ? "default" : "--\(name)")
    }
    addProxy(options, environment)
    add("timeout", "KEYFACTOR_CLIENT_TIMEOUT", nil, or: "120")
  }

  private mutating func add(_ name: String, _ value: String, from origin: String) {
    settings.append(SettingInForce(name: name, value: NamedValue.shown(value), origin: origin))
  }

  private mutating func add(
    _ name: String, _ variable: String, _ key: String?,
    or fallback: String = SettingInForce.nothing,
    shown: (String) -> String = { $0 }
  ) {
    let setting = sources.variable(variable) ?? key.flatMap { sources.profile?[$0] }
    if let setting {
      add(name, shown(setting.value), from: setting.origin)
    } else {
      add(name, fallback, from: "default")
    }
  }

  private mutating func addProfile() {
    guard let profile = sources.profile else { return }
    let chosen = sources.environment.variable("KEYFACTOR_AUTH_CONFIG_PROFILE") != nil
    add(
      "profile", "\(profile.shownName) in \(profile.shownPath)",
      from: chosen ? "KEYFACTOR_AUTH_CONFIG_PROFILE" : "default")
  }

  private mutating func addCredentials() {
    for (variable, key) in CredentialsResolver.openFields {
      guard let setting = sources.first(variable, key) else { continue }
      add(key, WebAddress.redacted(setting.value), from: setting.origin)
    }
    for (variable, key) in CredentialsResolver.secretFields {
      guard let setting = sources.first(variable, key) else { continue }
      add(key, SettingInForce.secret, from: setting.origin)
    }
  }

  private mutating func addProxy(_ options: AuditOptions, _ environment: RunEnvironment) {
    let resolver = ProxyResolver(option: options.proxy, environment: environment)
    if let setting = resolver.setting {
      add("proxy", WebAddress.redacted(setting.value), from: setting.origin)
    } else {
      add("proxy", SettingInForce.nothing, from: "default")
    }
  }
}
