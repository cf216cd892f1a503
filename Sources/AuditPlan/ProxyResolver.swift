import AuditModel
import Glibc

/// Decides through which proxy to reach a host.
struct ProxyResolver {
  let sources: SettingSources
  /// The scheme of the address: plain http goes to loopback, which is always direct, and to a time-stamping authority.
  var scheme = "https"

  /// The proxy that is named; `nil` when there is none, or after a mistake.
  func proxy(_ mistakes: inout PlanMistakes) -> ProxyAddress? {
    written.flatMap { proxy($0, &mistakes) }
  }

  /// The proxy as it was written; `nil` when nobody names one.
  var written: WrittenValue? {
    if let option = sources.written(Settings.proxy) { return option }
    let environment = sources.environment
    var names = ["\(scheme)_proxy", "\(scheme.uppercased())_PROXY", "all_proxy", "ALL_PROXY"]
    // Within CGI, whoever sends a request sets HTTP_PROXY by its Proxy header (CVE-2016-5385).
    // text: names of variables
    if environment.variable("REQUEST_METHOD") != nil { names.removeAll { $0 == "HTTP_PROXY" } }
    for name in names {
      if let value = environment.variable(name) { return WrittenValue(value: value, origin: name) }
    }
    return nil
  }

  /// Whether requests to a host go through the proxy: loopback and what `NO_PROXY` names go direct.
  func applies(to host: String, port: Int) -> Bool {
    if WebAddress.isLoopback(host: host) { return false }
    let environment = sources.environment
    guard sources.options.proxy == nil,
      let list = environment.variable("no_proxy") ?? environment.variable("NO_PROXY")
    else { return true }
    return !ProxyExceptions(list).cover(host, port: port)
  }

  private func proxy(_ setting: WrittenValue, _ mistakes: inout PlanMistakes) -> ProxyAddress? {
    let text = setting.value.holds("://") ? setting.value : "http://" + setting.value
    let (user, rest) = WebAddress.separatingUser(from: text)
    if user != nil, setting.origin == "--proxy" {
      return mistakes.refuse(.passwordInProxy)
    }
    let shown = WebAddress.redacted(setting.value)
    guard let address = try? WebAddress(rest), address.scheme == "http",
      address.path.isEmpty || address.path == "/", address.query == nil
    else {
      return mistakes.refuse(
        setting.origin == "--proxy"
          ? Message(.invalidProxyOption, shown)
          : Message(.invalidProxyVariable, setting.origin, shown))
    }
    let parts = user?.parts(at: ":", maxSplits: 1, keepingEmpty: true)
      .map(Self.percentDecoded)
    return ProxyAddress(
      host: address.host, port: address.port ?? 80, user: parts?.first,
      password: parts.flatMap { $0.count > 1 ? Secret($0[1]) : nil })
  }

  private static func percentDecoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2).compactMap(\.hexadecimalValue)
      if byte == UInt8(ascii: "%"), digits.count == 2 {
        bytes.append(digits[0] << 4 | digits[1])
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The hosts that `NO_PROXY` names, which are reached directly.
///
/// No standard says what may be in it; this is what Go's and curl's readers agree on: `*`, names with the hosts below
/// them, addresses in any spelling, networks, and a port behind all but networks.
struct ProxyExceptions {
  private let entries: [[UInt8]]

  /// Reads a list whose entries are separated by commas and blanks.
  init(_ list: String) {
    entries = list.utf8.split { ", \t\r\n".utf8.contains($0) }.map(Array.init)
  }

  /// Whether a host is reached directly.
  func cover(_ host: String, port: Int) -> Bool {
    let host = Host(host.utf8)
    return entries.contains { Self.matches($0, host, port) }
  }

  private static func matches(_ entry: [UInt8], _ host: Host, _ port: Int) -> Bool {
    if entry == Array("*".utf8) { return true }
    if let slash = entry.lastIndex(of: UInt8(ascii: "/")) {
      guard let network = IPAddress(entry[..<slash]), let address = host.address,
        let length = prefixLength(entry[(slash + 1)...])
      else { return false }
      return address.isIn(network, prefixLength: length)
    }
    if let address = IPAddress(entry[...]) { return address == host.address }
    let (name, named) = separatingPort(entry)
    guard named == nil || named == port else { return false }
    if let address = IPAddress(name) { return address == host.address }
    return host.address == nil && host.isAtOrBelow(Host(name.drop { "*.".utf8.contains($0) }))
  }

  /// What comes before a `:` and digits, and their number.
  private static func separatingPort(_ entry: [UInt8]) -> (ArraySlice<UInt8>, Int?) {
    guard let colon = entry.lastIndex(of: UInt8(ascii: ":")),
      let port = decimal(entry[(colon + 1)...])
    else { return (entry[...], nil) }
    return (entry[..<colon], port)
  }

  private static func prefixLength(_ digits: ArraySlice<UInt8>) -> Int? {
    decimal(digits.last == UInt8(ascii: "]") ? digits.dropLast() : digits)
  }

  private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.count > 5 ? nil : digits.decimalValue.map { Int($0) }
  }
}

/// A host as it is compared: in lower case, without the final dot of a full name.
private struct Host {
  let name: [UInt8]
  let address: IPAddress?

  init(_ text: some Collection<UInt8>) {
    var name = text.lowercasedASCII
    if name.last == UInt8(ascii: ".") { name.removeLast() }
    self.name = name
    address = IPAddress(name[...])
  }

  /// Whether this is another host or one below it.
  func isAtOrBelow(_ other: Host) -> Bool {
    guard !other.name.isEmpty, name.suffix(other.name.count) == other.name[...] else {
      return false
    }
    return name.count == other.name.count
      || name[name.count - other.name.count - 1] == UInt8(ascii: ".")
  }
}

/// An address of the Internet Protocol; one of version 4 that is written as one of version 6 is one of version 4.
private struct IPAddress: Equatable {
  private let bytes: [UInt8]
  private let isMapped: Bool

  /// Reads an address, with or without brackets; the zone of one that is local to a link is passed over.
  init?(_ text: ArraySlice<UInt8>) {
    var text = text
    if text.first == UInt8(ascii: "[") { text = text.dropFirst() }
    if text.last == UInt8(ascii: "]") { text = text.dropLast() }
    let isVersion6 = text.contains(UInt8(ascii: ":"))
    if isVersion6 { text = text.prefix { $0 != UInt8(ascii: "%") } }
    var bytes = [UInt8](repeating: 0, count: isVersion6 ? 16 : 4)
    let address = String(decoding: text, as: UTF8.self)
    // The buffer has the size of the family's address and lives for the whole call.
    let isAddress = unsafe inet_pton(isVersion6 ? AF_INET6 : AF_INET, address, &bytes) == 1
    guard isAddress else { return nil }
    isMapped = bytes.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF])
    self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
  }

  static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }

  /// Whether it begins with as many bits of a network's address as its prefix has.
  func isIn(_ network: IPAddress, prefixLength: Int) -> Bool {
    let length = network.isMapped ? prefixLength - 96 : prefixLength
    guard bytes.count == network.bytes.count, 0...(bytes.count * 8) ~= length else { return false }
    let (whole, rest) = length.quotientAndRemainder(dividingBy: 8)
    guard bytes.prefix(whole) == network.bytes.prefix(whole) else { return false }
    return rest == 0 || (bytes[whole] ^ network.bytes[whole]) >> (8 - rest) == 0
  }
}
