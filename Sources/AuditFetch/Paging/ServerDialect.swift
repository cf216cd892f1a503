/// How a server wants to be asked, as far as it departs from the documentation: found out before the first page.
struct ServerDialect: Sendable, Equatable {
  /// How its parameters are named.
  var style = ParameterStyle.bare
  /// Whether SortAscending=1 ascends; documented is that 0 does.
  var isInverted = false
  /// The number of the first page.
  var firstPage = 1
  /// Whether it understands a date in a filter.
  var readsDates = true
  /// Whether rows can be filtered and sorted by reference id; otherwise only offsets are left.
  var pagesByKey = true
}
