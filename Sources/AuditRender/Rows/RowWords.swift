import AuditModel

/// What a format writes for each of our own words that every row has.
struct RowWords<Cell: Sendable>: Sendable {
  let status: CaseTable<Status, Cell>
  let outcome: CaseTable<Outcome, Cell>
  let action: CaseTable<Action, Cell>
  let titleRule: CaseTable<TitleRule, Cell>

  /// Makes the cells, each from the place of its column and its word.
  init(_ cell: (Int, String) -> Cell) {
    status = CaseTable { cell(2, $0.name) }
    outcome = CaseTable { cell(3, $0.rawValue) }
    action = CaseTable { cell(10, $0.rawValue) }
    titleRule = CaseTable { cell(22, $0.rawValue) }
  }
}
