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

  /// A proved report of a server, without decisions, definitions, signature and earlier pack.
  private static var report: ReportDocument {
    var report = Fixture(verdict: .proved).report
    report.metrics.normalisation.unrecognised = 0
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

  private static let cases: [Case] = [
    Case("nothing but a proved read", "SPPPNNNPPPNPPSPS") { _ in },
    Case("a read with changes", "SPPPNNNPPPNPPSPS") {
      $0.completeness.verdict = .provedWithChanges
    },
    Case("not proved", "PPPPNNNPPPNNPPPS") { $0.completeness.verdict = .unproved },
    Case("a part of the period", "PPPPNNNPPPNNPPPS") { $0.completeness.verdict = .incomplete },
    Case("a decision on each request", "SSSSPPPPPPNPPSPS") { decide(5, of: 5, in: &$0) },
    Case("no request that asked for approval", "SSSSPPPPPPNPPSPS") { decide(0, of: 0, in: &$0) },
    Case("decisions with gaps", "SPPPPPPPPPNPPSPS") { decide(4, of: 5, in: &$0) },
    Case("definitions", "SPPPNPPPPPNPPSPS") { design(found: true, in: &$0) },
    Case("definitions that were refused", "SPPPNNNPPPNPPSPS") { design(found: false, in: &$0) },
    Case("definitions and decisions", "SSSSPPPPPPNPPSPS") {
      design(found: true, in: &$0)
      decide(5, of: 5, in: &$0)
    },
    Case("titles that were not read", "SPPPNNNPPPNPPSPP") {
      $0.metrics.normalisation.unrecognised = 2
    },
    Case("titles that were not read, and decisions", "SPPPPPPPPPNPPSPP") {
      $0.metrics.normalisation.unrecognised = 1
      decide(5, of: 5, in: &$0)
    },
    Case("a signature", "SPPPNNNPPPNPSSSS") { $0.cover.pack?.signer = signer },
    Case("a signature without proof", "PPPPNNNPPPNNPPPS") {
      $0.cover.pack?.signer = signer
      $0.completeness.verdict = .unproved
    },
    Case("a signature of saved pages without an account", "SPPPNNNPPPNPPSSS") {
      $0.cover.pack?.signer = signer
      $0.cover.source.principal = nil
    },
    Case("an earlier pack", "SPPPNNNPPPPPPSPS") {
      $0.cover.pack?.previous = .init(path: "a", manifestSha256: "b")
    },
    Case("no times", "SPPPNNNPNPNPPSPS") { $0.metrics.turnaround = nil },
    Case("several packs", "SPPPNNNPPPPPPPPS") { merge(&$0) },
    Case("a pseudonymised copy", "SPPPNNNPPPNPPPPS") {
      $0.cover.twinOf = "a"
      $0.cover.pack = nil
    },
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

  @Test("names what an examiner of the information does not find")
  func missing() throws {
    var report = Self.report
    report.completeness.verdict = .unproved
    report.cover.source = SourceDocument(
      kind: "pages", server: nil, productVersion: nil, principal: nil, tlsPeer: nil)
    report.cover.query = nil
    let found = try #require(report.requirements.first { $0.id == "R13" })
    #expect(
      found.text
        == "Not shown: that nothing is missing, which server it is from, which account read it, the query and who made the pack, which is not signed."
    )
  }

  @Test("has the keys of the schema and no others, no section written as null")
  func json() throws {
    let requirement = Requirement("R1", "a", "b", .notInData, in: nil, "c.")
    let object =
      try JSONSerialization.jsonObject(with: JSONEncoder().encode(requirement)) as? [String: Any]
    #expect(object?.keys.sorted() == ["id", "section", "source", "state", "text", "title"])
    #expect(object?["state"] as? String == "notInData")
    #expect(object?["section"] is NSNull)
  }
}
