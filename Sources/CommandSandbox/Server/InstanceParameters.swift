/// The documented parameters of `GET /Workflow/Instances`.
struct InstanceParameters {
  let query: Query
  let page: Int
  let limit: Int
  let order: SortOrder

  /// Reads what was sent; unknown parameters are ignored, as the product does, and so are bare names
  /// by version 10.
  init(_ request: Request, _ options: SandboxOptions, principal: String) throws(Refusal) {
    let fields = request.parameters
    func value(_ name: String) -> String? {
      fields["pq.\(name)"] ?? (options.profile == .v10 ? nil : fields[name])
    }
    func number(_ name: String, _ fallback: Int, in range: ClosedRange<Int>) throws(Refusal) -> Int
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
