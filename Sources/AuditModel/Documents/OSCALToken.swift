extension Instant {
  /// The start of the year 3000: OSCAL has no time from here on.
  public static let endOfOSCAL = Instant(milliseconds: 32_503_680_000_000)
}

/// The form that OSCAL gives identifiers: a letter or `_`, and then letters, digits, `.`, `-` and `_`.
///
/// OSCAL allows the letters of every script; these are those of ASCII, which all of its readers take.
public enum OSCALToken {
  /// Whether a text can be an identifier as it is.
  public static func isToken(_ text: String) -> Bool {
    guard let first = text.utf8.first, isStart(first) else { return false }
    return text.utf8.allSatisfy(isPart)
  }

  /// The id of a control as catalogues write it: `ac-5` for `AC-5`, `ac-2.4` for `AC-2(4)`, `cabf-br-4.9.1.1` for
  /// `cabf-br/4.9.1.1`.
  ///
  /// Letters become small, and the number of an enhancement follows a full stop. Any other character that an identifier
  /// cannot have becomes a hyphen. The framework comes first where the id would not begin with a letter.
  public static func of(_ control: ControlReference) -> String {
    let id = token(control.control)
    if let first = id.first, isStart(first) { return text(id) }
    let whole = token(control.framework) + Array("-".utf8) + id
    return text(isStart(whole[0]) ? whole : Array("_".utf8) + whole)
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func token(_ text: String) -> [UInt8] {
    text.utf8.compactMap { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      case UInt8(ascii: "("): UInt8(ascii: ".")
      case UInt8(ascii: ")"): nil
      default: isPart(byte) ? byte : UInt8(ascii: "-")
      }
    }
  }

  private static func isStart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte.isASCIILetter
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    isStart(byte) || byte.isASCIIDigit || ".-".utf8.contains(byte)
  }
}
