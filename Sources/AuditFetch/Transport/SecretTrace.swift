import AuditModel
import FoundationEssentials

/// Finds out whether a text that a server sent may hold a secret, as it is or as servers and proxies reflect it.
///
/// Nothing is cut out of such a text: an encoding that nobody thought of would leave the secret in what remains. A text
/// with a trace of a secret is not shown at all, and so a false alarm costs a detail of a message, no more.
struct SecretTrace: Sendable {
  /// What of a secret gives it away: as many bytes of one of its forms, or the whole of a shorter one.
  private static let window = 8
  /// A shorter secret occurs in words of all kinds, and counts as a word of its own only.
  private static let shortest = 4
  /// How much of a text is looked at; less of it than this is ever shown.
  private static let limit = 4096

  /// The secrets as they are.
  private let plain: [[UInt8]]
  /// Pieces of the secrets' forms by their length: letters and digits only, in lower case, packed into a number.
  private let pieces: [Int: Set<UInt64>]

  init(of secrets: [Secret]) {
    let plain = secrets.map { Array($0.reveal().utf8) }.filter { !$0.isEmpty }
    let forms = plain.flatMap(Self.forms).map(Self.squeezed).filter { $0.count >= Self.shortest }
    self.plain = plain
    pieces = forms.reduce(into: [:]) { pieces, form in
      let length = min(Self.window, form.count)
      pieces[length, default: []].formUnion(Self.windows(of: form, count: length))
    }
  }

  /// Whether a secret, or the greater part of one, may be in a text.
  func isIn(_ text: some Sequence<UInt8>) -> Bool {
    var text = Array(text.prefix(Self.limit))
    // What was escaped twice needs two turns; three leave nothing of interest.
    for _ in 0..<3 {
      if plain.contains(where: { Self.isWhole($0, in: text) }) { return true }
      let squeezed = Self.squeezed(text)
      for (length, pieces) in pieces
      where Self.windows(of: squeezed, count: length).contains(where: pieces.contains) {
        return true
      }
      let unescaped = ReflectedText.unescaped(text)
      if unescaped == text { return false }
      text = unescaped
    }
    return false
  }

  /// Whether a secret is in a text as it is.
  private static func isWhole(_ secret: [UInt8], in text: [UInt8]) -> Bool {
    guard secret.count < shortest else { return text.firstRange(of: secret) != nil }
    var rest = text[...]
    while let found = rest.firstRange(of: secret) {
      let beside = text[..<found.lowerBound].suffix(1) + text[found.upperBound...].prefix(1)
      if squeezed(Array(beside)).isEmpty { return true }
      rest = text[(found.lowerBound + 1)...]
    }
    return false
  }

  /// A secret as it is, backwards, in hexadecimal, Base64 and Base32.
  ///
  /// Of Base64 and Base32 there is a form for each place at which the secret may begin within what was encoded: after
  /// `user:`, say.
  private static func forms(of secret: [UInt8]) -> [[UInt8]] {
    let hexadecimal = Hexadecimal.digits(of: secret)
    let base64 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    let base32 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    let base32hex = Array("0123456789ABCDEFGHIJKLMNOPQRSTUV".utf8)
    return [secret, secret.reversed(), hexadecimal]
      + (0..<3).map { encoded(secret, after: $0, digits: base64, bits: 6) }
      + (0..<5).map { encoded(secret, after: $0, digits: base32, bits: 5) }
      + (0..<5).map { encoded(secret, after: $0, digits: base32hex, bits: 5) }
  }

  /// The digits that follow from the secret alone, whatever the bytes before and after it are.
  private static func encoded(
    _ secret: [UInt8], after offset: Int, digits: [UInt8], bits: Int
  ) -> [UInt8] {
    let first = (offset * 8 + bits - 1) / bits
    let end = (offset + secret.count) * 8 / bits
    return (first..<max(first, end)).map { digit in
      let value = (digit * bits..<(digit + 1) * bits).reduce(0) { value, bit in
        value << 1 | Int(secret[bit / 8 - offset] >> (7 - bit % 8) & 1)
      }
      return digits[value]
    }
  }

  /// Letters and digits only, in lower case: separators, line breaks and the two alphabets of Base64 make no difference.
  private static func squeezed(_ text: [UInt8]) -> [UInt8] {
    text.compactMap { byte in
      byte.isASCIILetter ? byte | 0x20 : byte.isASCIIDigit || byte >= 0x80 ? byte : nil
    }
  }

  /// Every run of so many bytes, at most eight, as a number.
  private static func windows(of text: [UInt8], count: Int) -> [UInt64] {
    let mask = count == 8 ? UInt64.max : 1 << (8 * count) - 1
    var window: UInt64 = 0
    return text.enumerated().compactMap { index, byte in
      window = (window << 8 | UInt64(byte)) & mask
      return index + 1 < count ? nil : window
    }
  }
}

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
