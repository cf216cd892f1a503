/// The GUID of a workflow instance, as 128 bits.
public struct InstanceID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The first eight bytes, most significant first.
  public var high: UInt64
  /// The last eight bytes.
  public var low: UInt64

  /// Makes an id of its two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads `9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1` in any case, with or without braces; `nil` for anything else.
  public init?(_ text: borrowing Span<UInt8>) {
    let braced = text.count == 38 && text[0] == UInt8(ascii: "{") && text[37] == UInt8(ascii: "}")
    guard braced || text.count == 36 else { return nil }
    let first = braced ? 1 : 0
    var halves = (high: UInt64(0), low: UInt64(0))
    var digits = 0
    for position in 0..<36 {
      let byte = text[first + position]
      if position == 8 || position == 13 || position == 18 || position == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = hexadecimalValue(of: byte) else { return nil }
      if digits < 16 {
        halves.high = halves.high << 4 | UInt64(digit)
      } else {
        halves.low = halves.low << 4 | UInt64(digit)
      }
      digits += 1
    }
    self.init(high: halves.high, low: halves.low)
  }

  /// Reads an id from a string.
  public init?(_ text: String) {
    self.init(Array(text.utf8).span)
  }

  /// Orders as the hexadecimal digits do.
  public static func < (left: InstanceID, right: InstanceID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// The canonical form: 36 characters, lower case.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the canonical form.
  public func append(to bytes: inout [UInt8]) {
    for position in 0..<32 {
      if position == 8 || position == 12 || position == 16 || position == 20 {
        bytes.append(UInt8(ascii: "-"))
      }
      let half = position < 16 ? high : low
      let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (position & 15))) & 15
      bytes.append(digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "a"))
    }
  }
}

/// The value of an ASCII hexadecimal digit.
func hexadecimalValue(of byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
