/// Writes JSON strings as the product's platform does by default: everything but plain ASCII
/// escaped, and of that all that could mean something in a web page.
enum JSONText {
  /// Appends a string in double quotes.
  static func append(_ text: some StringProtocol, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for unit in text.utf16 { append(unit, to: &bytes) }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func append(_ unit: UInt16, to bytes: inout [UInt8]) {
    switch unit {
    case 0x08: bytes += #"\b"#.utf8
    case 0x09: bytes += #"\t"#.utf8
    case 0x0A: bytes += #"\n"#.utf8
    case 0x0C: bytes += #"\f"#.utf8
    case 0x0D: bytes += #"\r"#.utf8
    case 0x5C: bytes += #"\\"#.utf8
    // " & ' + < > `
    case 0x22, 0x26, 0x27, 0x2B, 0x3C, 0x3E, 0x60: appendEscape(unit, to: &bytes)
    case 0x20..<0x7F: bytes.append(UInt8(unit))
    case UInt16(SandboxRow.loneSurrogate.value): appendEscape(0xD800, to: &bytes)
    default: appendEscape(unit, to: &bytes)
    }
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func appendEscape(_ unit: UInt16, to bytes: inout [UInt8]) {
    bytes += #"\u"#.utf8
    for shift in [12, 8, 4, 0] as [UInt16] { bytes.append(digits[Int(unit >> shift & 15)]) }
  }
}
