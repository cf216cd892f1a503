import AuditEvidence
import AuditModel
import AuditPlan
import CommandSandbox
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditReport
@testable import AuditRun

@Suite("A pack with decisions from elsewhere", .slow)
struct ApprovalsPackTests {
  /// The rows of the pages that `PackCase.saved` takes.
  private static func rows() async throws -> [[String: Any]] {
    let pack = try await PackCase.saved()
    return try String(decoding: pack.read("instances.ndjson"), as: UTF8.self)
      .split(separator: "\n").map { line in
        try #require(
          try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
  }

  /// A decision on every instance but each seventh; each fifth is its requester's own.
  private static func decisions(_ rows: [[String: Any]]) -> String {
    let lines = rows.enumerated().filter { $0.offset % 7 != 0 }.map { index, row -> String in
      let user = row["user"] as? String ?? "nobody"
      let approver = index % 5 == 0 ? user : "CORP\\somepki\(index % 3)"
      let at = row["lastModified"] as? String ?? "2026-10-05T00:00:00Z"
      return
        "\(row["referenceId"] ?? ""),\(approver),\(at),approved,secret remark \(index),ticket \(index)"
    }
    return (["reference_id,approver,decided_at,decision,comment,source"] + lines)
      .joined(separator: "\r\n") + "\r\n"
  }

  private static func pack(
    _ csv: String, _ change: (inout MainJob) throws -> Void = { _ in }
  ) async throws -> PackCase {
    try await PackCase.saved { job in
      try job.folder.write(csv, to: "who approved.csv")
      job.options.approvals = job.folder("who approved.csv")
      try change(&job)
    }
  }

  private static func approvals(in folder: String) throws -> [String: Any] {
    try MergeCase.report(at: folder).object("metrics").object("approvals")
  }

  @Test("keeps the file as it is, verifies, and renders to the same bytes")
  func evidence() async throws {
    let csv = Self.decisions(try await Self.rows())
    let pack = try await Self.pack(csv) { $0.options.format = "csv,json,ndjson,html,xlsx" }
    #expect(try pack.read("evidence/inputs/approvals.csv") == Array(csv.utf8))
    let verification = try await pack.verify()
    #expect(verification.isIntact, "\(verification.table)")
    let rendered = try await pack.render()
    for path in try PackInventory(of: rendered).files.keys.map(\.string) {
      #expect(
        try Array(Data(contentsOf: URL(filePath: "\(rendered)/\(path)"))) == pack.read(path),
        "\(path)")
    }
    let found = try Self.approvals(in: pack.path)
    #expect(found["file"] as? String == "who approved.csv")
    let table = CSVReader.rows(of: try pack.read("tables/decisions.csv"))
    #expect(table.count - 1 == found["linked"] as? Int)
    #expect(table.count > 40)
  }

  @Test("is not intact once a decision is changed, even where the digests fit")
  func tampering() async throws {
    let pack = try await Self.pack(Self.decisions(try await Self.rows()))
    try pack.replace("CORP\\somepki1", with: "CORP\\somepki2", in: "evidence/inputs/approvals.csv")
    #expect(!(try await pack.verify().isIntact))
    try pack.forgeDigests()
    #expect(!(try await pack.verify().isIntact))
  }

