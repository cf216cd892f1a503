/// A parsed query: a predicate over rows.
indirect enum Query {
  case everything
  case all([Query])
  case any([Query])
  case comparison(QueryField, QueryComparison, QueryValue)

  /// Whether a row satisfies the query.
  func holds(for row: SandboxRow) -> Bool {
    switch self {
    case .everything: true
    case .all(let parts): parts.allSatisfy { $0.holds(for: row) }
    case .any(let parts): parts.contains { $0.holds(for: row) }
    case .comparison(let field, let comparison, let value):
      comparison.holds(field.value(of: row), value)
    }
  }
}

/// The documented query fields.
enum QueryField: String, CaseIterable {
  case definitionId
  case id
  case initiatingUserName
  case lastModified
  case referenceId
  case startDate
  case status
  case title
  case workflowType

  /// The field with a name in any case.
  init(name: String) throws {
    guard let field = Self.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() })
    else { throw QueryError.unknownField(name) }
    self = field
  }

  var isNumber: Bool { self == .lastModified || self == .referenceId || self == .startDate }
  var isDate: Bool { self == .lastModified || self == .startDate }

  /// What a row has in the field.
  func value(of row: SandboxRow) -> QueryValue {
    switch self {
    case .definitionId: .text(row.definition.id)
    case .id: .text(row.id)
    case .initiatingUserName: .text(row.userName)
    case .lastModified: .number(row.lastModified)
    case .referenceId: .number(row.referenceID)
    case .startDate: .number(row.start)
    case .status: .text(row.status.rawValue)
    case .title: row.title.map { .text($0) } ?? .null
    case .workflowType: .text(row.definition.workflowType)
    }
  }
}

/// A value in a query or in a row.
enum QueryValue: Equatable {
  case null
  case number(Int64)
  case text(String)
}

/// A comparison of the query language.
enum QueryComparison: String {
  case eq
  case ne
  case gt
  case ge
  case lt
  case le
  case contains
  case notcontains
  case startswith
  case endswith

  /// Compares a row's value with the query's; text without regard to case, as the product's database does.
  func holds(_ left: QueryValue, _ right: QueryValue) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): return holds(left, right)
    case (.text(let left), .text(let right)): return holds(left.lowercased(), right.lowercased())
    default: return (self == .eq) == (left == right) && (self == .eq || self == .ne)
    }
  }

  private func holds(_ left: Int64, _ right: Int64) -> Bool {
    switch self {
    case .eq: left == right
    case .ne: left != right
    case .gt: left > right
    case .ge: left >= right
    case .lt: left < right
    case .le: left <= right
    case .contains, .notcontains, .startswith, .endswith: false
    }
  }

  private func holds(_ left: String, _ right: String) -> Bool {
    switch self {
    case .eq: left == right
    case .ne: left != right
    case .contains: left.contains(right)
    case .notcontains: !left.contains(right)
    case .startswith: left.hasPrefix(right)
    case .endswith: left.hasSuffix(right)
    case .gt, .ge, .lt, .le: false
    }
  }
}
