/// Reads comma-separated values that somebody else wrote (RFC 4180): strictly, a record at a time, by bytes.
///
/// Records end with CRLF or LF, a byte order mark at the start is passed over, and a line without a character holds no
/// record. What spreadsheets guess about is an error: a quotation mark within a cell that does not begin with one, text
/// behind a closing one, a carriage return by itself.
struct CSVScanner {
  /// Why a file cannot be read, and where.
  struct Fault: Error, Equatable {
    /// The byte that it is about, from 0.
    var byte: Int
    /// What is wrong and what to do, from a small letter to a full stop.
    var problem: String
  }

  /// A cell of a record: where it is, and whether its quotation marks are doubled there.
  struct Cell: Sendable {
    /// Its bytes, without the quotation marks around it.
    var range: Range<Int>
    fileprivate var isDoubled = false
  }

  /// A record.
  struct Record: Sendable {
    /// The line that it begins in, from 1.
    var line: Int
    /// Its cells; there is at least one.
    var cells: [Cell]
  }

  private let bytes: [UInt8]
  private var position: Int
  private var line = 1

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let carriageReturn: UInt8 = 0x0D
  private static let lineFeed: UInt8 = 0x0A

  /// Starts at the first record.
  ///
  /// - Throws: ``Fault`` for bytes that are not UTF-8, and for NUL.
  init(_ bytes: [UInt8]) throws(Fault) {
    self.bytes = bytes
    position = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw Fault(byte: 0, problem: "the file is UTF-16. Save it as CSV in UTF-8.")
    }
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw Fault(
        byte: error.byteOffsets.lowerBound,
        problem: "the file is not valid UTF-8. Save it as CSV in UTF-8.")
    }
    if let byte = bytes.firstIndex(of: 0) {
      throw Fault(byte: byte, problem: "a NUL is not valid in text. Remove it.")
    }
  }

  /// The next record; `nil` at the end.
  mutating func next() throws(Fault) -> Record? {
    while position < bytes.count, endLine() {}
    guard position < bytes.count else { return nil }
    var record = Record(line: line, cells: [])
    while true {
      record.cells.append(try cell())
      guard position < bytes.count else { return record }
      if bytes[position] == Self.comma {
        position += 1
        continue
      }
      guard endLine() else {
        throw Fault(
          byte: position,
          problem: "a carriage return by itself does not end a line. Save the file with LF or CRLF."
        )
      }
      return record
    }
  }

  /// The text of a cell.
  func text(of cell: Cell) -> [UInt8] {
    let text = bytes[cell.range]
    guard cell.isDoubled else { return Array(text) }
    var result: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      result.append(text[index])
      index += text[index] == Self.quote ? 2 : 1
    }
    return result
  }

  /// The line and the column of a byte, both from 1; columns are counted in code points.
  static func place(of byte: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
    let before = bytes.prefix(byte)
    let start = before.lastIndex(of: lineFeed).map { $0 + 1 } ?? 0
    let mark = start == 0 && bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    let column = before.dropFirst(max(start, mark)).count { $0 & 0xC0 != 0x80 } + 1
    return (before.count { $0 == lineFeed } + 1, column)
  }

  /// Passes the end of a line, if there is one here.
  private mutating func endLine() -> Bool {
    if bytes[position] == Self.carriageReturn, position + 1 < bytes.count,
      bytes[position + 1] == Self.lineFeed
    {
      position += 1
    }
    guard bytes[position] == Self.lineFeed else { return false }
    position += 1
    line += 1
    return true
  }

  private mutating func cell() throws(Fault) -> Cell {
    guard position < bytes.count, bytes[position] == Self.quote else { return try bareCell() }
    let opening = position
    var cell = Cell(range: opening + 1..<opening + 1)
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case Self.quote where position + 1 < bytes.count && bytes[position + 1] == Self.quote:
        cell.isDoubled = true
        position += 2
      case Self.quote:
        cell.range = opening + 1..<position
        position += 1
        if position < bytes.count, !isEnd(bytes[position]) {
          throw Fault(
            byte: position,
            problem:
              "text follows the closing quotation mark of a cell. Double each quotation mark within a cell."
          )
        }
        return cell
      default:
        if bytes[position] == Self.lineFeed { line += 1 }
        position += 1
      }
    }
    throw Fault(byte: opening, problem: "the quotation mark is never closed. Close it.")
  }

  private mutating func bareCell() throws(Fault) -> Cell {
    let start = position
    while position < bytes.count, !isEnd(bytes[position]) {
      if bytes[position] == Self.quote {
        throw Fault(
          byte: position,
          problem:
            "a quotation mark stands within a cell that does not begin with one. Put the whole cell in quotation "
            + "marks, and double each within it.")
      }
      position += 1
    }
    return Cell(range: start..<position)
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == Self.comma || byte == Self.carriageReturn || byte == Self.lineFeed
  }
}

/// Reads back how kfaudit writes text into CSV cells, so that what is copied from a pack's tables is the same text.
///
/// A leading apostrophe goes only where kfaudit would have put it: before what a spreadsheet could take for a formula.
/// `'t Hooft` keeps its own.
enum CellText {
  /// The text of a cell.
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
    let first = String(decoding: text, as: UTF8.self).unicodeScalars.first { !$0.isBlankInCells }
    if first == "\\" { return text.firstRange(of: Array("\\u{".utf8)) != nil }
    return first?.startsFormula ?? false
  }

  /// The text with each `\u{1B}` and each doubled backslash undone; what is not such an escape stays.
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

extension Unicode.Scalar {
  /// Whether a spreadsheet takes a cell that begins with it for a formula, or splits the cell before it.
  public var startsFormula: Bool {
    switch self {
    case "=", "+", "-", "@", ";", "|", "%", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    default: false
    }
  }

  /// Whether spreadsheets look past it when they decide whether a cell is a formula.
  public var isBlankInCells: Bool {
    switch properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
