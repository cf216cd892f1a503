/// Text that is safe to show on a terminal and to write into a log.
public enum TerminalText {
  /// A text on one line: what a terminal might obey is written as `\u{1B}`, and `…` ends what is over the limit.
  ///
  /// Everything that comes from data, from a server or from a file goes through here: a requester chooses
  /// the common name, and an escape sequence in it must not reach the operator's terminal.
  public static func sanitized(_ text: String, limit: Int = 256) -> String {
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
      let shown = isHarmless(scalar) ? String(scalar) : token(of: scalar)
      count += shown.unicodeScalars.count
      guard count <= limit else { return result + "…" }
      result += shown
    }
    return result
  }

  /// Not a C0 or C1 control, a format or bidi control, a line or paragraph separator, or a noncharacter.
  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    if 0x20...0x7E ~= scalar.value { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate:
      return false
    default: return true
    }
  }

  private static func token(of scalar: Unicode.Scalar) -> String {
    "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
  }
}

/// A value that names something, such as a file, an address or a time zone, as a message may show it.
///
/// A variable or an option that should hold a path sometimes holds what the file should hold: a key, a profile with its
/// password. Every value that somebody wrote goes through here on its way into a message.
public enum NamedValue {
  /// The longest path that the system takes, in bytes.
  private static let longestPath = 4096
  /// The longest name of a file, in bytes.
  private static let longestName = 255
  /// From so many digits of Base64 on, some of them in one piece, it is a key rather than a path.
  private static let shortestKey = (digits: 60, piece: 32)

  /// The value on one line, safe to print, or its length only where it looks like content.
  public static func shown(_ text: String) -> String {
    isContent(text) ? hidden(text) : TerminalText.sanitized(text)
  }

  /// A value's length, in the value's place.
  public static func hidden(_ text: String) -> String { "(\(text.utf8.count) bytes, not shown)" }

  /// Whether a value looks like what a file holds rather than like a name: PEM, JSON, YAML, a key in Base64, more than
  /// one line, or more than a path can hold.
  public static func isContent(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count > longestPath
      || bytes.contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      || bytes.split(separator: UInt8(ascii: "/")).contains { $0.count > longestName }
      || bytes.firstRange(of: Array("-----BEGIN".utf8)) != nil
      || isStructured(bytes) || isKey(bytes)
  }

  /// `{"key": …`, `[{…`, `--- …` or `key: …`.
  private static func isStructured(_ bytes: [UInt8]) -> Bool {
    let text = bytes.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    switch text.first {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      return text.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ":") }
    default:
      let key = text.prefix { $0.isASCIIAlphanumeric || "_-".utf8.contains($0) }
      return !key.isEmpty && text.dropFirst(key.count).starts(with: ": ".utf8)
    }
  }

  /// Whether it is a long run of Base64, as of keys without their armour and of tokens, but for a digest in hexadecimal.
  private static func isKey(_ bytes: [UInt8]) -> Bool {
    // `{"` in Base64, with which each JSON Web Token begins.
    guard bytes.count >= shortestKey.digits else { return false }
    if bytes.starts(with: "eyJ".utf8) { return true }
    let pieces = bytes.split(separator: UInt8(ascii: "/"))
    return bytes.first != UInt8(ascii: "/") && !bytes.allSatisfy { $0.hexadecimalValue != nil }
      && pieces.contains { $0.count >= shortestKey.piece }
      && bytes.contains { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
      && bytes.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
      && bytes.allSatisfy { $0.isASCIIAlphanumeric || "+/=".utf8.contains($0) }
  }
}
