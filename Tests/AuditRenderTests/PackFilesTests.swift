import AuditModel
import TestSupport
import Testing

@testable import AuditRender

@Suite("Files that a report names")
struct PackFilesTests {
  /// The files of a pack that the words of a page name.
  private func named(_ page: [UInt8]) -> Set<Name> {
    let name = /(tables\/[a-z_]+\.csv|instances\.(csv|ndjson)|report\.(xlsx|json))/
    return Set(String(decoding: page, as: UTF8.self).matches(of: name).map { Name(String($0.1)) })
  }

  @Test("None is named that is not there", arguments: 0..<32)
  func present(bits: Int) throws {
    let (csv, ndjson) = (bits & 1 != 0, bits & 2 != 0)
    let (workbook, json, isMerged) = (bits & 4 != 0, bits & 8 != 0, bits & 16 != 0)
    var report = Fixture().report
    report.metrics.changeSections {
      $0.caption += " instances.csv tables/backlog.csv tables/of_a_new_metric.csv"
    }
    let page = try GoldenTests.page().render(
      report,
      beside: PackFiles(
        csv: csv, ndjson: ndjson, workbook: workbook, json: json, isMerged: isMerged)
    ).bytes
    let named = named(page)
    #expect(csv == named.contains { $0.string.hasSuffix(".csv") })
    #expect(!isMerged || !named.contains(Name("instances.csv")))
    #expect(ndjson && !isMerged || !named.contains(Name("instances.ndjson")))
    #expect(workbook || !named.contains(Name("report.xlsx")))
    #expect(json || !named.contains(Name("report.json")))
  }

  @Test("An incomplete report says how it cannot be verified, and names no seal")
  func incomplete() throws {
    let page = try GoldenTests.page().render(Fixture(verdict: .incomplete).report).bytes
    let text = String(decoding: page, as: UTF8.self)
    #expect(!text.contains("SHA256SUMS") && !text.contains("VERIFY.txt"))
  }
}
