public import AuditModel
public import SafeXLSX

/// The rows of the workbook's sheet of instances: the columns of instances.csv, typed.
public enum InstanceSheet {
  /// The name of the sheet.
  public static let name = "instances"

  /// The columns' names.
  public static var head: [String] { InstanceColumn.allCases.map(\.rawValue) }

  /// The row of an instance.
  public static func row(
    _ instance: borrowing Instance, of batch: borrowing InstanceBatch
  ) -> [SheetCell] {
    var writer = Writer()
    instance.write(batch.text.span, to: &writer)
    return writer.cells
  }

  private struct Writer: CellWriter {
    var cells: [SheetCell] = []

    mutating func missing() { cells.append(.empty) }
    mutating func name(_ name: Name) { word(name.string) }
    mutating func text(_ text: borrowing Span<UInt8>) {
      word(String(decoding: [UInt8](copying: text), as: UTF8.self))
    }
    mutating func word(_ word: String) { cells.append(.text(word)) }
    mutating func integer(_ number: Int64) { cells.append(.whole(number)) }
    mutating func id(_ id: InstanceID) { word(id.description) }
    mutating func instant(_ instant: Instant) { cells.append(.moment(instant.milliseconds)) }
    mutating func flags(_ flags: DataQuality) {
      if flags.isEmpty { missing() } else { word(flags.names.joined(separator: ";")) }
    }
  }
}

extension SheetCell {
  /// A whole number; one that a spreadsheet would round is written as text.
  static func whole(_ number: Int64) -> SheetCell {
    number.magnitude <= 1 << 53 ? .number(Double(number)) : .text(String(number))
  }
}
