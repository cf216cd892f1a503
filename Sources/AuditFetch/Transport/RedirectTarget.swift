import AuditModel

/// Where a redirect would lead, for a message: its origin only, since the rest may hold anything.
enum RedirectTarget {
  static func origin(_ location: String?, _ trace: SecretTrace) -> String {
    guard let location, !location.isEmpty else { return "nowhere" }
    if location.begins(with: "/"), !location.begins(with: "//") { return "the same server" }
    let address = String(decoding: location.utf8.prefix { !"?#".utf8.contains($0) }, as: UTF8.self)
    do {
      // `//host/path` keeps the scheme, which is not known to matter here.
      let target = try WebAddress(address.begins(with: "//") ? "https:" + address : address)
      guard !trace.isIn(target.host.utf8) else { return "an address that cannot be shown" }
      return "\(target.scheme)://\(try HostAndPort(of: target.description))"
    } catch {
      return "an address that cannot be shown"
    }
  }
}
