/// The fields of a query string or a form, by name without regard to case.
struct FormFields {
  private var values: [String: String] = [:]

  /// Splits `a=1&b=2`; of a field that comes twice, the first counts.
  init(_ text: String) {
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = PercentText.decode(parts[0], plusIsSpace: true).lowercased()
      let value = parts.count == 2 ? PercentText.decode(parts[1], plusIsSpace: true) : ""
      if values[name] == nil { values[name] = value }
    }
  }

  subscript(name: String) -> String? { values[name.lowercased()] }
}
