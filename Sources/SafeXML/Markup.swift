/// How text stands in HTML, so that it can never become anything but text.
enum Markup {
  /// Appends trusted, well-formed text, with what means something in HTML escaped.
  static func escape(_ text: String, inAttribute: Bool, to output: inout [UInt8]) {
    for byte in text.utf8 { append(byte, inAttribute: inAttribute, to: &output) }
  }

  /// Appends text from anywhere: escaped, and with what cannot be seen or carried shown as a token, `⟨U+0001⟩`.
  static func sanitized(_ text: String, inAttribute: Bool, to output: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      if scalar.isASCII, scalar.value >= 0x20, scalar.value != 0x7F {
        append(UInt8(truncatingIfNeeded: scalar.value), inAttribute: inAttribute, to: &output)
      } else if isShownAsToken(scalar) {
        output.append(contentsOf: token(scalar).utf8)
      } else {
        output.append(contentsOf: UTF8.encode(scalar) ?? .init())
      }
    }
  }

  private static func append(_ byte: UInt8, inAttribute: Bool, to output: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "&"): output.append(contentsOf: "&amp;".utf8)
    case UInt8(ascii: "<"): output.append(contentsOf: "&lt;".utf8)
    case UInt8(ascii: ">"): output.append(contentsOf: "&gt;".utf8)
    case UInt8(ascii: "\"") where inAttribute: output.append(contentsOf: "&quot;".utf8)
    default: output.append(byte)
    }
  }

  /// Controls, format characters (bidi overrides, zero-width and soft hyphens among them), line separators and
  /// noncharacters: invisible at best, and the first and the last not allowed in XML 1.0.
  private static func isShownAsToken(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: scalar.properties.isNoncharacterCodePoint
    }
  }

  private static func token(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟩"
  }
}
