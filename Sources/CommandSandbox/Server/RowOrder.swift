/// The order of an answer's rows.
struct RowOrder {
  private let precedes: ((SandboxRow, SandboxRow) -> Bool)?
  private let isDescending: Bool

  /// The order by a documented field, or by the default one, which is not unique; `nil` for any other.
  init?(field name: String, isDescending: Bool) {
    self.isDescending = isDescending
    if name.lowercased() == "currentstepdisplayname" {
      precedes = { $0.stepName < $1.stepName }
      return
    }
    do {
      precedes = Self.precedes(try QueryField(name: name))
    } catch {
      return nil
    }
  }

  /// `nil` for the order in which the rows lie already.
  private static func precedes(_ field: QueryField) -> ((SandboxRow, SandboxRow) -> Bool)? {
    if field == .referenceId { return nil }
    return { left, right in
      switch (field.value(of: left), field.value(of: right)) {
      case (.number(let left), .number(let right)): left < right
      case (.text(let left), .text(let right)): left < right
      case (.null, .null), (.text, .null), (.number, _), (_, .number): false
      case (.null, .text): true
      }
    }
  }

  func sorted(_ rows: [SandboxRow]) -> [SandboxRow] {
    let ascending = precedes.map { rows.sorted(by: $0) } ?? rows
    return isDescending ? ascending.reversed() : ascending
  }
}
