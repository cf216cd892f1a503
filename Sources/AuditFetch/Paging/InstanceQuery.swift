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

  /// The filter, in the server's query language.
  var filter: String
  /// How many rows to return at most.
  var limit: Int

  /// The instances of a window beyond a reference id.
  ///
  /// The first page has the bound too, `-gt 0`: ids begin at 1, and one shape of query means that a server which
  /// understands the first page understands them all.
  ///
  /// The window is widened by 26 hours on both sides, because the server's reading of a date's zone is not published;
  /// the exact cut is made on the rows.
  static func instances(of window: Window, after referenceID: Int64, limit: Int) -> InstanceQuery {
    let wide = window.widened(byHours: 26)
    return InstanceQuery(
      filter: "(StartDate -ge \"\(literal(wide.from))\" AND StartDate -lt \"\(literal(wide.to))\")"
        + " AND ReferenceId -gt \(referenceID)",
      limit: limit)
  }

  /// A query that no instance can satisfy: a server that answers it with rows ignores the filter.
  static let impossible = InstanceQuery(filter: "ReferenceId -lt 0", limit: 1)

  /// An instant as a date literal, in whole seconds; the window is wide enough for what is cut off.
  private static func literal(_ instant: Instant) -> String {
    instant.description.prefix(19) + "Z"
  }

  /// Path and query of the request, percent-encoded; a space is `%20`, since not every server reads `+`.
  func target(path: String, style: ParameterStyle) -> String {
    let values: [(Parameter, String)] = [
      (.queryString, filter),
      // Paging is by key, so that every page is the first one beyond the last id.
      (.pageReturned, "1"),
      (.returnLimit, String(limit)),
      (.sortField, "ReferenceId"),
      // 0 is ascending, 1 descending: the name reads the other way round.
      (.sortAscending, "0"),
    ]
    let query = values.map { "\(style.name($0))=\(PercentEncoding.encode($1))" }
    return "\(path)/Workflow/Instances?\(query.joined(separator: "&"))"
  }
}
