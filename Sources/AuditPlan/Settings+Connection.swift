import AuditModel

// How a server is reached. The variables and the keys of a profile are those of the official tools.
extension Settings {
  static let host = Setting<String>(
    .variable("KEYFACTOR_HOSTNAME", profile: "host"))

  static let port = Setting<String>(
    .variable("KEYFACTOR_PORT", profile: "port", default: .words(shown: "443")))

  static let apiPath = Setting<String>(
    .variable(
      "KEYFACTOR_API_PATH", profile: "api_path", named: "api path", default: "KeyfactorAPI"))

  /// `--ca-file`: certificates to trust, in PEM.
  package static let caFile = Setting<String>(
    .option(
      "ca-file", "file", .file(),
      default: .words(help: "KEYFACTOR_CA_CERT", shown: "the system's authorities"),
      help: "Certificates to trust in addition to the system's, in PEM."
    ).or("KEYFACTOR_CA_CERT", profile: "ca_cert_path")
      .shown(ConfigShow.certificates))

  /// `--client-cert`: the client's certificate chain, in PEM.
  package static let clientCertificate = Setting<String>(
    .option("client-cert", "file", .file(), help: "Client certificate with its chain, in PEM."))

  /// `--client-key`: the key of the client's certificate, in PEM.
  package static let clientKey = Setting<String>(
    .option("client-key", "file", .file(), help: "Key of the client certificate, in PEM."))

  /// `--proxy`: an HTTP proxy; `ProxyResolver` knows the variables that name one.
  package static let proxy = Setting<String>(
    .option(
      "proxy", "url", default: .words(help: "HTTPS_PROXY; NO_PROXY is honoured"),
      help: "HTTP proxy, http://host:port."
    ).shown(WebAddress.redacted))

  /// Whether verification is to be skipped, which is refused.
  static let skipVerify = Setting<String>(
    .variable("KEYFACTOR_SKIP_VERIFY", profile: "skip_tls_verify"))

  static let timeout = Setting<Int>(
    .variable(
      "KEYFACTOR_CLIENT_TIMEOUT", profile: nil, named: "timeout",
      default: .words(shown: "\(Connection.standardTimeoutSeconds)"))
  ) { text, mistakes in
    if let seconds = Int(text), 1...3600 ~= seconds { return seconds }
    mistakes.add(Message(.invalidTimeout, NamedValue.shown(text)))
    return nil
  }
}

// Who asks.
extension Settings {
  static let userName = Setting<String>(.variable("KEYFACTOR_USERNAME", profile: "username"))
  static let password = Setting<String>(.secret("KEYFACTOR_PASSWORD", profile: "password"))
  static let domain = Setting<String>(.variable("KEYFACTOR_DOMAIN", profile: "domain"))
  static let accessToken = Setting<String>(
    .secret("KEYFACTOR_AUTH_ACCESS_TOKEN", profile: "access_token"))
  static let clientID = Setting<String>(
    .variable("KEYFACTOR_AUTH_CLIENT_ID", profile: "client_id"))
  static let clientSecret = Setting<String>(
    .secret("KEYFACTOR_AUTH_CLIENT_SECRET", profile: "client_secret"))
  static let tokenURL = Setting<String>(
    .variable("KEYFACTOR_AUTH_TOKEN_URL", profile: "token_url"))
  static let audience = Setting<String>(
    .variable("KEYFACTOR_AUTH_AUDIENCE", profile: "audience"))
}
