extension DecodingError {
  /// What is wrong with a document, and where in it, in a sentence; the library's own text names types of Swift.
  var words: String {
    let (context, words): (Context, String) =
      switch self {
      case .dataCorrupted(let context):
        (context, "it is not JSON, or a value is not what it should be")
      case .keyNotFound(let key, let context): (context, "the member \(key.stringValue) is missing")
      case .typeMismatch(_, let context): (context, "a value has another type than it should have")
      case .valueNotFound(_, let context): (context, "a value is missing")
      @unknown default: (Context(codingPath: [], debugDescription: ""), "it cannot be decoded")
      }
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? "\(words)." : "\(words) at \(path)."
  }
}
