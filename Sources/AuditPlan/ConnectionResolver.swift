import AuditModel

/// Decides how to reach a server: its address, who asks, whom to trust, through what.
struct ConnectionResolver {
  /// What the user said.
  var options: AuditOptions
  /// Variables, time, home and files.
  var environment: RunEnvironment

  /// The connection; `nil` after a mistake.
  func connection(_ mistakes: inout PlanMistakes) -> Connection? {
    // What is missed without them would be told of as missing.
    guard environment.unusable.isEmpty else { return nil }
    let before = mistakes.all.count
    let sources = SettingSources(in: environment, &mistakes)
    let server = ServerResolver(option: options.server, sources: sources).address(&mistakes)
    let credentials = CredentialsResolver(sources: sources).credentials(&mistakes)
    let transport = TransportResolver(options: options, sources: sources)
    transport.refuseSkippedVerification(&mistakes)
    let trusted = transport.trustedCertificates(&mistakes)
    let client = transport.clientIdentity(&mistakes)
    let timeout = transport.timeoutSeconds(&mistakes)
    let proxies = ProxyResolver(option: options.proxy, environment: environment)
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
      connection.proxy = proxies.applies(to: server.host, port: server.port ?? 443) ? proxy : nil
      if case .clientCredentials(let client) = credentials,
        let token = try? WebAddress(client.tokenURL),
        proxies.applies(to: token.host, port: token.port ?? 443)
      {
        connection.tokenProxy = proxy
      }
    }
    return connection
  }
}
