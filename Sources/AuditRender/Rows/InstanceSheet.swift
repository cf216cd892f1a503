public import AuditModel
public import SafeXLSX

/// The rows of the workbook's sheet of instances: the columns of instances.csv, typed.
public enum InstanceSheet {
  /// The name of the sheet.
  public static let name = "instances"

  /// The columns' names.
  public static var head: [String] { InstanceColumn.allCases.map(\.rawValue) }

  /// The row of an instance.
  public static func row(_ instance: Instance, of batch: InstanceBatch) -> [SheetCell] {
    InstanceColumn.allCases.map { column in
      switch instance.cell(column) {
      case .missing: .empty
      case .name(let name): .text(name.string)
      case .slice(let slice): .text(batch.string(slice))
      case .word(let word): .text(word)
      case .integer(let number): .whole(number)
      case .id(let id): .text(id.description)
      case .instant(let instant): .moment(instant.milliseconds)
      case .flags(let flags): flags.isEmpty ? .empty : .text(flags.names.joined(separator: ";"))
      }
    }
  }
}

extension SheetCell {
  /// A whole number; one that a spreadsheet would round is written as text.
  static func whole(_ number: Int64) -> SheetCell {
    number.magnitude <= 1 << 53 ? .number(Double(number)) : .text(String(number))
  }
}