  @Test("leaves a pack without such a file as it was")
  func absent() async throws {
    let pack = try await PackCase.saved()
    #expect(try MergeCase.report(at: pack.path).object("metrics")["approvals"] == nil)
    let options = String(decoding: try pack.read("evidence/inputs/options.json"), as: UTF8.self)
    #expect(!options.contains("approvals\""))
    let limitations = try #require(
      MergeCase.report(at: pack.path)["limitations"] as? [String])
    #expect(limitations.contains { $0.hasPrefix("The Keyfactor API gives no approver") })
    #expect(!limitations.contains { $0.contains("approvals") })
  }

  @Test(
    "says how many are not covered beside what it concludes, in the page and in the limitations")
  func words() async throws {
    let rows = try await Self.rows()
    let csv = Self.decisions(rows)
    let others = csv.split(separator: "\r\n").filter { line in
      !rows.contains { row in (row["user"] as? String).map { line.contains(",\($0),") } ?? false }
    }
    let pack = try await Self.pack(others.joined(separator: "\r\n"))
    let found = try Self.approvals(in: pack.path)
    let uncovered = (found["required"] as? Int ?? 0) - (found["decided"] as? Int ?? 0)
    #expect(uncovered > 0)
    #expect(try found.object("selfDecided")["k"] as? Int == 0)
    let page = String(decoding: try pack.read("report.html"), as: UTF8.self)
    let sentence = try #require(page.firstRange(of: "was decided by its own requester"))
    #expect(
      page[sentence.upperBound...].prefix(60).contains("not covered, nothing is known"))
    let limitations = try #require(MergeCase.report(at: pack.path)["limitations"] as? [String])
    #expect(
      limitations.contains { $0.contains("come from who approved.csv, which kfaudit cannot check") }
    )
    #expect(!limitations.contains { $0.hasPrefix("The Keyfactor API gives no approver") })
  }

  @Test(
    "is not made of a file that is wrong: 65 before the first request, and nothing is published")
  func wrongFile() throws {
    var job = try MainJob()
    job.ask(server: "https://keyfactor.example.com")
    try job.folder.write(
      "reference_id,approver,decided_at,decision\n1,a,10/11/2026,yes\n", to: "d.csv")
    job.options.approvals = job.folder("d.csv")
    let error = #expect(throws: PlanError.self) { try job.plan() }
    #expect(error?.exitStatus == .brokenData)
    #expect(error?.mistakes.count == 2)
    #expect(
      error?.description.contains("d.csv:2:5: decided_at: 10/11/2026 is not a valid time") == true)
    job.options.approvals = job.folder("none.csv")
    #expect(#expect(throws: PlanError.self) { try job.plan() }?.exitStatus == .missingInput)
  }

  @Test("is not made where a row gives the GUID of one instance and the reference ID of another")
  func contradiction() async throws {
    let rows = try await Self.rows()
    let (one, other) = (rows[0], rows[1])
    let csv = """
      reference_id,id,approver,decided_at,decision
      \(one["referenceId"] ?? ""),\(one["id"] ?? ""),a,2026-10-05T00:00:00Z,approved
      \(one["referenceId"] ?? ""),,a,2026-10-05T00:00:00Z,approved
      \((other["referenceId"] as? Int ?? 0) + 100_000),\(other["id"] ?? ""),a,2026-10-05T00:00:00Z,approved
      """
    do {
      _ = try await Self.pack(csv)
      Issue.record("it was published")
    } catch let error as ReductionError {
      #expect(error.exitStatus == .brokenData)
      #expect(error.description.contains("1 line: 4"))
    }
  }

  @Test("names nobody in a pseudonymised copy, and counts the same there")
  func pseudonymised() async throws {
    let pack = try await Self.pack(Self.decisions(try await Self.rows()))
    let copy = try await pack.render {
      $0.pseudonyms = PackCase.pseudonyms
    }
    for path in try PackInventory(of: copy).files.keys.map(\.string) {
      let text = String(
        decoding: try Data(contentsOf: URL(filePath: "\(copy)/\(path)")), as: UTF8.self)
      for word in ["somepki", "secret remark", "ticket 1", "who approved"] {
        #expect(!text.contains(word), "\(path): \(word)")
      }
    }
    let (here, there) = (try Self.approvals(in: pack.path), try Self.approvals(in: copy))
    for key in ["rows", "linked", "required", "decided", "afterEnd"] {
      #expect(here[key] as? Int == there[key] as? Int, "\(key)")
    }
    #expect(try here.object("selfDecided")["k"] as? Int ?? 0 > 0)
    #expect(
      try here.object("selfDecided")["ids"] as? [Int] == there.object("selfDecided")["ids"]
        as? [Int])
  }

  @Test("can be asked for by a policy")
  func policy() async throws {
    let pack = try await Self.pack(Self.decisions(try await Self.rows())) { job in
      try job.folder.write(
        """
        gates:
          - {id: covered, title: t, severity: high, metric: approvals.coverage, min: 100%}
          - {id: own, title: t, severity: high, metric: approvals.selfDecided, max: 0}
          - {id: unlinked, title: t, severity: low, metric: approvals.unlinked, max: 0}
          - {id: quick, title: t, severity: low, metric: approvals.decisionTime.p50, max: 1000d}
        """, to: "policy.yaml")
      job.options.policy = job.folder("policy.yaml")
    }
    let gates = try #require(MergeCase.report(at: pack.path)["gates"] as? [[String: Any]])
    #expect(gates.map { $0["result"] as? String } == ["failed", "failed", "passed", "passed"])
    let observed = gates.map { $0["observed"] as? String ?? "" }
    #expect(observed.map { $0.contains("not covered") } == [false, true, false, true])
  }

  @Test("evidences no control of the example policy where no request is decided")
  func undecided() async throws {
    let policy = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Examples/policies/approvals.yaml").path
    let pack = try await Self.pack(
      "reference_id,approver,decided_at,decision\n999999999,a,2026-10-05T00:00:00Z,approved\n"
    ) { $0.options.policy = policy }
    let results = try MergeCase.report(at: pack.path).objects("gates").reduce(into: [:]) {
      $0[$1["id"] as? String] = $1["result"] as? String
    }
    #expect(results["decisions-covered"] == "failed")
    #expect(results["nobody-decides-alone"] == "notJudged")
    #expect(results["decided-in-time"] == "notJudged")
    let controls = try MergeCase.report(at: pack.path).objects("controls")
    #expect(!controls.contains { $0["state"] as? String == "evidenced" })
  }

  @Test("judges the example policy by the example file: some are missing, late, or decided alone")
  func examples() async throws {
    let examples = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Examples").path
    var job = try MainJob()
    job.options.pages = "\(examples)/quarter/pages"
    job.options.approvals = "\(examples)/decisions.csv"
    job.options.policy = "\(examples)/policies/approvals.yaml"
    job.options.format = "json"
    let path = try await job.run().pack
    let gates = try #require(MergeCase.report(at: path)["gates"] as? [[String: Any]])
    let failed = gates.filter { $0["result"] as? String == "failed" }.map { $0["id"] as? String }
    #expect(failed == ["decisions-covered", "nobody-decides-alone", "decided-in-time"])
    #expect(gates.allSatisfy { $0["result"] as? String != "notJudged" })
    let controls = try MergeCase.report(at: path).objects("controls")
    let contradicted = controls.filter { $0["state"] as? String == "contradicted" }
    #expect(
      contradicted.map { $0["control"] as? String } == ["AC-5", "AU-3", "CC6.2", "CC6.3"])
    #expect(controls.count { $0["state"] as? String == "noGate" } == controls.count - 4)
  }

  @Test("merges with others: each instance has the decisions of whichever pack brings them")
  func merged() async throws {
    let whole = try await MergeCase.pack()
    let rows = try String(decoding: whole.read("instances.ndjson"), as: UTF8.self)
      .split(separator: "\n").map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
    let csv = Self.decisions(rows)
    func bring(_ job: inout MainJob) throws {
      try job.folder.write(csv, to: "who approved.csv")
      job.options.approvals = job.folder("who approved.csv")
    }
    let one = try await MergeCase.pack(QuirkJob.rows(), bring)
    let expected = try Self.approvals(in: one.path)
    let parts = [
      try await MergeCase.pack(days: 1...15), try await MergeCase.pack(days: 15...31, bring),
      try await MergeCase.pack(days: 10...20, bring),
    ]
    let merge = try MergeCase(parts)
    let merged = try Self.approvals(in: try await merge.merge())
    for key in ["file", "rows", "linked", "unlinked", "duplicates", "required", "decided"] {
      #expect(merged[key] as? NSObject == expected[key] as? NSObject, "\(key)")
    }
    #expect(merged["linked"] as? Int ?? 0 > 0)
  }

  @Test("has the figures that the sandbox knows to be true, and asks nothing of its audit log")
  func sandbox() async throws {
    var options = SandboxOptions()
    options.instances = 1500
    options.now = 1_793_600_000_000
    let sandbox = try await Sandbox.start(options)
    var job = try MainJob()
    job.ask(sandbox)
    try Data(sandbox.decisions.csv).write(to: URL(filePath: job.folder("decisions.csv")))
    job.options.approvals = job.folder("decisions.csv")
    let path = try await job.run().pack
    #expect(!sandbox.requests.contains { $0.lowercased().contains("/audit") })
    let found = try Self.approvals(in: path)
    let rows = try String(contentsOfFile: "\(path)/instances.ndjson", encoding: .utf8)
      .split(separator: "\n").map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
    let kept = sandbox.decisions.decisions.filter(\.isKept)
    let inWindow = Dictionary(
      uniqueKeysWithValues: rows.map { ($0["referenceId"] as? Int64 ?? 0, $0) })
    let terminal = Set(["Complete", "Failed", "Rejected"])
    let decided = Set(
      kept.filter { decision in
        (inWindow[decision.referenceID]?["status"] as? String).map(terminal.contains) ?? false
      }.map(\.referenceID))
    #expect(found["linked"] as? Int == kept.count { inWindow[$0.referenceID] != nil })
    #expect(found["unlinked"] as? Int == kept.count { inWindow[$0.referenceID] == nil })
    #expect(found["decided"] as? Int == decided.count)
    let own = kept.filter { decision in
      decided.contains(decision.referenceID)
        && (inWindow[decision.referenceID]?["user"] as? String)?.lowercased()
          == decision.approver.lowercased()
    }
    #expect(
      try found.object("selfDecided")["ids"] as? [Int64] == Set(own.map(\.referenceID)).sorted())
    #expect(!own.isEmpty && found["afterEnd"] as? Int ?? 0 > 0)
    try await sandbox.stop()
  }
}
