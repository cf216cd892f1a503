/// A file format of a pack.
public enum OutputFormat: String, Sendable, CaseIterable {
  case csv
  case json
  case ndjson
  case html
  case xlsx
  case junit
  case markdown
  case metrics

  /// What a pack holds when nobody chooses.
  public static let standard: Set<OutputFormat> = [.csv, .json, .ndjson, .html]
}
