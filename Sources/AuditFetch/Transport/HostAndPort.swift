package import AuditModel

/// Where a request goes, as a firewall or a proxy sees it: the scheme's own port is spelled out.
package struct HostAndPort: CustomStringConvertible {
  /// As in the URL, without brackets.
  package var host: String
  /// The scheme's own where the URL has none.
  package var port: Int

  /// Makes a place from its parts.
  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Takes host and port from a URL.
  package init(of url: String) throws(WebAddress.Flaw) {
    let address = try WebAddress(url)
    host = address.host
    port = address.port ?? (address.scheme == "https" ? 443 : 80)
  }

  /// As `host:port`, an address of IPv6 in brackets.
  package var description: String { host.holds(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
