import AuditModel

/// Where a request goes, as a firewall or a proxy sees it: the scheme's own port is spelled out.
struct HostAndPort: CustomStringConvertible {
  var host: String
  var port: Int

  init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Takes host and port from a URL.
  init(of url: String) throws(WebAddress.Flaw) {
    let address = try WebAddress(url)
    host = address.host
    port = address.port ?? (address.scheme == "https" ? 443 : 80)
  }

  var description: String { host.holds(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
