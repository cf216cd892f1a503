import AuditModel
import AuditReduce
import TestSupport
import Testing

@Suite("What a report begins with")
struct ReportSummaryTests {
  private func report(_ statuses: [Status: Int], _ outcomes: [Outcome: Int] = [:]) -> ReportDocument
  {
    var report = Fixture(verdict: .proved).report
    var population = PopulationDocument.none
    for (status, count) in statuses { population.byStatus[status] = count }
    for (outcome, count) in outcomes { population.byOutcome[outcome] = count }
    population.instances = population.byStatus.total
    report.metrics = MetricsDocument([population, NormalisationDocument.none])
    report.completeness.distinct = population.instances
    report.completeness.reads = 2
    return report
  }

  @Test("says what happened for none, one, two and many")
  func sentences() {
    let none = ReportSummary(report([:])).sentences.map(\.plain)
    #expect(none == ["No certificate workflow started in this period."])
    let one = ReportSummary(report([.complete: 1], [.issued: 1])).sentences.map(\.plain)
    #expect(
      one.prefix(2) == [
        "1 certificate workflow started in this period.", "1 completed (1 certificate issued).",
      ])
    let two = ReportSummary(report([.failed: 1, .running: 1])).sentences.map(\.plain)
    #expect(
      two.prefix(2) == [
        "2 certificate workflows started in this period.", "1 failed and 1 is open.",
      ])
    let many = ReportSummary(
      report(
        [.complete: 1340, .failed: 12, .rejected: 9, .canceledForRestart: 4, .suspended: 1],
        [.issued: 760, .revoked: 390, .pendingAtCA: 19])
    ).sentences.map(\.plain)
    #expect(
      many.dropFirst().first == """
        1,340 completed (760 certificates issued, 390 revoked, 19 pending at the CA, 171 with another result), 12 failed, \
        9 were rejected, 4 were restarted and 1 is open.
        """)
  }

  @Test("has figures that add up to the population")
  func tiles() {
    let summary = ReportSummary(
      report(
        [
          .complete: 10, .failed: 2, .rejected: 1, .canceledForRestart: 1, .running: 3, .unknown: 1,
        ],
        [.issued: 4, .revoked: 3, .pendingAtCA: 1]))
    #expect(summary.tiles.map(\.count).reduce(0, +) == summary.started.count)
    #expect(summary.tiles[0].parts.map(\.count).reduce(0, +) == summary.tiles[0].count)
    #expect(
      summary.tiles.map(\.label)
        == ["Completed", "Failed", "Rejected", "Restarted", "Open", "Unknown"])
  }

  @Test("claims completeness only for what the account may see")
  func proved() throws {
    let status = try #require(ReportStatus.all(of: report([.complete: 3])).first)
    #expect(status.word == "Proved" && status.grade == .good)
    #expect(
      status.reason.plain
        == "Two reads returned the same 3 records: all that the account CORP\\svc_kfaudit may see.")
    #expect(status.meaning.plain.contains("cannot be seen"))
  }

  @Test(
    "has four statuses, whose words follow from the figures",
    arguments: [
      ([], "Not evaluated", ReportStatus.Grade.open), ([.passed], "Passed", .good),
      ([.passed, .failed, .failed], "2 failed", .bad),
      ([.passed, .excepted], "Passed, with waivers", .review),
      ([.passed, .notJudged], "Passed in part", .review), ([.notJudged], "Not evaluated", .open),
    ] as [([GateDocument.Result], String, ReportStatus.Grade)])
  func checks(results: [GateDocument.Result], word: String, grade: ReportStatus.Grade) {
    var report = report([.complete: 1])
    report.gates = results.map { .sample($0) }
    let statuses = ReportStatus.all(of: report)
    #expect(statuses.map(\.subject) == ReportStatus.Subject.allCases)
    #expect(statuses[1].word == word && statuses[1].grade == grade)
    #expect(statuses[2].word == "Not evaluated")
    #expect(statuses[3].word == "Good")
  }

  @Test("has one median where nothing is open, and the estimate where something is")
  func median() {
    let times = PercentilesDocument(
      n: 2, p50: 3700, p75: nil, p90: nil, p95: nil, p99: nil, max: 4200)
    let none = KaplanMeierDocument.Limits(low: nil, high: nil)
    func figures(_ open: Int) -> TurnaroundDocument.Figures {
      .init(
        terminal: 2, open: open, superseded: 0, completedOnly: times,
        kaplanMeier: KaplanMeierDocument(
          n: 2 + open, events: 2, censored: open, p50: 3200, p75: nil, p90: nil, p95: nil,
          limits: .init(p50: none, p75: none, p90: none, p95: none), curve: []))
    }
    #expect(figures(0).median == 3700)
    #expect(figures(1).median == 3200)
  }
}
