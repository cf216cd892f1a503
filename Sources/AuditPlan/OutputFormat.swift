/// A file format of a pack.
package enum OutputFormat: String, Sendable, CaseIterable {
  /// instances.csv and tables/, with their data dictionary.
  case csv
  /// report.json, every figure.
  case json
  /// instances.ndjson, the rows without loss.
  case ndjson
  /// report.html, one page that needs nothing else.
  case html
  /// report.xlsx, the tables as a workbook.
  case xlsx
  /// junit.xml, a case a gate.
  case junit
  /// summary.md, for the page of a pipeline.
  case markdown
  /// metrics.prom, for the textfile collector of Prometheus.
  case metrics

  /// What a pack holds when nobody chooses.
  package static let standard: Set<OutputFormat> = [.csv, .json, .ndjson, .html]
}
