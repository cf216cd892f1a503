import AuditModel
import AuditReduce
import Foundation
import TestSupport
import Testing

@Suite("What has to be followed up")
struct FollowUpTests {
  /// A report of nothing, proved and without a policy.
  private var report: ReportDocument {
    var report = Fixture(verdict: .proved).report
    report.metrics = MetricsDocument([PopulationDocument.none, NormalisationDocument.none])
    report.completeness.findings = []
    return report
  }

  private func section(_ key: String, _ fact: FollowUp) -> MetricSection {
    var section = MetricSection(key: key, title: key, caption: "", sentences: [])
    section.followUp = [fact]
    return section
  }

  @Test(
    "is listed for each kind, and its words fit one and many",
    arguments: FollowUp.Kind.allCases, [1, 2])
  func kinds(kind: FollowUp.Kind, count: Int) throws {
    var report = report
    switch kind {
    case .incomplete: report.completeness.verdict = .incomplete
    case .unproved: report.completeness.verdict = .unproved
    case .gateFailed:
      report.gates = (0..<count).map { .sample(.failed, "Check \($0)") } + [.sample(.passed)]
    case .serviceLevelMissed:
      report.metrics.results.append(
        section("sla", FollowUp(kind, "Late.", section: "service-levels", count: count)))
    case .openTooLong:
      report.metrics.results.append(
        section("backlog", FollowUp(kind, "Old.", section: "open-requests", count: count)))
    case .pendingAtCA:
      report.metrics.population.byOutcome[.pendingAtCA] = count
      report.metrics.population.pendingAtCA = (0..<Int64(count)).map { $0 + 7 }
    case .notice:
      report.completeness.findings = (0..<count).map { Notice(code: "N\($0)", text: "Note \($0).") }
    case .unrecognisedTitles: report.metrics.normalisation.unrecognised = count
    case .dataQuality: report.metrics.normalisation.dataQuality = ["badDate": count]
    }
    let facts = report.followUp
    #expect(facts.map(\.kind) == Array(repeating: kind, count: kind == .gateFailed ? count : 1))
    let fact = try #require(facts.first)
    #expect(kind == .gateFailed || fact.count == max(1, report.followUpCount(of: kind, count)))
    let text = fact.text.plain
    #expect(!text.contains("1 workflows") && !text.contains("2 workflow is"))
    #expect(text.hasSuffix("."))
    switch (kind, count) {
    case (.pendingAtCA, 1):
      #expect(text.hasPrefix("1 completed workflow is still pending at the CA"))
      #expect(fact.ids == [7])
    case (.pendingAtCA, _): #expect(text.hasPrefix("2 completed workflows are still pending"))
    case (.unrecognisedTitles, 1):
      #expect(text == "1 title was not recognised: it has no user and no subject.")
    case (.gateFailed, _):
      #expect(text == "Policy check failed: Check 0 (beyond the limit: at most 5.0%).")
    case (.notice, 2): #expect(text == "Notice: Note 0. 1 more notice under Scope.")
    case (.dataQuality, 1): #expect(text == "Odd data: missing or impossible date 1.")
    default: break
    }
  }

  @Test("is nothing where all is well")
  func nothing() {
    #expect(report.followUp == [])
  }

  @Test("comes in the contract's order, at most seven, failed checks beyond three together")
  func order() {
    var report = report
    report.completeness.verdict = .unproved
    report.completeness.findings = [Notice(code: "N", text: "Note.")]
    report.gates =
      (0..<5).map { .sample(.failed, "Check \($0)") } + [.sample(.excepted), .sample(.notJudged)]
    report.metrics.population.byOutcome[.pendingAtCA] = 3
    report.metrics.normalisation.unrecognised = 2
    report.metrics.normalisation.dataQuality = ["badDate": 1]
    report.metrics.results.append(
      section("backlog", FollowUp(.openTooLong, "Old.", section: "open-requests", count: 1)))
    let facts = report.followUp
    #expect(
      facts.map(\.kind) == [
        .unproved, .gateFailed, .gateFailed, .gateFailed, .openTooLong, .pendingAtCA, .notice,
      ])
    #expect(facts[3].text.plain == "3 more policy checks failed.")
    #expect(facts.map(\.count) == [1, 1, 1, 3, 1, 3, 1])
  }

  @Test("has the keys of the contract and no others")
  func json() throws {
    let fact = FollowUp(
      .openTooLong, "\(name: "a\u{1B}b") waits.", section: "open-requests", ids: [1], count: 1)
    let object =
      try JSONSerialization.jsonObject(with: JSONEncoder().encode(fact)) as? [String: Any]
    #expect(object?.keys.sorted() == ["count", "ids", "kind", "section", "text"])
    #expect(object?["kind"] as? String == "openTooLong")
    #expect((object?["text"] as? String)?.contains("\u{1B}") == false)
  }
}

extension ReportDocument {
  /// What an entry about so many counts: there is one completeness.
  fileprivate func followUpCount(of kind: FollowUp.Kind, _ count: Int) -> Int {
    [.incomplete, .unproved].contains(kind) ? 1 : count
  }
}
