import AuditModel

/// What the parts of an OSCAL Assessment Results document have in common.
///
/// A list is missing or has an element: OSCAL knows no empty ones.
enum OSCAL {
  /// A value with a name, on one line without white space around it, which is all that OSCAL takes.
  ///
  /// It is whole, however long: an id that is cut is another id, and a group's value is at its end.
  static func property(_ name: String, _ value: String, class group: String? = nil) -> JSONObject {
    // OSCAL's own names have no namespace; these are ours.
    [
      "ns": "urn:kfaudit:oscal", "name": name, "value": line(value, limit: .max), "class": group,
    ]
  }

  /// Text of our own or of somebody else's where OSCAL has Markdown, on one line; what could begin markup is escaped.
  static func markup(_ text: String) -> String {
    let line = Self.line(text, limit: longestText).backslashing { scalar in
      switch scalar {
      case "\\", "`", "*", "_", "{", "[", "]", "<", ">", "&", "~", "^": true
      default: false
      }
    }
    return escapingBlock(line)
  }

  /// So much of a sentence is kept, in code points: all but the longest list of waivers.
  private static let longestText = 4000

  /// The line with a backslash where it would begin a heading, a rule or an item of a list, numbered or not.
  private static func escapingBlock(_ line: String) -> String {
    var bytes = Array(line.utf8)
    let digits = bytes.prefix(while: \.isASCIIDigit).count
    let mark = bytes.dropFirst(digits)
    let isBlock =
      digits == 0
      ? mark.first.map { "#+-".utf8.contains($0) } == true
      : mark.first.map { ".)".utf8.contains($0) } == true
        && mark.dropFirst().first.map { $0 == UInt8(ascii: " ") } != false
    if isBlock { bytes.insert(UInt8(ascii: "\\"), at: digits) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A text on one line without white space around it; OSCAL has no empty values.
  private static func line(_ text: String, limit: Int) -> String {
    let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    let scalars = TerminalText.sanitized(text, limit: limit).unicodeScalars.drop(while: isBlank)
    let end = scalars.lastIndex { !isBlank($0) }
    return end.map { String(String.UnicodeScalarView(scalars[...$0])) } ?? "(empty)"
  }
}
