import AuditModel
import AuditRender
import AuditTemplates
import TestSupport
import Testing

@Suite("A checked-in report gives checked-in files")
struct GoldenTests {
  static func page() throws -> HTMLReport {
    let builtIn = try #require(Templates.builtIn.first { $0.name == "report.html" })
    return try HTMLReport(template: Array(builtIn.content.utf8), named: builtIn.name)
  }

  @Test("report.html")
  func html() throws {
    let artifact = try Self.page().render(Fixture().report)
    #expect(artifact.path == "report.html")
    try GoldenFile(name: artifact.path).expect(artifact.bytes)
  }

  @Test("report.json")
  func json() throws {
    let artifact = try JSONReport.render(Fixture().report)
    try GoldenFile(name: artifact.path).expect(artifact.bytes)
  }

  @Test("assessment-results.json")
  func assessmentResults() throws {
    let artifact = try AssessmentResults.render(
      Fixture().report.withChecks(), policy: String(repeating: "0", count: 64),
      digest: { $0 == "instances.ndjson" ? nil : String(repeating: "1", count: 64) })
    try GoldenFile(name: artifact.path).expect(artifact.bytes)
  }

  @Test("datapackage.json")
  func dataPackage() throws {
    let artifact = try DataPackage.render(Fixture().report)
    try GoldenFile(name: artifact.path).expect(artifact.bytes)
  }

  @Test("tables/*.csv")
  func tables() throws {
    for artifact in try TableFile.all(of: Fixture().report) {
      try GoldenFile(name: artifact.path).expect(artifact.bytes)
    }
  }
}
