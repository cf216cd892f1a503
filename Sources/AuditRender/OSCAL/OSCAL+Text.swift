import AuditModel

extension OSCAL {
  /// Text of our own or of somebody else's where OSCAL has Markdown, on one line; what could begin markup is escaped.
  static func markup(_ text: String) -> String {
    if text.isEmpty { return empty }
    return TerminalText.sanitized(text, limit: longestText).backslashing { scalar in
      switch scalar {
      case "\\", "`", "*", "_", "{", "[", "]", "<", ">", "&", "~", "^": true
      default: false
      }
    }
  }

  /// So much of a sentence is kept, in code points: all but the longest list of waivers.
  private static let longestText = 4000

  /// OSCAL has no empty values.
  fileprivate static let empty = "(empty)"
}

extension OSCAL.Property {
  /// A value on one line without white space around it, which is all that OSCAL takes.
  init(_ name: String, _ value: String, class group: String? = nil) {
    let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    let scalars = TerminalText.sanitized(value).unicodeScalars.drop(while: isBlank)
    let end = scalars.lastIndex { !isBlank($0) }
    self.name = name
    self.value = end.map { String(String.UnicodeScalarView(scalars[...$0])) } ?? OSCAL.empty
    self.class = group
  }
}
