/// Where Keyfactor Command's API is: `https://host[:port]/KeyfactorAPI`.
public struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
  /// `https`, or `http` on loopback.
  public var scheme: String
  /// A host name or an address; an IPv6 address without brackets.
  public var host: String
  /// The port; `nil` for the scheme's own, which some proxies refuse to see spelled out.
  public var port: Int?
  /// The API's path, with a leading and without a trailing slash, spelled as the user spells it.
  public var path: String

  /// Makes an address.
  public init(scheme: String, host: String, port: Int?, path: String) {
    self.scheme = scheme
    self.host = host
    self.port = port
    self.path = path
  }

  /// The base URL.
  public var description: String {
    let host = host.holds(":") ? "[\(host)]" : host
    return "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")\(path)"
  }
}
