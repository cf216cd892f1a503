/// Why a query is refused; offsets count bytes from 0.
enum QueryError: Error, Equatable {
  case unexpected(found: String, expected: String, offset: Int)
  case unclosedQuote(offset: Int)
  case unknownField(String)
  case unfitOperator(String, field: String)
  case unfitValue(String, field: String)
  case tooDeep
}

extension QueryError: CustomStringConvertible {
  var description: String {
    switch self {
    case .unexpected(let found, let expected, let offset):
      "The query is invalid at \(offset): \(expected) expected, \(found) found."
    case .unclosedQuote(let offset): "The query is invalid at \(offset): the quote has no end."
    case .unknownField(let name): "Invalid query field: \(name)."
    case .unfitOperator(let word, let field): "The operator \(word) does not apply to \(field)."
    case .unfitValue(let value, let field): "The format '\(value)' is invalid for \(field)."
    case .tooDeep: "The query is nested too deeply."
    }
  }
}
