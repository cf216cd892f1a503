import AuditModel
import AuditRender
import AuditReport
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditRun

@Suite("Formats for pipelines", .slow)
struct PipelineFormatTests {
  /// A report whose gates say hostile things.
  private func report(_ text: String) async throws -> ReportDocument {
    let pack = try await PackCase.saved()
    var report = try await Reperformance(of: PublishedPack(at: pack.path), workers: 2)
      .perform(into: DigestedFiles()).report.document
    report.gates = gates(text)
    return report
  }

  /// A gate of each result.
  private func gates(_ text: String) -> [GateDocument] {
    let results: [GateDocument.Result] = [.passed, .failed, .excepted, .notJudged]
    return results.map { .sample($0, text) }
  }

  private static let hostile = [
    "plain", "<script>alert(1)</script>", "]]> & \"quotes\" 'and'",
    "\u{0}\u{1}\u{8}\u{1B}[2J\u{9B}",
    "\u{FFFE}\u{FFFF}\u{202E}", "a\nb\r\nc\td", "| a | b |\n# head\n[x](javascript:1)",
    "${x} {{y}} `z`",
  ]

  @Test(
    "F148: junit.xml is well-formed XML of the schema's elements, whatever the gates say",
    arguments: hostile)
  func junit(text: String) async throws {
    let bytes = JUnitReport.render(try await report(text)).bytes
    let parser = XMLReader(bytes)
    #expect(parser.isWellFormed)
    #expect(
      parser.elements == ["testsuites", "testsuite"] + [
        "testcase", "system-out", "testcase", "failure", "system-out", "testcase", "system-out",
        "testcase",
        "skipped", "system-out",
      ])
    #expect(
      String(decoding: bytes, as: UTF8.self).contains(
        #"tests="4" failures="1" errors="0" skipped="1""#))
  }

  @Test(
    "F148: junit.xml is valid against the schema of Jenkins, whatever the gates say",
    .enabled(
      if: ["KFAUDIT_JUNIT_SCHEMA", "CI"].contains {
        ProcessInfo.processInfo.environment[$0] != nil
      }, "Tests/run.sh fetches the schema"))
  func junitSchema() async throws {
    let folder = try TemporaryFolder()
    var report = try await report("plain")
    let allGates = [[]] + Self.hostile.map(gates)
    for gates in allGates {
      report.gates = gates
      let xml = String(decoding: JUnitReport.render(report).bytes, as: UTF8.self)
      try folder.write(xml, to: "junit.xml")
      let command = #"xmllint --nonet --noout --schema "$KFAUDIT_JUNIT_SCHEMA" junit.xml"#
      #expect(try await TestProcess(shell: command, in: folder.path).run().status == 0, "\(xml)")
    }
  }

  @Test("summary.md keeps every text in its cell, and stays small", arguments: hostile)
  func markdown(text: String) async throws {
    let report = try await report(text)
    let lines = String(decoding: MarkdownSummary.render(report).bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let rows = lines.filter { $0.hasPrefix("| ") && $0.contains("high") }
    #expect(rows.count == 4)
    for row in rows {
      #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 6, "\(row)")
      #expect(!row.replacing("\\<", with: "").contains("<"))
    }
    #expect(MarkdownSummary.render(report).bytes.count < 1 << 20)
  }

  @Test("metrics.prom has HELP and TYPE for each family and one sample a line", arguments: hostile)
  func metrics(text: String) async throws {
    let lines = String(
      decoding: PrometheusMetrics.render(try await report(text)).bytes, as: UTF8.self
    ).split(separator: "\n")
    let sample = /[a-z_]+(\{[a-z_]+="([^"\\\n]|\\.)*"(,[a-z_]+="([^"\\\n]|\\.)*")*\})? -?[0-9.e+-]+/
    for line in lines where !line.hasPrefix("#") {
      #expect(line.wholeMatch(of: sample) != nil, "\(line)")
    }
    #expect(lines.contains { $0.hasPrefix("# HELP kfaudit_last_success_timestamp_seconds ") })
    #expect(lines.contains("kfaudit_gate{gate=\"gate-failed\",result=\"failed\"} 1"))
  }
}
