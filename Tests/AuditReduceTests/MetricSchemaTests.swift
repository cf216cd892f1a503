import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditReduce

@Suite("The sections of metrics")
struct MetricSchemaTests {
  private static let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Examples")

  private static let keys = MetricCatalogue.ofSections

  /// The section of a metric, of a population of none.
  private func section(_ key: MetricKey) throws -> MetricSection {
    var reduction = Reduction.withEverything
    reduction.metrics = [key]
    return try #require(reduction.metrics([]).sections.first)
  }

  @Test(
    "fit the schema in Examples, which says of them what they say of themselves", arguments: keys)
  func schema(key: MetricKey) throws {
    let file = Self.examples.appendingPathComponent("report.schema.json")
    let written = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let metrics = (written?["properties"] as? [String: Any])?["metrics"] as? [String: Any]
    var known = (metrics?["properties"] as? [String: Any])?[key.rawValue] as? [String: Any] ?? [:]
    if key == ChangesMetric.key {
      // Entered when the whole report is there to be compared; tested beside what enters it.
      var properties = known["properties"] as? [String: Any]
      properties?["figures"] = nil
      known["properties"] = properties
      known["required"] = properties?.keys.sorted()
    }
    let derived = try MetricSchema(section: section(key)).object
    let isSame = NSDictionary(dictionary: known).isEqual(to: derived)
    let text = String(
      decoding: try JSONSerialization.data(withJSONObject: derived, options: [.sortedKeys]),
      as: UTF8.self)
    #expect(
      isSame, "properties.metrics.properties.\(key.rawValue) of the schema must be: \(text)")
  }

  @Test("have a title, a caption and one key a value", arguments: keys)
  func words(key: MetricKey) throws {
    let section = try section(key)
    #expect(section.key == key.rawValue)
    #expect(!section.title.isEmpty && section.caption.hasSuffix("."))
    let keys = section.figures.map(\.field.key) + section.tables.compactMap(\.place.key)
    #expect(Set(keys).count == keys.count)
    for table in section.tables {
      #expect(Set(table.fields.map(\.key)).count == table.fields.count)
    }
    #expect(section.tables.contains { $0.place.file != nil })
  }

  @Test("are of a population of none: no sentence is made of nothing", arguments: keys)
  func empty(key: MetricKey) throws {
    for sentence in try section(key).sentences {
      for case .words(let words) in sentence.parts {
        #expect(!words.contains("nan") && !words.contains("inf") && !words.contains("nil"))
      }
    }
  }
}
