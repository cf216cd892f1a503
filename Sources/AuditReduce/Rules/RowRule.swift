package import AuditModel

/// A rule of a policy over the rows of instances.csv: the instances that fulfil it are counted and listed.
package struct RowRule: Sendable, Equatable {
  /// Its name, once in a policy.
  package var id: String
  /// What it is called in the report.
  package var title: String
  /// What a row must fulfil.
  package var condition: RowCondition

  /// Makes a rule.
  package init(id: String, title: String, condition: RowCondition) {
    (self.id, self.title, self.condition) = (id, title, condition)
  }
}

/// What a row must fulfil; an empty cell fulfils no test.
package indirect enum RowCondition: Sendable, Equatable {
  /// A test of a text, byte by byte.
  package enum TextTest: Sendable, Equatable {
    /// It is one of these; in the column `user` the same user.
    case isOne(of: [Name])
    /// It begins with this.
    case begins(with: Name)
    /// It ends with this.
    case ends(with: Name)
    /// This occurs in it.
    case contains(Name)
  }

  /// A test of a number.
  package enum NumberTest: Sendable, Equatable {
    /// It is one of these.
    case isOne(of: Set<Int64>)
    /// It is greater.
    case exceeds(Int64)
  }

  /// Each of them.
  case all([RowCondition])
  /// At least one of them.
  case any([RowCondition])
  /// All but this.
  case not(RowCondition)
  /// There is something in the column.
  case exists(InstanceColumn)
  /// A test of a column with text.
  case text(InstanceColumn, TextTest)
  /// A test of a column with numbers.
  case number(InstanceColumn, NumberTest)
  /// The as-of instant is more milliseconds after the instant in the column.
  case older(InstanceColumn, than: Int64)

  /// The columns and times of all tests of age.
  var ages: [(column: InstanceColumn, than: Int64)] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.ages)
    case .not(let part): part.ages
    case .older(let column, let time): [(column, time)]
    case .exists, .text, .number: []
    }
  }
}

/// What a condition can ask of a column, by its name in a policy.
package enum RowOperator: String, Sendable, CaseIterable {
  /// It is this.
  case equals
  /// It is one of these.
  case `in`
  /// It begins with this.
  case startsWith
  /// It ends with this.
  case endsWith
  /// This occurs in it.
  case contains
  /// There is something in it, or nothing.
  case exists
  /// It lies longer before the as-of instant.
  case olderThan
  /// It is a longer time.
  case longerThan
}

extension InstanceColumn {
  /// Whether it holds whole numbers.
  package var isNumeric: Bool { field.kind.isNumeric }

  /// What can be asked of it.
  package var operators: [RowOperator] {
    switch field.kind {
    case .count: [.equals, .in, .exists]
    case .duration: [.equals, .in, .exists, .longerThan]
    case .instant: [.exists, .olderThan]
    default: [.equals, .in, .startsWith, .endsWith, .contains, .exists]
    }
  }
}
