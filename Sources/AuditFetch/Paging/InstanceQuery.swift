import AuditModel

/// One request for instances: every documented parameter of `GET /Workflow/Instances`.
struct InstanceQuery: Sendable, Equatable {
  /// The documented parameters.
  enum Parameter: String, CaseIterable {
    case queryString
    case pageReturned
    case returnLimit
    case sortField
    case sortAscending
  }

  /// What rows are sorted by.
  enum Order: String, Sendable {
    /// Unique: the order of every read that can be proved.
    case referenceID = "ReferenceId"
    case start = "StartDate"
  }

  /// Which instances.
  var filter: InstanceFilter
  /// How many rows to return at most.
  var limit: Int
  /// How many pages to skip; a read by key skips none.
  var skippedPages = 0
  /// What rows are sorted by.
  var order = Order.referenceID
  /// Whether the largest comes first.
  var isDescending = false

  /// Path and query of the request, percent-encoded; a space is `%20`, since not every server reads `+`.
  func target(path: String, dialect: ServerDialect) -> String {
    let values: [(Parameter, String)] = [
      (.queryString, filter.text),
      (.pageReturned, String(skippedPages + dialect.firstPage)),
      (.returnLimit, String(limit)),
      (.sortField, order.rawValue),
      // 0 is ascending, 1 descending: the name reads the other way round, and some servers read it so.
      (.sortAscending, isDescending != dialect.isInverted ? "1" : "0"),
    ]
    let query = values.map { "\(dialect.style.name($0))=\(PercentEncoding.encode($1))" }
    return "\(path)/Workflow/Instances?\(query.joined(separator: "&"))"
  }
}
