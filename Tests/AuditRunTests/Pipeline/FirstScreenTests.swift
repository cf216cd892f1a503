import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditPacks
@testable import AuditPlan
@testable import AuditRun

@Suite("The figures that a report begins with")
struct FirstScreenTests {
  /// How often each value of a column occurs in instances.csv.
  private func counts(_ column: String, of pack: PackCase) throws -> [String: Int] {
    let rows = CSVReader.rows(of: try pack.read("instances.csv"))
    let place = try #require(rows.first?.firstIndex(of: column))
    return rows.dropFirst().reduce(into: [:]) { $0[$1[place], default: 0] += 1 }
  }

  /// The first number that a pattern finds.
  private func number(_ pattern: String, in text: String) throws -> Int {
    let match = try #require(
      try Regex(pattern, as: (Substring, Substring).self).firstMatch(in: text), "\(pattern)")
    return try #require(Int(match.output.1.replacing(",", with: "")))
  }

  @Test("are the same on the page, in summary.md and in report.json, counted from instances.csv")
  func counted() async throws {
    let pack = try await PackCase.saved { job in
      job.options.acceptUnproved = true
      job.options.format = "csv,json,html,markdown"
    }
    let (status, outcome) = (try counts("status", of: pack), try counts("outcome", of: pack))
    let page = String(decoding: try pack.read("report.html"), as: UTF8.self)
    let summary = String(decoding: try pack.read("summary.md"), as: UTF8.self)
    let json =
      try JSONSerialization.jsonObject(with: Data(pack.read("report.json"))) as? [String: Any]
    let population = (json?["metrics"] as? [String: Any])?["population"] as? [String: Any]
    let byStatus = try #require(population?["byStatus"] as? [String: Int])

    let all = status.values.reduce(0, +)
    #expect(population?["instances"] as? Int == all)
    let expected = [
      ("Started", all), ("Completed", status["Complete", default: 0]),
      ("Failed", status["Failed", default: 0]), ("Rejected", status["Rejected", default: 0]),
      ("Restarted", status["CanceledForRestart", default: 0]),
      ("Open", status["Running", default: 0] + status["Suspended", default: 0]),
    ]
    for (label, count) in expected {
      #expect(
        try number("<dt>\(label)</dt><dd class=\"count\">([0-9,]+)</dd>", in: page) == count,
        "\(label)")
    }
    #expect(expected.dropFirst().map(\.1).reduce(0, +) == all)
    for (name, count) in byStatus { #expect(status[name, default: 0] == count, "\(name)") }
    let cells = expected.map { DisplayFormat.count($0.1) }.joined(separator: " | ")
    #expect(summary.contains("| \(cells) |"))

    for (label, count) in [
      ("issued", outcome["issued", default: 0]), ("revoked", outcome["revoked", default: 0]),
      ("pending at the CA", outcome["pendingAtCA", default: 0]),
    ] where count > 0 {
      #expect(page.contains("\(DisplayFormat.count(count)) \(label)"))
      #expect(summary.contains("\(DisplayFormat.count(count)) \(label)"))
    }
    let facts = try #require(json?["followUp"] as? [[String: Any]])
    let pending = facts.first { $0["kind"] as? String == "pendingAtCA" }
    #expect(pending?["count"] as? Int == outcome["pendingAtCA"])
    for (index, fact) in facts.enumerated() {
      let text = try #require(fact["text"] as? String)
      #expect(summary.contains("\n\(index + 1). \(text.prefix(8))"))
      #expect(page.contains("<li>\(text.prefix(8))"))
    }
    #expect(summary.components(separatedBy: "\n1. ").count == (facts.isEmpty ? 1 : 2))
  }

  @Test("begin the page before anything else: summary, statuses, what to follow up, figures")
  func order() async throws {
    let pack = try await PackCase.saved { $0.options.acceptUnproved = true }
    let page = String(decoding: try pack.read("report.html"), as: UTF8.self)
    let places = try ["summary", "status", "follow-up", "key-figures", "population", "cover"].map {
      try #require(page.range(of: "<h2 id=\"\($0)\"")).lowerBound
    }
    #expect(places == places.sorted())
  }

  @Test("have a README.txt beside them that says where to begin, listed like every file")
  func readMe() async throws {
    let pack = try await PackCase.saved { $0.options.acceptUnproved = true }
    let text = String(decoding: try pack.read("README.txt"), as: UTF8.self)
    #expect(text.contains("Open report.html") && text.contains("sha256sum -c SHA256SUMS"))
    #expect(text.contains("not proved"))
    #expect(String(decoding: try pack.read("SHA256SUMS"), as: UTF8.self).contains("  README.txt"))
    #expect(
      String(decoding: try pack.read("manifest.json"), as: UTF8.self).contains("\"README.txt\""))
    #expect(try await pack.verify().isIntact)
  }

  @Test("are all that the brief has, with checks, service levels and trend; it is kept as evidence")
  func brief() async throws {
    let pack = try await PackCase.saved { job in
      job.options.acceptUnproved = true
      job.options.template = "brief"
    }
    let page = String(decoding: try pack.read("report.html"), as: UTF8.self)
    #expect(page.contains("<h2 id=\"key-figures\"") && page.contains("<h2 id=\"trend\""))
    #expect(!page.contains("<h2 id=\"method\""))
    #expect(try pack.files().contains("evidence/inputs/template/report.html"))
    #expect(try await pack.verify().isIntact)
  }
}
