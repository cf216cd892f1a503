package import AuditModel
package import SafeXLSX

/// The rows of the workbook's sheet of instances: the columns of instances.csv, typed.
package enum InstanceSheet {
  /// The name of the sheet.
  package static let name = "instances"

  /// The columns' names.
  package static var head: [String] { InstanceColumn.allCases.map(\.rawValue) }

  private static let format = Format()

  /// The row of the instance at an index of a batch.
  package static func row(_ index: Int, of batch: borrowing InstanceBatch) -> [SheetCell] {
    let (instances, text) = (batch.instances.span, batch.text.span)
    var format = format
    return [SheetCell](capacity: InstanceColumn.allCases.count) { cells in
      format.write(instances, index, text, to: &cells)
    }
  }
}

private struct Format: RowFormat {
  let words = RowWords { _, word in SheetCell.text(word) }

  static func word(_ word: SheetCell, to cells: inout OutputSpan<SheetCell>) {
    cells.append(word)
  }

  func appendKnown(_ object: ObjectIdentifier, to cells: inout OutputSpan<SheetCell>) -> Bool {
    false
  }

  func share(
    _ object: any AnyObject & Sendable, to cells: inout OutputSpan<SheetCell>,
    write: (inout OutputSpan<SheetCell>) -> Void
  ) {
    write(&cells)
  }

  static func missing(_ column: InstanceColumn, to cells: inout OutputSpan<SheetCell>) {
    cells.append(.empty)
  }

  static func name(_ column: InstanceColumn, _ name: Name, to cells: inout OutputSpan<SheetCell>) {
    cells.append(.text(name.string))
  }

  static func text(
    _ column: InstanceColumn, _ text: borrowing Span<UInt8>, to cells: inout OutputSpan<SheetCell>
  ) {
    cells.append(.text(String(decoding: [UInt8](copying: text), as: UTF8.self)))
  }

  static func word(_ column: InstanceColumn, _ word: String, to cells: inout OutputSpan<SheetCell>)
  {
    cells.append(.text(word))
  }

  static func integer(
    _ column: InstanceColumn, _ number: Int64, to cells: inout OutputSpan<SheetCell>
  ) {
    cells.append(.whole(number))
  }

  static func id(_ column: InstanceColumn, _ id: InstanceID, to cells: inout OutputSpan<SheetCell>)
  {
    cells.append(.text(id.description))
  }

  static func instant(
    _ column: InstanceColumn, _ instant: Instant, to cells: inout OutputSpan<SheetCell>
  ) {
    cells.append(.at(instant))
  }

  static func flags(
    _ column: InstanceColumn, _ flags: DataQuality, to cells: inout OutputSpan<SheetCell>
  ) {
    cells.append(flags.isEmpty ? .empty : .text(flags.names.joined(separator: ";")))
  }
}

extension SheetCell {
  /// A whole number; one that a spreadsheet would round is written as text.
  static func whole(_ number: Int64) -> SheetCell {
    number.magnitude <= 1 << 53 ? .number(Double(number)) : .text(String(number))
  }

  /// 1900-03-01: before it spreadsheets have no time, or, for a day that never was, each another one.
  private static let firstDay: Int64 = -25_508

  /// An instant; one that a spreadsheet cannot hold is written as text.
  static func at(_ instant: Instant) -> SheetCell {
    instant.milliseconds >= firstDay * 86_400_000
      ? .moment(instant.milliseconds) : .text(instant.description)
  }

  /// A day, likewise.
  static func on(_ day: String) -> SheetCell {
    guard let number = CivilDate(day)?.dayNumber, number >= firstDay else { return .text(day) }
    return .day(number)
  }
}
