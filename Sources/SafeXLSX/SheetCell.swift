/// One cell of a sheet, typed.
package enum SheetCell: Sendable, Equatable {
  /// No value; nothing is written.
  case empty
  /// Text, which no spreadsheet evaluates: it is written as a string and never as a formula.
  case text(String)
  /// A plain number, of which a spreadsheet keeps 15 digits.
  case number(Double)
  /// A share, shown as a percentage.
  case share(Double)
  /// Milliseconds since 1970-01-01T00:00:00Z, shown as a UTC date with time.
  case moment(Int64)
  /// Days since 1970-01-01, shown as a date.
  case day(Int64)
}

/// Text as a cell of a workbook can hold it, and as its readers have it back.
///
/// What XML cannot carry is shown as a token. To readers `_x0041_` is an escape (ST_Xstring of ECMA-376), so that the `_` of
/// a text that has such a sequence is escaped itself. A cell holds 32,767 UTF-16 units of all that; a longer text is cut, and
/// says so.
enum SheetText {
  static let maximumLength = 32_767
  private static let cut = "… (cut)"

  /// The text as it is handed to the library.
  static func written(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { 0x20..<0x7F ~= $0 && $0 != UInt8(ascii: "_") }
    if isPlain, text.utf8.count <= maximumLength { return text }
    let scalars = Array(text.unicodeScalars.prefix(maximumLength + 1))
    // Appending several scalars to a `UnicodeScalarView` copies all of it.
    var shown = ""
    var length = 0
    /// Where the text ends if it has to be cut.
    var end = (text: shown, isOpen: true)
    for index in scalars.indices {
      let piece = piece(of: scalars, at: index)
      length += piece.utf16.count
      if end.isOpen, length > maximumLength - cut.utf16.count { end = (shown, false) }
      guard length <= maximumLength else { return end.text + cut }
      shown += piece
    }
    return shown
  }

  private static func piece(of scalars: [Unicode.Scalar], at index: Int) -> String {
    let scalar = scalars[index]
    if scalar == "_", startsEscape(scalars[index...]) { return "_x005F_" }
    let isControl = scalar.value < 0x20 && scalar != "\t" && scalar != "\n"
    guard isControl || scalar.value == 0x7F || scalar.properties.isNoncharacterCodePoint else {
      return String(scalar)
    }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "⟨U+\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits)⟩"
  }

  /// Whether a text begins with `_xHHHH_`.
  private static func startsEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    let sequence = Array(scalars.prefix(7))
    return sequence.count == 7 && sequence[1] == "x" && sequence[6] == "_"
      && sequence[2...5].allSatisfy { $0.isASCII && $0.properties.isASCIIHexDigit }
  }
}
