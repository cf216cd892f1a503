import AuditModel

/// Decides through which proxy to reach a host.
struct ProxyResolver {
  /// `--proxy`.
  var option: String?
  /// Variables, time, home and files.
  var environment: RunEnvironment
  /// The scheme of the address: plain http goes to loopback, which is always direct, and to a time-stamping authority.
  var scheme = "https"

  /// The proxy that is named; `nil` when there is none, or after a mistake.
  func proxy(_ mistakes: inout PlanMistakes) -> ProxyAddress? {
    setting.flatMap { proxy($0, &mistakes) }
  }

  /// The proxy as it was written; `nil` when nobody names one.
  var setting: Setting? {
    if let option { return Setting(value: option, origin: "--proxy") }
    var names = ["\(scheme)_proxy", "\(scheme.uppercased())_PROXY", "all_proxy", "ALL_PROXY"]
    // Within CGI, whoever sends a request sets HTTP_PROXY by its Proxy header (CVE-2016-5385).
    // text: names of variables
    if environment.variable("REQUEST_METHOD") != nil { names.removeAll { $0 == "HTTP_PROXY" } }
    for name in names {
      if let value = environment.variable(name) { return Setting(value: value, origin: name) }
    }
    return nil
  }

  /// Whether requests to a host go through the proxy: loopback and what `NO_PROXY` names go direct.
  func applies(to host: String, port: Int) -> Bool {
    if WebAddress.isLoopback(host: host) { return false }
    guard option == nil,
      let list = environment.variable("no_proxy") ?? environment.variable("NO_PROXY")
    else { return true }
    return !ProxyExceptions(list).cover(host, port: port)
  }

  private func proxy(_ setting: Setting, _ mistakes: inout PlanMistakes) -> ProxyAddress? {
    let text = setting.value.holds("://") ? setting.value : "http://" + setting.value
    let (user, rest) = WebAddress.separatingUser(from: text)
    if user != nil, setting.origin == "--proxy" {
      mistakes.usage(
        "--proxy: arguments are visible to every user of this machine, so they hold no passwords; "
          + "set HTTPS_PROXY instead.")
      return nil
    }
    let shown = WebAddress.redacted(setting.value)
    guard let address = try? WebAddress(rest), address.scheme == "http",
      address.path.isEmpty || address.path == "/", address.query == nil
    else {
      let sentence = "\(setting.origin): \(shown) is no HTTP proxy; write http://host:port."
      if setting.origin == "--proxy" {
        mistakes.usage(sentence)
      } else {
        mistakes.configuration(sentence)
      }
      return nil
    }
    let parts = user?.parts(at: ":", maxSplits: 1, keepingEmpty: true)
      .map { Self.percentDecoded($0[...]) }
    return ProxyAddress(
      host: address.host, port: address.port ?? 80, user: parts?.first,
      password: parts.flatMap { $0.count > 1 ? Secret($0[1]) : nil })
  }

  private static func percentDecoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
