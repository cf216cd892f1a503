/// Reads back how kfaudit writes text into CSV cells, so that what is copied from a pack's tables is the same text.
///
/// A leading apostrophe goes only where kfaudit would have put it: before what a spreadsheet could take for a formula.
/// `'t Hooft` keeps its own.
enum CellText {
  /// The text that a cell stands for.
  static func read(_ cell: [UInt8]) -> [UInt8] {
    var text = cell[...]
    if text.first == UInt8(ascii: "'"), isMarked(text.dropFirst()) { text.removeFirst() }
    let escape = Array("\\u{".utf8)
    return text.firstRange(of: escape) == nil ? Array(text) : unescaped(text)
  }

  /// Whether a text needs the apostrophe before it.
  private static func isMarked(_ text: ArraySlice<UInt8>) -> Bool {
    switch text.first {
    case 0x09, 0x0A, 0x0D, UInt8(ascii: "'"): return true
    case nil: return false
    default: break
    }
    let first = String(decoding: text, as: UTF8.self).unicodeScalars.first { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
    switch first {
    case "=", "+", "-", "@", ";", "|", "%", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}":
      return true
    case "\\": return text.firstRange(of: Array("\\u{".utf8)) != nil
    default: return false
    }
  }

  /// The text with each `\u{1B}` and each doubled backslash as what it stands for; what is no such escape stays.
  private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let backslash = UInt8(ascii: "\\")
    var result: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      guard byte == backslash, let next = rest.first else {
        result.append(byte)
        continue
      }
      if next == backslash {
        result.append(backslash)
        rest.removeFirst()
      } else if let (scalar, length) = escape(rest) {
        result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        rest.removeFirst(length)
      } else {
        result.append(byte)
      }
    }
    return result
  }

  /// The code point of `u{1B}` at the start of a text, and how many bytes it takes.
  private static func escape(
    _ text: ArraySlice<UInt8>
  ) -> (scalar: Unicode.Scalar, length: Int)? {
    guard text.starts(with: "u{".utf8) else { return nil }
    let digits = text.dropFirst(2).prefix(7).prefix { $0 != UInt8(ascii: "}") }
    guard 1...6 ~= digits.count, text.dropFirst(2 + digits.count).first == UInt8(ascii: "}"),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(value)
    else { return nil }
    return (scalar, digits.count + 3)
  }
}
