/// A file format of a pack.
public enum OutputFormat: String, Sendable, CaseIterable {
  case csv
  case json
  case ndjson
  case html
  case xlsx

  /// What a pack holds when nobody chooses.
  public static let standard: Set<OutputFormat> = [.csv, .json, .ndjson, .html]

  /// Formats of the contract that this version cannot write; asking for one is an error, not a shrug.
  static let announced = ["junit", "markdown", "metrics"]
}
