import CXLSXWriter

/// An Excel workbook that is written row by row.
///
/// Every sheet has a head that stays in view and a filter. Rows are written once and in order; memory holds one.
@safe package final class Workbook {
  /// How text, shares, moments and days look.
  @unsafe private struct Formats {
    let head: UnsafeMutablePointer<lxw_format>
    let share: UnsafeMutablePointer<lxw_format>
    let moment: UnsafeMutablePointer<lxw_format>
    let day: UnsafeMutablePointer<lxw_format>
  }

  @unsafe private struct Sheet {
    let pointer: UnsafeMutablePointer<lxw_worksheet>
    let name: String
    let head: [String]
    /// Rows written, the head included.
    var rows: UInt32
  }

  /// Rows a sheet can hold, the head included.
  package static let maximumRows = 1_048_576
  /// 1970-01-01 as Excel counts days.
  private static let epochDay = 25_569.0

  private let path: String
  /// Made by libxlsxwriter, owned by this object, freed when it is closed or goes.
  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private let formats: Formats
  private var sheet: Sheet?

  /// Begins a workbook; rows wait in the temporary folder until it is finished and its file written.
  package init(path: String, temporaryFolder: String) throws(WorkbookError) {
    // Both strings live for the call, which copies them.
    guard let workbook = unsafe kf_workbook_new(path, temporaryFolder) else { throw .outOfMemory }
    func format(_ pattern: String?) throws(WorkbookError) -> UnsafeMutablePointer<lxw_format> {
      guard let format = unsafe workbook_add_format(workbook) else { throw .outOfMemory }
      if let pattern { unsafe format_set_num_format(format, pattern) }
      return unsafe format
    }
    self.path = path
    unsafe self.workbook = workbook
    unsafe formats = try Formats(
      head: format(nil), share: format("0.0%"), moment: format("yyyy-mm-dd hh:mm:ss.000"),
      day: format("yyyy-mm-dd"))
    unsafe format_set_bold(formats.head)
  }

  deinit {
    if let workbook = unsafe workbook { unsafe lxw_workbook_free(workbook) }
  }

  /// Begins a sheet; its name must be unique and at most 31 letters, digits, spaces and underscores.
  package func beginSheet(_ name: String, head: [String]) throws(WorkbookError) {
    try endSheet()
    try check(unsafe workbook_validate_sheet_name(workbook, name))
    guard let pointer = unsafe workbook_add_worksheet(workbook, name) else { throw .outOfMemory }
    for (column, title) in head.enumerated() {
      let text = SheetText.written(title)
      try check(unsafe worksheet_write_string(pointer, 0, UInt16(column), text, formats.head))
      let width = Double(max(12, min(title.utf8.count + 4, 40)))
      try check(unsafe worksheet_set_column(pointer, UInt16(column), UInt16(column), width, nil))
    }
    unsafe worksheet_freeze_panes(pointer, 1, 0)
    unsafe sheet = Sheet(pointer: pointer, name: name, head: head, rows: 1)
  }

  /// Adds a row to the sheet; where it is full, one of the same name with a number goes on.
  package func append(_ cells: [SheetCell]) throws(WorkbookError) {
    guard let full = unsafe sheet else { return }
    if unsafe full.rows == UInt32(Self.maximumRows) {
      let parts = unsafe full.name.split(separator: " ")  // text: ours, the name of a sheet
      let number = parts.count == 2 ? Int(parts[1]) ?? 1 : 1
      try beginSheet("\(parts[0]) \(number + 1)", head: unsafe full.head)
    }
    guard let sheet = unsafe sheet else { return }
    for (column, cell) in cells.enumerated() {
      try unsafe write(cell, to: sheet.pointer, sheet.rows, UInt16(column))
    }
    unsafe self.sheet?.rows += 1
  }

  private func write(
    _ cell: SheetCell, to sheet: UnsafeMutablePointer<lxw_worksheet>, _ row: UInt32,
    _ column: UInt16
  ) throws(WorkbookError) {
    // The sheet belongs to the workbook, which lives; strings live for the call, which copies them.
    switch cell {
    case .empty: break
    case .text(let text):
      try check(unsafe worksheet_write_string(sheet, row, column, SheetText.written(text), nil))
    case .number(let number):
      try check(unsafe worksheet_write_number(sheet, row, column, number, nil))
    case .share(let share):
      try check(unsafe worksheet_write_number(sheet, row, column, share, formats.share))
    case .moment(let milliseconds):
      let days = Self.epochDay + Double(milliseconds) / 86_400_000
      try check(unsafe worksheet_write_number(sheet, row, column, days, formats.moment))
    case .day(let day):
      try check(
        unsafe worksheet_write_number(sheet, row, column, Self.epochDay + Double(day), formats.day))
    }
  }

  /// What the library refuses is not left out of the workbook in silence.
  private func check(_ result: lxw_error) throws(WorkbookError) {
    guard result != LXW_NO_ERROR else { return }
    let reason = unsafe lxw_strerror(result).map { unsafe String(cString: $0) } ?? "no reason"
    throw .refused(file: path, reason: String(reason.unicodeScalars.prefix { $0 != "." }))
  }

  private func endSheet() throws(WorkbookError) {
    guard let sheet = unsafe sheet else { return }
    let columns = unsafe sheet.head.count
    try check(
      unsafe worksheet_autofilter(
        sheet.pointer, 0, 0, max(1, sheet.rows) - 1, UInt16(max(1, columns) - 1)))
  }

  /// Writes the file, as created at a time in seconds since 1970; the workbook cannot be used any more.
  package func finish(created: Int64) throws(WorkbookError) {
    guard let workbook = unsafe workbook else { return }
    try endSheet()
    unsafe self.sheet = nil
    try check(unsafe kf_workbook_set_created(workbook, Int(created)))
    // Closing frees the workbook whatever comes of it.
    unsafe self.workbook = nil
    try check(unsafe workbook_close(workbook))
  }
}

/// Why a workbook was not written.
package enum WorkbookError: Error, Equatable {
  /// There was no memory for it.
  case outOfMemory
  /// libxlsxwriter refused, in its words.
  case refused(file: String, reason: String)
}

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
