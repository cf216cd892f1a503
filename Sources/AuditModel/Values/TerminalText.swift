/// Text that is safe to show on a terminal and to write into a log.
public enum TerminalText {
  /// Writes what a terminal might obey, or what could pass for another line, as `\u{1B}`, and cuts long text.
  ///
  /// Everything that comes from data, from a server or from a file goes through here: a requester chooses
  /// the common name, and an escape sequence in it must not reach the operator's terminal.
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - limit: The most characters to keep, counted as code points of the result; `…` follows a cut.
  /// - Returns: The text on one line, without anything that a terminal interprets.
  public static func clean(_ text: String, limit: Int = 256) -> String {
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
