import AuditModel
import Testing

@testable import AuditReduce

/// Reads the figures and tables of a metric's section by the names that report.json gives them.
struct SectionReader {
  let section: MetricSection

  /// The section of a metric over samples.
  init(_ key: String, _ samples: [Sample], _ reduction: Reduction = .asShown) throws {
    var reduction = reduction
    reduction.metrics = [try #require(MetricKey(rawValue: key))]
    section = try #require(reduction.metrics(samples).sections.first)
  }

  /// A figure.
  func figure(_ key: String) throws -> Cell {
    try #require(section.figures.first { $0.field.key == key }, "no figure \(key)").value
  }

  /// The rows of a table, by key or by file, as some of its columns.
  func rows(_ table: String, _ keys: String...) throws -> [[Cell]] {
    let table = try #require(
      section.tables.first { $0.place.key == table || $0.place.file == table }, "no \(table)")
    let columns = try keys.map { key in
      try #require(table.fields.firstIndex { $0.key == key }, "no column \(key)")
    }
    return table.rows().map { row in columns.map { row[$0] } }
  }

  /// The sentences, without marks between our words and the server's.
  var text: String {
    section.sentences.map { sentence in
      sentence.parts.map { part in
        switch part {
        case .words(let text), .name(let text): text
        }
      }.joined()
    }.joined(separator: " ")
  }
}
