/// Undoes the escapes in which a server reflects what it was sent: of addresses, of markup, of JSON and of mail.
enum ReflectedText {
  /// The text with each escape replaced by what it means; what is none stays as it is.
  static func unescaped(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = text[...]
    while let byte = rest.first {
      let (meaning, length) = escape(at: rest) ?? ([byte], 1)
      result += meaning
      rest = rest.dropFirst(length)
    }
    return result
  }

  /// What the escape that a text begins with means, and how long it is; `nil` when it begins with none.
  private static func escape(at text: ArraySlice<UInt8>) -> (meaning: [UInt8], length: Int)? {
    let next = text.dropFirst()
    switch text.first {
    case UInt8(ascii: "%"), UInt8(ascii: "="):
      return number(next.prefix(2), digits: 2, radix: 16).map {
        ([UInt8(truncatingIfNeeded: $0)], 3)
      }
    case UInt8(ascii: "&"): return entity(next)
    case UInt8(ascii: "\\"):
      for (letter, digits) in [(UInt8(ascii: "u"), 4), (UInt8(ascii: "x"), 2)]
      where next.first == letter {
        guard let value = number(next.dropFirst().prefix(digits), digits: digits, radix: 16) else {
          return nil
        }
        return (scalar(value), digits + 2)
      }
      return next.first.map { ([$0], 2) }
    default: return nil
    }
  }

  /// `&amp;`, `&#38;` or `&#x26;`, without its first character.
  private static func entity(_ text: ArraySlice<UInt8>) -> (meaning: [UInt8], length: Int)? {
    let name = text.prefix(32).prefix { $0 != UInt8(ascii: ";") }
    guard name.count < min(32, text.count) else { return nil }
    let length = name.count + 2
    if name.first == UInt8(ascii: "#") {
      let digits = name.dropFirst()
      let isHexadecimal = digits.first.map { $0 | 0x20 } == UInt8(ascii: "x")
      let value =
        isHexadecimal
        ? number(digits.dropFirst(), digits: nil, radix: 16)
        : number(digits, digits: nil, radix: 10)
      return value.map { (scalar($0), length) }
    }
    let names = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " "]
    // Those of other names stand for signs, and signs are not compared.
    return (Array((names[String(decoding: name, as: UTF8.self).lowercased()] ?? "").utf8), length)
  }

  private static func number(_ text: ArraySlice<UInt8>, digits: Int?, radix: Int) -> Int? {
    guard !text.isEmpty, digits == nil || digits == text.count,
      text.first != UInt8(ascii: "+"), text.first != UInt8(ascii: "-")
    else { return nil }
    return Int(String(decoding: text, as: UTF8.self), radix: radix)
  }

  private static func scalar(_ value: Int) -> [UInt8] {
    guard let value = UInt32(exactly: value), let scalar = Unicode.Scalar(value) else { return [] }
    return Array(String(scalar).utf8)
  }
}
