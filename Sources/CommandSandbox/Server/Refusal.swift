import NIOHTTP1

/// What the API refuses with status 400, in the vendor's shape.
///
/// The codes of a bad sort field and of a missing header are the vendor's; that of queries and
/// parameters is not public, so the one for a bad format stands in.
enum Refusal: Error {
  case missingHeader(String)
  case sortField(String)
  case query(QueryError)
  case parameter(name: String, value: String)

  var answer: Answer {
    switch self {
    case .missingHeader(let name):
      error("0xA0110007", "A value for the header '\(name)' is required.")
    case .sortField(let name): error("0xA011004A", "Invalid sort field: \(name).")
    case .query(let reason): error("0xA0110008", reason.description)
    case .parameter(let name, let value):
      error("0xA0110008", "The format '\(value)' is invalid for \(name).")
    }
  }

  private func error(_ code: String, _ message: String) -> Answer {
    .json(.badRequest, [("ErrorCode", code), ("Message", message)])
  }
}
