import CXLSXWriter

/// An Excel workbook that is written row by row.
///
/// Every sheet has a head that stays in view and a filter. Rows are written once and in order; memory holds one.
@safe public final class Workbook {
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
  public static let maximumRows = 1_048_576
  /// Characters a cell can hold are 32,767 UTF-16 units; half as many code points are always fewer.
  private static let maximumLength = 16_000
  /// 1970-01-01 as Excel counts days.
  private static let epochDay = 25_569.0

  private let path: String
  /// Made by libxlsxwriter, owned by this object, freed when it is closed or goes.
  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private let formats: Formats
  private var sheet: Sheet?

  /// Begins a workbook.
  ///
  /// - Parameters:
  ///   - path: The file, written when the workbook is finished.
  ///   - temporaryFolder: Where rows wait until then.
  /// - Throws: ``WorkbookError/outOfMemory``.
  public init(path: String, temporaryFolder: String) throws(WorkbookError) {
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
  ///
  /// - Throws: ``WorkbookError/outOfMemory``.
  public func beginSheet(_ name: String, head: [String]) throws(WorkbookError) {
    endSheet()
    guard let pointer = unsafe workbook_add_worksheet(workbook, name) else { throw .outOfMemory }
    for (column, title) in head.enumerated() {
      _ = unsafe worksheet_write_string(pointer, 0, UInt16(column), title, formats.head)
      let width = Double(max(12, min(title.utf8.count + 4, 40)))
      _ = unsafe worksheet_set_column(pointer, UInt16(column), UInt16(column), width, nil)
    }
    unsafe worksheet_freeze_panes(pointer, 1, 0)
    unsafe sheet = Sheet(pointer: pointer, name: name, head: head, rows: 1)
  }

  /// Adds a row to the sheet; where it is full, one of the same name with a number goes on.
  ///
  /// - Throws: ``WorkbookError/outOfMemory``.
  public func append(_ cells: [SheetCell]) throws(WorkbookError) {
    guard let full = unsafe sheet else { return }
    if unsafe full.rows == UInt32(Self.maximumRows) {
      let parts = unsafe full.name.split(separator: " ")
      let number = parts.count == 2 ? Int(parts[1]) ?? 1 : 1
      try beginSheet("\(parts[0]) \(number + 1)", head: unsafe full.head)
    }
    guard let sheet = unsafe sheet else { return }
    for (column, cell) in cells.enumerated() {
      unsafe write(cell, to: sheet.pointer, sheet.rows, UInt16(column))
    }
    unsafe self.sheet?.rows += 1
  }

  private func write(
    _ cell: SheetCell, to sheet: UnsafeMutablePointer<lxw_worksheet>, _ row: UInt32,
    _ column: UInt16
  ) {
    // The sheet belongs to the workbook, which lives; strings live for the call, which copies them.
    switch cell {
    case .empty: break
    case .text(let text):
      _ = unsafe worksheet_write_string(sheet, row, column, Self.shown(text), nil)
    case .number(let number): _ = unsafe worksheet_write_number(sheet, row, column, number, nil)
    case .share(let share):
      _ = unsafe worksheet_write_number(sheet, row, column, share, formats.share)
    case .moment(let milliseconds):
      _ = unsafe worksheet_write_number(
        sheet, row, column, Self.epochDay + Double(milliseconds) / 86_400_000, formats.moment)
    case .day(let day):
      _ = unsafe worksheet_write_number(
        sheet, row, column, Self.epochDay + Double(day), formats.day)
    }
  }

  /// A text as a cell can hold it: what XML cannot carry is shown as a token, and what is too long is cut.
  private static func shown(_ text: String) -> String {
    // Appending several scalars to a `UnicodeScalarView` copies all of it.
    var shown = ""
    for scalar in text.unicodeScalars.prefix(maximumLength) {
      let isControl = scalar.value < 0x20 && scalar != "\t" && scalar != "\n"
      if isControl || scalar.value == 0x7F || scalar.properties.isNoncharacterCodePoint {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        shown += "⟨U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)⟩"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    if text.unicodeScalars.count > maximumLength {
      shown += "… (cut; whole in instances.ndjson)"
    }
    return shown
  }

  private func endSheet() {
    guard let sheet = unsafe sheet else { return }
    let columns = unsafe sheet.head.count
    _ = unsafe worksheet_autofilter(
      sheet.pointer, 0, 0, max(1, sheet.rows) - 1, UInt16(max(1, columns) - 1))
  }

  /// Writes the file, as created at a time in seconds since 1970; the workbook is no more.
  ///
  /// - Throws: ``WorkbookError/refused(file:reason:)``.
  public func finish(created: Int64) throws(WorkbookError) {
    guard let workbook = unsafe workbook else { return }
    endSheet()
    unsafe self.sheet = nil
    _ = unsafe kf_workbook_set_created(workbook, Int(created))
    // Closing frees the workbook whatever comes of it.
    unsafe self.workbook = nil
    let result = unsafe workbook_close(workbook)
    guard result == LXW_NO_ERROR else {
      let reason = unsafe lxw_strerror(result).map { unsafe String(cString: $0) } ?? "no reason"
      throw .refused(file: path, reason: String(reason.prefix { $0 != "." }))
    }
  }
}
