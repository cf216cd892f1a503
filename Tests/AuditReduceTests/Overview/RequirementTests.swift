import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditReduce

@Suite("What readers of evidence ask for")
struct RequirementTests {
  /// What a report has, and the state of each requirement from R1 on: shown, partly or not in the data.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var states: String
    var change: @Sendable (inout ReportDocument) -> Void

    init(
      _ description: String, _ states: String,
      _ change: @escaping @Sendable (inout ReportDocument) -> Void
    ) {
      testDescription = description
      self.states = states
      self.change = change
    }
  }

  /// A proved report of a server, whose instances have all that a record can have, without decisions, definitions,
  /// signature and earlier pack.
  private static var report: ReportDocument {
    var report = Fixture(verdict: .proved).report
    report.metrics.normalisation.unrecognised = 0
    report.metrics.normalisation.withoutUser = 0
    report.metrics.population.byWorkflowType[2].workflowType = "Other"
    report.metrics.population.byStatus[.unknown] = 0
    report.cover.pack = PackDocument()
    return report
  }

  private static func decide(_ decided: Int, of required: Int, in report: inout ReportDocument) {
    var document = ApprovalsDocument()
    (document.decided, document.required) = (decided, required)
    document.selfDecided = decided > 0 ? [7] : []
    report.metrics[ApprovalsDocument.self] = document
  }

  private static func design(found: Bool, in report: inout ReportDocument) {
    var version = ControlDesignDocument.Definition(
      definitionId: "d1", version: 1, instances: 3, complete: 2, firstStart: nil)
    version.found = found
    report.metrics[ControlDesignDocument.self] = ControlDesignDocument(
      apiVersion: 2, refused: nil, definitions: [version], changes: [])
  }

  private static func merge(_ report: inout ReportDocument) {
    let day = Instant(milliseconds: 0)
    let packs = ["a", "b"].map { name in
      ServerReport.Pack(
        name: name, manifest: "", window: .init(from: day, to: day), asOf: day, verdict: .proved)
    }
    report.cover.pack = nil
    report.servers = [
      ServerReport(
        server: nil, verdict: .proved, packs: packs, coverage: .init(of: []),
        metrics: report.metrics)
    ]
  }

  private static let signer = PackDocument.Signer(kind: "cms", name: "CN=a")

  private static func change(gone: Int, altered: Int, in report: inout ReportDocument) {
    let figures = [("gone", gone), ("altered", altered)].map { name, count in
      Figure(name, "", .count, about: "", .count(count)).asDetail
    }
    report.metrics.results.append(
      MetricSection(key: "changes", title: "", caption: "", sentences: [], figures: figures))
  }

  private static func empty(_ report: inout ReportDocument) { report.metrics.population = .none }

  private static func copy(_ report: inout ReportDocument) {
    report.cover.twinOf = "a"
    report.cover.pack = nil
  }

  private static let cases: [Case] = [
    Case("nothing but a proved read", "SPPPNNNPPPNPPSPP") { _ in },
    Case("a read with changes", "SPPPNNNPPPNPPSPP") {
      $0.completeness.verdict = .provedWithChanges
    },
    Case("not proved", "PPPPNNNPPPNNPPPP") { $0.completeness.verdict = .unproved },
    Case("a part of the period", "PPPPNNNPPPNNPPPP") { $0.completeness.verdict = .incomplete },
    Case("no instance", "NNNNNNNNNNNNPPPN") { empty(&$0) },
    Case("no instance, and decisions on others", "NNNNNNNNNNNNPPPN") {
      empty(&$0)
      decide(0, of: 0, in: &$0)
    },
    Case("a decision on each request", "SSSSPPPPPPNPPSPP") { decide(5, of: 5, in: &$0) },
    Case("a decision on each request, not proved", "PPPPPPPPPPNNPPPP") {
      decide(5, of: 5, in: &$0)
      $0.completeness.verdict = .unproved
    },
    Case("no request that asked for approval", "SPPPNNNPPPNPPSPP") { decide(0, of: 0, in: &$0) },
    Case("a file without a decision on these", "SPPPNNNPPPNPPSPP") { decide(0, of: 5, in: &$0) },
    Case("decisions with gaps", "SPPPPPPPPPNPPSPP") { decide(4, of: 5, in: &$0) },
    Case("definitions", "SPPPNPPPPPNPPSPP") { design(found: true, in: &$0) },
    Case("definitions that were refused", "SPPPNNNPPPNPPSPP") { design(found: false, in: &$0) },
    Case("definitions and decisions", "SSSSPPPPPPNPPSPP") {
      design(found: true, in: &$0)
      decide(5, of: 5, in: &$0)
    },
    Case("instances without a requester, and decisions", "SPPPPPPPPPNPPSPP") {
      $0.metrics.normalisation.withoutUser = 1
      decide(5, of: 5, in: &$0)
    },
    Case("instances without usable dates, and decisions", "SPPPPPPPPPNPPSPP") {
      $0.metrics.normalisation.withoutTimes = 1
      decide(5, of: 5, in: &$0)
    },
    Case("instances without a definition, and decisions", "SPPPPPPPPPNPPSPP") {
      $0.metrics.population.byDefinition[0].definitionId = nil
      decide(5, of: 5, in: &$0)
    },
    Case("an unknown status, and decisions", "PPPPPPPPPPNPPSPP") {
      $0.metrics.population.byStatus[.unknown] = 1
      decide(5, of: 5, in: &$0)
    },
    Case("instances without a type, and decisions", "PPPPPPPPPPNPPSPP") {
      $0.metrics.population.byWorkflowType[2].workflowType = nil
      decide(5, of: 5, in: &$0)
    },
    Case("a signature", "SPPPNNNPPPNPPSPP") { $0.cover.pack?.signer = signer },
    Case("a signature without proof", "PPPPNNNPPPNNPPPP") {
      $0.cover.pack?.signer = signer
      $0.completeness.verdict = .unproved
    },
    Case("an earlier pack", "SPPPNNNPPPNPPSPP") {
      $0.cover.pack?.previous = .init(path: "a", manifestSha256: "b")
      change(gone: 0, altered: 0, in: &$0)
    },
    Case("instances that are gone", "SPPPNNNPPPNPPPPP") { change(gone: 1, altered: 0, in: &$0) },
    Case("finished instances that changed", "SPPPNNNPPPNPPPPP") {
      change(gone: 0, altered: 1, in: &$0)
    },
    Case("a notice of what is gone", "SPPPNNNPPPNPPPPP") {
      $0.completeness.findings = [Notice(.disappeared, "Gone.")]
    },
    Case("no times", "SPPPNNNPNPNPPSPP") { $0.metrics.turnaround = nil },
    Case("no revocation", "SPPPNNNPNPNPPSPP") {
      $0.metrics.turnaround?.removeAll { $0.workflowType == "Revocation" }
    },
    Case("several packs", "SPPPNNNPPPPPPPPP") { merge(&$0) },
    Case("a pseudonymised copy", "SPPPNNNPPPNPPPPP") { copy(&$0) },
  ]

  @Test("is shown, partly or not, by what the report has", arguments: cases)
  func states(of asked: Case) {
    var report = Self.report
    asked.change(&report)
    let found = report.requirements
    #expect(found.map(\.id) == (1...16).map { "R\($0)" })
    let letters: [Requirement.State: String] = [.shown: "S", .partly: "P", .notInData: "N"]
    #expect(found.map { letters[$0.state] ?? "" }.joined() == asked.states)
    for requirement in found {
      #expect(requirement.text.hasSuffix(".") && !requirement.text.contains("  "))
      #expect(!requirement.title.hasSuffix("."))
    }
  }

  @Test("points to the section that shows it")
  func sections() {
    func section(_ id: String, _ change: (inout ReportDocument) -> Void) -> String? {
      var report = Self.report
      change(&report)
      return report.requirements.first { $0.id == id }?.section
    }
    #expect(section("R2") { _ in } == "limitations")
    #expect(section("R2") { Self.decide(1, of: 2, in: &$0) } == "approvals")
    #expect(section("R6") { _ in } == "limitations")
    #expect(section("R6") { Self.decide(1, of: 2, in: &$0) } == "approvals")
    #expect(section("R6") { Self.design(found: true, in: &$0) } == "control-design")
    #expect(section("R9") { _ in } == "time-to-finish")
    #expect(section("R11") { _ in } == "verify")
    #expect(section("R11", Self.merge) == "cover")
  }

  @Test(
    "is worded for none, one and many",
    arguments: [
      (
        0, 0, "No finished request asked for approval.",
        "Operation: no request has a decision; who belonged"
      ),
      (
        1, 1,
        "approver and time for the only finished request that asked for approval.",
        "Operation: the requester decided on 1 of 1 request with a decision; who"
      ),
      (
        1, 2, "approver and time for 1 of 2 finished requests that asked for approval.",
        "Operation: the requester decided on 1 of 1 request with a decision; who"
      ),
      (
        2, 2, "approver and time for each of the 2 finished requests that asked for approval.",
        "Operation: the requester decided on 1 of 2 requests with a decision; who"
      ),
    ])
  func words(decided: Int, required: Int, people: String, own: String) throws {
    var report = Self.report
    Self.decide(decided, of: required, in: &report)
    let texts = Dictionary(uniqueKeysWithValues: report.requirements.map { ($0.id, $0.text) })
    #expect(texts["R2"]?.contains(people) == true)
    #expect(texts["R6"]?.contains(own) == true)
  }

  private static func texts(_ change: (inout ReportDocument) -> Void) -> [String: String] {
    var report = Self.report
    change(&report)
    return Dictionary(uniqueKeysWithValues: report.requirements.map { ($0.id, $0.text) })
  }

  @Test("counts what instances do not have, and what an earlier pack had otherwise")
  func shortfalls() throws {
    let texts = Self.texts {
      $0.metrics.normalisation.withoutUser = 140
      $0.metrics.normalisation.withoutTimes = 1
      Self.change(gone: 450, altered: 1, in: &$0)
    }
    #expect(
      texts["R2"]?.hasPrefix(
        "Of 5,081 instances: 1 without usable dates and 140 without a requester.")
        == true)
    for id in ["R8", "R16"] {
      #expect(texts[id]?.contains(" 140 instances have no requester.") == true)
    }
    for id in ["R14", "R15"] {
      #expect(
        texts[id]?.hasSuffix(
          "450 instances of the earlier pack are gone, and 1 finished instance is different now.")
          == true)
    }
  }

  @Test(
    "compares requesters with deciders only where there is a requester",
    arguments: [
      (0, "the requester decided on 1 of 8 requests with a decision; who"),
      (1, "the requester decided on 1 of 7 requests with a decision; 1 more has no requester; who"),
      (
        5, "the requester decided on 1 of 3 requests with a decision; 5 more have no requester; who"
      ),
      (8, "no request with a decision has a requester; who"),
    ])
  func deciders(withoutUser: Int, words: String) throws {
    let texts = Self.texts {
      Self.decide(8, of: 8, in: &$0)
      $0.metrics[ApprovalsDocument.self]?.withoutUser = withoutUser
    }
    #expect(texts["R6"]?.contains(words) == true)
  }

  @Test("says that definitions could not be read where they were asked for")
  func refused() throws {
    #expect(
      Self.texts { Self.design(found: false, in: &$0) }["R6"]?
        .hasPrefix("Design: no workflow definition could be read with --control-design.") == true)
    #expect(Self.texts { _ in }["R6"]?.hasPrefix("Design: not read; --control-design") == true)
  }

  @Test("leaves to the originals what copies and merged reports do not have")
  func origins() throws {
    let copy = Self.texts(Self.copy)
    #expect(copy["R8"]?.contains("by the token and the kind") == true)
    #expect(copy["R12"]?.contains("draws it from the original of this copy, and") == true)
    #expect(Self.texts(Self.merge)["R12"]?.contains("draws it from each of the packs,") == true)
    #expect(Self.texts { _ in }["R12"]?.contains("br-8.7 draws it, and anyone") == true)
  }

  @Test("names what an examiner of the information does not find")
  func missing() throws {
    var report = Self.report
    report.completeness.verdict = .unproved
    report.cover.source = SourceDocument(
      kind: .pages, server: nil, productVersion: nil, principal: nil, tlsPeer: nil)
    report.cover.query = nil
    let found = try #require(report.requirements.first { $0.id == "R13" })
    #expect(
      found.text
        == "Not shown: that nothing is missing, which server it is from, which account read it, the query, which user of the machine ran kfaudit and who made the pack, which is not signed."
    )
  }

  @Test("has the keys of the schema and no others, no section written as null")
  func json() throws {
    let requirement = Requirement(.r1, .notInData, in: nil, "c.")
    let object =
      try JSONSerialization.jsonObject(with: JSONEncoder().encode(requirement)) as? [String: Any]
    #expect(object?.keys.sorted() == ["id", "section", "source", "state", "text", "title"])
    #expect(object?["state"] as? String == "notInData")
    #expect(object?["section"] is NSNull)
  }
}
