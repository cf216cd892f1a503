/// An absolute `http` or `https` address, read strictly into its parts.
///
/// Lenient readers disagree about what the host of an odd address is, and credentials go to that host.
public struct WebAddress: Sendable, Equatable, CustomStringConvertible {
  /// What is wrong with an address.
  public enum FormatError: Error, Equatable {
    /// It does not begin with `http://` or `https://`.
    case scheme
    /// It holds a user or a password.
    case userInformation
    /// The host is empty or has characters outside letters, digits, `-`, `.` and `_`.
    case host
    /// The port is not a number from 1 to 65535.
    case port
    /// The path or the query has characters that must be percent-encoded.
    case path
    /// It has a fragment.
    case fragment
  }

  /// `http` or `https`.
  public var scheme: String
  /// A host name in lower case or an address; an IPv6 address without brackets.
  public var host: String
  /// The port; `nil` when it is absent or the scheme's own.
  public var port: Int?
  /// The path as written, empty or with a leading slash.
  public var path: String
  /// The query without its question mark.
  public var query: String?

  /// Reads an address.
  ///
  /// A host beyond ASCII is refused: written in its `xn--` form, it cannot pass for another one.
  public init(_ text: String) throws(FormatError) {
    let bytes = Array(text.utf8)
    let lower = text.lowercased().utf8
    if lower.starts(with: "https://".utf8) {
      scheme = "https"
    } else if lower.starts(with: "http://".utf8) {
      scheme = "http"
    } else {
      throw .scheme
    }
    let rest = bytes[(scheme.utf8.count + 3)...]
    let authority = rest.prefix { !"/?#\\".utf8.contains($0) }
    guard !authority.contains(UInt8(ascii: "@")) else { throw .userInformation }
    (host, port) = try Self.hostAndPort(Array(authority))
    if port == Self.standardPort(of: scheme) { port = nil }

    let tail = rest[authority.endIndex...]
    guard !tail.contains(UInt8(ascii: "#")) else { throw .fragment }
    guard tail.allSatisfy({ Self.isPathByte($0) || $0 == UInt8(ascii: "?") }) else { throw .path }
    let path = tail.prefix { $0 != UInt8(ascii: "?") }
    self.path = String(decoding: path, as: UTF8.self)
    if path.endIndex < tail.endIndex {
      query = String(decoding: tail[(path.endIndex + 1)...], as: UTF8.self)
    }
  }

  /// The port of addresses that have none.
  public static func standardPort(of scheme: String) -> Int { scheme == "https" ? 443 : 80 }

  /// The port, the scheme's own where none is written.
  public var effectivePort: Int { port ?? Self.standardPort(of: scheme) }

  /// The address in full.
  public var description: String {
    Self.text(scheme: scheme, host: host, port: port, path: path)
      + (query.map { "?\($0)" } ?? "")
  }

  /// An address without a query; an IPv6 address gets its brackets.
  static func text(scheme: String, host: String, port: Int?, path: String) -> String {
    "\(scheme)://\(host.holds(":") ? "[\(host)]" : host)\(port.map { ":\($0)" } ?? "")\(path)"
  }

  /// Whether it leads to this very machine: 127.0.0.0/8, `::1` or `localhost`.
  public var isLoopback: Bool { Self.isLoopback(host: host) }

  /// Whether a host is this very machine; what only a resolver could tell is not.
  public static func isLoopback(host: String) -> Bool {
    let host = host.lowercased()
    if host == "localhost" || host == "::1" || host == "0:0:0:0:0:0:0:1" { return true }
    let parts = host.parts(at: ".", keepingEmpty: true)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { part in
        part.utf8.count <= 3 && part.utf8.decimalValue.map { $0 <= 255 } ?? false
      }
  }

  /// An address for a message: without user, password, query and fragment, whatever else is wrong with it;
  /// of what looks like content its length only.
  public static func redacted(_ text: String) -> String {
    // Bytes, because a combining mark after it would hide an @ among characters.
    let bytes = Array(text.utf8)
    let (scheme, rest) = splitScheme(bytes[...])
    if NamedValue.isContent(text) || NamedValue.isContent(String(decoding: rest, as: UTF8.self)) {
      return NamedValue.hidden(text)
    }
    var shown = Array(scheme)
    var kept = rest
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
      shown += "(redacted)@".utf8
      kept = rest[(at + 1)...]
    }
    let address = kept.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    shown += address
    if address.endIndex < kept.endIndex { shown += "…".utf8 }
    return TerminalText.sanitized(String(decoding: shown, as: UTF8.self))
  }

  /// What precedes the last `@` of an address, `nil` without one, and the address without it.
  public static func separatingUser(from text: String) -> (user: String?, address: String) {
    let bytes = Array(text.utf8)
    let (scheme, rest) = splitScheme(bytes[...])
    guard let at = rest.lastIndex(of: UInt8(ascii: "@")) else { return (nil, text) }
    return (
      String(decoding: rest[..<at], as: UTF8.self),
      String(decoding: scheme + rest[(at + 1)...], as: UTF8.self)
    )
  }

  /// Splits after the first `://`; the scheme is empty without one.
  private static func splitScheme(
    _ bytes: ArraySlice<UInt8>
  ) -> (scheme: ArraySlice<UInt8>, rest: ArraySlice<UInt8>) {
    let end = bytes.indices.first { bytes[$0...].starts(with: "://".utf8) }.map { $0 + 3 }
    return (bytes[..<(end ?? 0)], bytes[(end ?? 0)...])
  }

  /// Splits `host`, `host:port`, `[address]` or `[address]:port`.
  private static func hostAndPort(
    _ authority: [UInt8]
  ) throws(FormatError) -> (host: String, port: Int?) {
    let host: ArraySlice<UInt8>
    let rest: ArraySlice<UInt8>
    if authority.first == UInt8(ascii: "[") {
      guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else { throw .host }
      host = authority[1..<end]
      rest = authority[(end + 1)...]
      guard host.contains(UInt8(ascii: ":")),
        host.allSatisfy({
          $0.hexadecimalValue != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
        })
      else { throw .host }
    } else {
      host = authority.prefix { $0 != UInt8(ascii: ":") }
      rest = authority[host.endIndex...]
      guard 1...longestHost ~= host.count, host.allSatisfy(isHostByte) else { throw .host }
    }
    let name = String(decoding: host, as: UTF8.self).lowercased()
    if rest.isEmpty { return (name, nil) }
    guard rest.first == UInt8(ascii: ":"), rest.count <= 6,
      let port = rest.dropFirst().decimalValue, 1...65_535 ~= port
    else { throw .port }
    return (name, Int(port))
  }

  /// The longest name of a host, in bytes (RFC 1035, 2.3.4).
  private static let longestHost = 253

  private static func isHostByte(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || "-._".utf8.contains(byte)
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || "-._~!$&'()*+,;=:@%/".utf8.contains(byte)
  }
}
