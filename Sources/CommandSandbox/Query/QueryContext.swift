/// What a query may refer to: `%TODAY%` and `%ME%`.
struct QueryContext {
  /// The server's clock, in milliseconds since 1970.
  var now: Int64
  /// Who asks.
  var principal: String
}
