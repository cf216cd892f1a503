import AuditModel
import AuditRender
import Foundation
import TestSupport
import Testing

@Suite("The branded example")
struct BrandedTemplateTests {
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples/branded/report.html")

  @Test("has its own logo, order of sections and sign-off, and the same figures")
  func page() throws {
    let template = Array(try Data(contentsOf: Self.file))
    let report = Fixture().report
    let page = String(
      decoding: try HTMLReport(template: template, named: "report.html").render(report).bytes,
      as: UTF8.self)
    #expect(page.contains("img-src data:; style-src 'sha256-"))
    #expect(page.contains("<img alt=\"Example Trust Services\" src=\"data:image/svg+xml;base64,"))
    let places = try [
      "id=\"key-figures\"", "id=\"failure-rates\"", "id=\"trend\"", "id=\"cover\"",
      "id=\"sign-off\"",
    ].map { try #require(page.range(of: $0), "\($0)").lowerBound }
    #expect(places == places.sorted())
    #expect(page.contains(try #require(report.cover.merkleRoot)))
  }

  @Test("A page without a picture may load none")
  func noPicture() throws {
    let source = """
      <html><head><meta http-equiv="Content-Security-Policy" content="x"/></head><body><slot name="verdict"/></body></html>
      """
    let page = try HTMLReport(template: Array(source.utf8), named: "report.html")
      .render(Fixture().report)
    #expect(!String(decoding: page.bytes, as: UTF8.self).contains("img-src"))
  }
}
