/// The documented parameters of `GET /Workflow/Instances`.
struct InstanceParameters {
  let query: Query
  let page: Int
  let limit: Int
  let order: SortOrder

  /// Reads what was sent; unknown parameters are ignored, as the product does, and so are bare names
  /// by version 10.
  init(_ request: Request, _ options: SandboxOptions, principal: String) throws(RequestError) {
    let fields = request.parameters
    func value(_ name: String) -> String? {
      fields["pq.\(name)"] ?? (options.profile == .v10 ? nil : fields[name])
    }
    func number(_ name: String, _ fallback: Int, in range: ClosedRange<Int>) throws(RequestError)
      -> Int
    {
      guard let value = value(name), !value.isEmpty else { return fallback }
      guard let number = Int(value), range ~= number else {
        throw .parameter(name: name, value: value)
      }
      return number
    }
    do {
      query = try QueryParser.parse(
        value("QueryString") ?? "", QueryContext(now: request.now, principal: principal))
    } catch {
      throw .query(error)
    }
    let positive = 1...Int(Int32.max)
    page = try number("PageReturned", 1, in: positive)
    let asked = try number("ReturnLimit", 50, in: positive)
    limit = min(asked, options.pageLimit ?? asked)
    let name = value("SortField") ?? ""
    guard let field = name.isEmpty ? .currentStepDisplayName : RowField(sortName: name) else {
      throw .sortField(name)
    }
    order = SortOrder(
      field: field, isDescending: try number("SortAscending", 0, in: 0...1) == 1)
  }
}

/// The order of an answer's rows.
struct SortOrder {
  var field: RowField
  var isDescending: Bool

  /// Sorts places of rows, which come ascending.
  ///
  /// A database promises no order among rows that are equal in the sort field, and it differs from
  /// request to request: here it is drawn, so that a client that relies on it fails at once.
  func sorted(
    _ places: [Int], of rows: [SandboxRow], _ random: inout SeededRandom
  ) -> [Int] {
    if field == .referenceID { return isDescending ? places.reversed() : places }
    let shuffled = places.shuffled(using: &random)
    return field.kind == .text
      ? sorted(shuffled) { field.text(at: $0, of: rows).map { FoldedText($0) } }
      : sorted(shuffled) { field.number(at: $0, of: rows) }
  }

  /// Sorts by a key, rows without one first, as the product's database does.
  private func sorted<Key: Comparable>(_ places: [Int], by key: (Int) -> Key?) -> [Int] {
    let keyed = places.enumerated().map { (key: key($1), turn: $0, place: $1) }
    let sorted = keyed.sorted { left, right in
      if left.key == right.key { return left.turn < right.turn }
      guard let leftKey = left.key, let rightKey = right.key else {
        return (left.key == nil) != isDescending
      }
      return isDescending ? leftKey > rightKey : leftKey < rightKey
    }
    return sorted.map(\.place)
  }
}
