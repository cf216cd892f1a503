import AuditModel
import TestSupport
import Testing

@testable import AuditRender

@Suite("Text in files for pipelines")
struct PipelineTextTests {
  /// The labels of the samples of a family, read as the text format has them.
  private func labels(_ bytes: [UInt8], of family: String) -> [[UInt8]] {
    bytes.split(separator: 0x0A).filter { $0.starts(with: "\(family){".utf8) }.map { line in
      var isQuoted = false
      var rest = line.dropFirst(family.utf8.count + 1)
      var labels: [UInt8] = []
      while let byte = rest.popFirst(), isQuoted || byte != UInt8(ascii: "}") {
        labels.append(byte)
        if byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() { labels.append(escaped) }
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      }
      #expect(
        !isQuoted && rest.first == UInt8(ascii: " "), "\(String(decoding: line, as: UTF8.self))")
      return labels
    }
  }

  private func metrics(of types: [String?]) throws -> [UInt8] {
    var report = Fixture().report
    let type = try #require(report.metrics.turnaround?.first)
    report.metrics.turnaround = types.map { name in
      var copy = type
      copy.workflowType = name
      return copy
    }
    return PrometheusMetrics.render(report).bytes
  }

  private static let half = String(repeating: "n", count: 300)

  @Test(
    "No two workflow types have the same labels, whatever they are called",
    arguments: [
      [nil, ""], ["é", "e\u{301}"], ["\(half)a", "\(half)b"], ["a\u{1B}", "a\\u{1B}"],
      ["\"\u{301}", "\""],
      ["K", "\u{212A}"], ["", "empty"], ["a\n", "a\r"],
    ])
  func unique(types: [String?]) throws {
    let labels = labels(try metrics(of: types), of: "kfaudit_turnaround_seconds")
    #expect(labels.count > types.count && Set(labels).count == labels.count)
  }

  @Test("A label that looks like one with a digest gets a digest of its own")
  func imitated() throws {
    let first = try metrics(of: [Self.half])
    let family = "kfaudit_turnaround_seconds"
    let label = try #require(labels(first, of: family).first)
    let name = String(decoding: label, as: UTF8.self).split(separator: "\"")[1]
    #expect(name.utf8.count > 200 && name.contains("… #"))
    let labels = labels(try metrics(of: [Self.half, String(name)]), of: family)
    #expect(Set(labels).count == labels.count)
  }

  @Test("A plain name is its label")
  func plain() throws {
    let text = String(decoding: try metrics(of: ["Enrollment (CORP) é"]), as: UTF8.self)
    #expect(text.contains("{workflow_type=\"Enrollment (CORP) é\",percentile=\"50\"}"))
  }

  @Test("Random names break no line of metrics.prom and share no labels", arguments: 0..<10)
  func random(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let names = Set((0..<200).map { _ in Name(HostileText.random(using: &generator)) })
    let labels = labels(
      try metrics(of: names.sorted().map(\.string)), of: "kfaudit_turnaround_seconds")
    #expect(labels.count >= names.count && Set(labels).count == labels.count)
  }

  @Test("In Markdown every mark is escaped, whatever combines with it", arguments: 0..<10)
  func markdown(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let marks = "\\`*_{}[]()#+!|<>~&@".unicodeScalars
    for text in ["|\u{FE0F}", "|\u{301}", "`\u{301}<\u{200D}b>"]
      + (0..<500).map({ _ in HostileText.random(using: &generator) })
    {
      var rest = Array(MarkdownText.escaped(text).unicodeScalars)[...]
      while let scalar = rest.popFirst() {
        #expect(scalar == "\\" || !marks.contains(scalar), "\(text.debugDescription)")
        #expect(scalar.properties.generalCategory != .control)
        if scalar == "\\" { #expect(rest.popFirst().map(marks.contains) == true) }
      }
    }
  }

  @Test(
    "Scripts are mixed within a part of a name only",
    arguments: [
      ("CORP\\Иванов", false), ("Иванов@corp.example", false), ("Петр Ivanov", false),
      ("иван-ivanov", false), ("svc_Иван", false), ("Иван, Ivan", false), ("CN=Иван", false),
      ("Иван/Ivan", false), ("CORP\\Иванoв", true), ("p\u{430}ypal.example.com", true),
      ("\u{430}dmin", true),
      ("Иван\u{200B}ov", true), ("\u{430}\u{301}dmin", true), ("Γoogle", true), ("plain", false),
    ])
  func scripts(name: String, isMixed: Bool) {
    #expect((ScriptMixture.found(in: name) != nil) == isMixed)
  }
}
