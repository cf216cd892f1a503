package import AuditModel

// How a server is reached. The variables and the keys of a profile are those of the official tools.
extension Settings {
  static let host = Setting<String>(
    .variable("KEYFACTOR_HOSTNAME", profile: "host", help: "The server, without --server."))

  static let port = Setting<String>(
    .variable(
      "KEYFACTOR_PORT", profile: "port",
      default: .words(shown: "\(WebAddress.standardPort(of: "https"))"), help: "Its port."))

  static let apiPath = Setting<String>(
    .variable(
      "KEYFACTOR_API_PATH", profile: "api_path", named: "api path", default: "KeyfactorAPI",
      help: "The path of the API."))

  /// `--proxy`: an HTTP proxy; `ProxyResolver` knows the variables that name one.
  package static var proxy: Setting<String> {
    Setting(
      .option(
        "proxy", "url", default: .words(help: "HTTPS_PROXY; NO_PROXY is honoured"),
        help: "HTTP proxy, http://host:port."
      ).shown(WebAddress.redacted))
  }
}

extension SettingSources {
  /// How to reach a server: its address, who asks, whom to trust, through what; `nil` after a mistake.
  func connection(_ mistakes: inout PlanMistakes) -> Connection? {
    // What is missed without them would be told of as missing.
    guard environment.unusable.isEmpty else { return nil }
    let before = mistakes.all.count
    let sources = withProfile(&mistakes)
    let server = sources.serverAddress(&mistakes)
    let credentials = sources.credentials(&mistakes)
    sources.refuseSkippedVerification(&mistakes)
    let trusted = sources.trustedCertificates(&mistakes)
    let client = sources.clientIdentity(&mistakes)
    let timeout = sources.value(of: Settings.timeout, &mistakes)
    let proxies = ProxyResolver(sources: sources)
    let proxy = proxies.proxy(&mistakes)
    guard let server, let credentials, mistakes.all.count == before else { return nil }

    var connection = Connection(server: server, credentials: credentials, timeoutSeconds: timeout)
    if let trusted {
      connection.trustedCertificates = trusted.bytes
      connection.trustedCertificatesOrigin = trusted.origin
    }
    connection.clientCertificate = client?.certificate
    connection.clientKey = client?.key
    if let proxy {
      connection.proxy = proxies.applies(to: server.host, port: server.effectivePort) ? proxy : nil
      if case .clientCredentials(let client) = credentials,
        let token = try? WebAddress(client.tokenURL),
        proxies.applies(to: token.host, port: token.effectivePort)
      {
        connection.tokenProxy = proxy
      }
    }
    return connection
  }

  /// The server's address; `nil` after a mistake.
  private func serverAddress(_ mistakes: inout PlanMistakes) -> ServerAddress? {
    if let server = written(Settings.server) {
      return address(server, &mistakes)
        .map { ServerAddress($0, path: $0.path) }
    }
    guard let host = written(Settings.host) else {
      return mistakes.refuse(.noServer, note)
    }
    let port = port(&mistakes)
    guard var address = address(hostName: host, &mistakes) else { return nil }
    if let port {
      if let written = address.port, written != port {
        return mistakes.refuse(.portTwice, host.origin, "\(written)", "\(port)")
      }
      address.port = port == WebAddress.standardPort(of: address.scheme) ? nil : port
    }
    let path = written(Settings.apiPath)
    guard let path else { return ServerAddress(address, path: "") }
    let slashed = path.value.begins(with: "/") ? path.value : "/" + path.value
    do throws(WebAddress.FormatError) {
      let probe = try WebAddress("https://host\(slashed)")
      guard probe.query == nil, !NamedValue.isContent(path.value) else { throw .path }
      return ServerAddress(address, path: probe.path)
    } catch {
      return mistakes.refuse(.invalidAPIPath, path.origin, WebAddress.redacted(path.value))
    }
  }

  private func port(_ mistakes: inout PlanMistakes) -> Int? {
    guard let port = written(Settings.port) else { return nil }
    if let number = Int(port.value), 1...65_535 ~= number { return number }
    if port.value != "0" {
      mistakes.add(.invalidPort, port.origin, port.shown)
    }
    return nil
  }

  /// A host name; like the official tools, a whole address is reduced to its host.
  private func address(hostName host: WrittenValue, _ mistakes: inout PlanMistakes) -> WebAddress? {
    let isAddress = host.value.holds("://")
    let text = isAddress ? host.value : "https://" + host.value
    guard var address = address(WrittenValue(value: text, origin: host.origin), &mistakes)
    else { return nil }
    guard isAddress || address.path.isEmpty || address.path == "/" else {
      return mistakes.refuse(.pathInHostname, host.origin, WebAddress.redacted(host.value))
    }
    address.path = ""
    return address
  }

  private func address(_ setting: WrittenValue, _ mistakes: inout PlanMistakes) -> WebAddress? {
    do throws(WebAddress.FormatError) {
      let address = try WebAddress(setting.value)
      if address.query != nil {
        return mistakes.refuse(
          .invalidAddress, setting.origin, WebAddress.redacted(setting.value),
          "has a query. Use https://host[:port][/api/path].")
      }
      if address.scheme == "http", !address.isLoopback {
        return mistakes.refuse(.plainHTTP, setting.origin, WebAddress.redacted(setting.value))
      }
      return address
    } catch {
      return mistakes.refuse(
        .invalidAddress, setting.origin, WebAddress.redacted(setting.value), error.explanation)
    }
  }
}

extension WebAddress.FormatError {
  /// What is wrong with an address, as the end of a sentence.
  var explanation: String {
    switch self {
    case .scheme: "is not an address. Use https://host[:port][/path]."
    case .userInformation:
      "contains a user or a password. Set KEYFACTOR_USERNAME and KEYFACTOR_PASSWORD instead."
    case .host:
      "has no host of ASCII letters, digits, hyphens and dots. Write an international name in its xn-- form."
    case .port: "has a port that is not valid. Use a number from 1 to 65535."
    case .path: "has characters that must be percent-encoded. Write them as %XX."
    case .fragment: "has a fragment. Remove # and what follows."
    }
  }
}

extension ServerAddress {
  /// The path of the API where none is set.
  package static let standardPath = "/\(Settings.apiPath.declaration.fallback.shown)"

  /// An address whose path is the API's; empty means the default.
  package init(_ address: WebAddress, path: String) {
    var path = path
    while path.ends(with: "/") { path.removeLast() }
    self.init(
      scheme: address.scheme, host: address.host, port: address.port,
      path: path.isEmpty ? Self.standardPath : path)
  }
}
