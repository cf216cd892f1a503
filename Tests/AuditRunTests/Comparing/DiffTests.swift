import AuditModel
import AuditPlan
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditReport
@testable import AuditRun

@Suite("Two packs compared", .slow)
struct DiffTests {
  /// A pack of a server's instances, 110 of them or others.
  private func pack(
    _ rows: [ModelRow] = QuirkJob.rows(), _ change: (inout QuirkJob) -> Void = { _ in }
  ) async throws -> PackCase {
    try await PackCase.server { job in
      job.server = .init(rows, now: QuirkJob.now)
      job.job.network = job.server.network
      change(&job)
    }
  }

  private func diff(_ old: PackCase, _ new: PackCase) async throws -> PackDifference {
    try await DiffRun(old: old.path, new: new.path, workers: 2).run()
  }

  /// The difference for machines.
  private func read(_ old: PackCase, _ new: PackCase) async throws -> [String: Any] {
    let bytes = try await diff(old, new).json()
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  /// Rows of which one is gone, one has appeared, one has ended, one that had ended reads differently.
  private static func changed() -> [ModelRow] {
    var rows = QuirkJob.rows()
    rows[1].status = "Failed"
    rows[2].title = "An unheard-of wording"
    rows[3].lastModified += 1000
    rows.remove(at: 4)
    rows.append(ModelRow(104, start: QuirkJob.from + QuirkJob.step))
    return rows
  }

  private static func before() -> [ModelRow] {
    var rows = QuirkJob.rows()
    rows[1].status = "Running"
    return rows
  }

  @Test("What appeared, disappeared, moved and changed after its end is told with its reference id")
  func instances() async throws {
    let read = try await read(try await pack(Self.before()), try await pack(Self.changed()))
    let instances = try #require(read["instances"] as? [String: Any])
    let list = try #require(instances["list"] as? [[String: Any]])
    let found = list.map { "\($0["change"] as? String ?? "") \($0["referenceId"] as? Int ?? 0)" }
    #expect(
      found == ["gone 109", "altered 105", "altered 107", "appeared 104", "finishedLate 103"])
    let moves = try #require(instances["moves"] as? [[String: Any]])
    #expect(moves.map { $0["now"] as? String } == ["Failed"])
    let firsts = try #require((read["firsts"] as? [String: Any])?["list"] as? [[String: Any]])
    #expect(
      firsts.map { "\($0["kind"] ?? "") \($0["foundIn"] ?? "") \($0["name"] ?? "")" } == [
        "failureClass new unclassified", "wording new An unheard-of wording",
      ])
    let populations = try #require(read["populations"] as? [String: Any])
    let byStatus = try #require(populations["byStatus"] as? [[String: Any]])
    #expect(byStatus.contains { $0["name"] as? String == "Failed" && $0["new"] as? Int == 1 })
  }

  @Test("Packs that share instances get no intervals, packs of other days do")
  func independence() async throws {
    let half = { (from: String, to: String) in
      try await pack { job in
        job.job.options.from = from
        job.job.options.to = to
      }
    }
    let (first, second) = (
      try await half("2026-10-01", "2026-10-14"), try await half("2026-10-14", "2026-10-28")
    )
    let overlapping = try await half("2026-10-10", "2026-10-20")
    let rate = { (read: [String: Any]) throws -> [String: Any] in
      let figures = try #require((read["figures"] as? [String: Any])?["figures"])
      return try #require(
        (figures as? [[String: Any]])?.first { $0["figure"] as? String == "failureRates.byUser" })
    }
    let apart = try await read(first, second)
    #expect(try rate(apart)["low"] is Double)
    #expect(try rate(apart)["beyondChance"] as? Bool == false)
    #expect("\(apart["notes"] ?? "")".contains("do not overlap"))
    let shared = try await read(first, overlapping)
    #expect(try rate(shared)["low"] is NSNull)
    #expect(try rate(shared)["difference"] is Double)
    #expect("\(shared["notes"] ?? "")".contains("windows differ"))
  }

  @Test("A pack without report and rows is computed first, and says the same")
  func computed() async throws {
    let old = try await pack(Self.before())
    let whole = try await pack(Self.changed())
    let bare = try await pack(Self.changed()) { $0.job.options.format = "html" }
    let (left, right) = (try await read(old, whole), try await read(old, bare))
    for key in ["instances", "figures", "firsts", "populations"] {
      let (one, other) = (left[key] as? NSDictionary, right[key] as? NSDictionary)
      #expect(one != nil && one == other, "\(key)")
    }
  }

  @Test("A pack differs in nothing from itself")
  func same() async throws {
    let pack = try await pack()
    let text = String(decoding: try await diff(pack, pack).text, as: UTF8.self)
    #expect(text.contains("110 instances are in both packs. 0 appeared, 0 disappeared, 0 have"))
    #expect(text.contains("0 are in the new pack only, 0 in the old one only."))
  }

  @Test("Types that differ in composition, and no type and an empty one, are counted apart")
  func spellings() async throws {
    let pack = try await PackCase.saved { job in
      let row = { (id: Int, type: String) in
        """
        {"Id":"9c996cd3-0f0e-4b0c-9f0f-\(100_000_000_000 + id)","Status":"Complete","Title":null,\
        "StartDate":"2026-10-01T12:00:00Z","LastModified":"2026-10-01T12:00:0\(id)Z","ReferenceId":\(id),\
        "Definition":{"Id":\(type),"DisplayName":\(type),"Version":1,"WorkflowType":\(type)}}
        """
      }
      let types = [#""\u00e9""#, #""e\u0301""#, #""""#, "null", #""no type""#]
      let rows = types.enumerated().map { row($0 + 1, $1) }
      try FileManager.default.removeItem(atPath: job.folder("pages"))
      try job.folder.makeFolder("pages")
      try job.folder.write("[\(rows.joined(separator: ","))]", to: "pages/a.json")
    }
    let read = try await read(pack, pack)
    let populations = try #require(read["populations"] as? [String: Any])
    let byType = try #require(populations["byWorkflowType"] as? [[String: Any]])
    let names = byType.map { ($0["name"] as? String).map { Array($0.utf8) } }
    #expect(byType.count == 5 && Set(names).count == 5 && names.last == .some(nil))
    #expect(byType.allSatisfy { $0["old"] as? Int == 1 && $0["new"] as? Int == 1 })
    let figures = try #require((read["figures"] as? [String: Any])?["figures"] as? [[String: Any]])
    let groups = figures.filter { $0["figure"] as? String == "turnaround.max" }
    #expect(groups.count == 5)
    #expect(groups.allSatisfy { $0["difference"] as? Int == 0 || $0["difference"] as? Double == 0 })
  }

  @Test("Nothing from the server begins markup or moves a terminal")
  func hostile() async throws {
    var rows = QuirkJob.rows()
    rows[2].title = "|# <b>\u{202E}`x`"
    let difference = try await diff(try await pack(), try await pack(rows))
    let (text, markdown) = (
      String(decoding: difference.text, as: UTF8.self),
      String(decoding: difference.markdown, as: UTF8.self)
    )
    for output in [text, markdown] { #expect(!output.contains("\u{202E}")) }
    #expect(markdown.contains("\\|\\# \\<b\\>"))
    #expect(text.contains("|# <b>"))
  }

  @Test("A pack whose report is not what was published is refused, and so is what is no pack")
  func refusals() async throws {
    let (good, bad) = (try await pack(), try await pack())
    try bad.replace("\"instances\" : 110", with: "\"instances\" : 111", in: "report.json")
    let error = await #expect(throws: PackError.self) { try await diff(good, bad) }
    #expect(error?.description.contains("report.json was changed") == true)
    #expect(error?.exitStatus == .brokenData)
    await #expect(throws: PackError.self) {
      try await DiffRun(old: good.path, new: "/nowhere", workers: 1).run()
    }
  }

  @Test("Packs of different servers are compared in their figures only")
  func servers() async throws {
    let other = try await pack { $0.job.options.server = "https://other.example" }
    let read = try await read(try await pack(), other)
    #expect(read["instances"] == nil)
    #expect("\(read["notes"] ?? "")".contains("different servers"))
  }

  @Test("The table of figures is the schema's")
  func schema() throws {
    let schema = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Examples/report.schema.json")
    let written = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: schema))
    let known = ["metrics", "changes", "figures"].reduce(written as JSONValue?) {
      $0?["properties"]?[$1]
    }
    let table = FigureComparison.nothing.table
    let derived = try JSONSerialization.data(
      withJSONObject: MetricSchema.array(of: table), options: [.sortedKeys])
    #expect(
      try JSONDecoder().decode(JSONValue.self, from: derived) == known,
      "properties.metrics.properties.changes.properties.figures must be: \(String(decoding: derived, as: UTF8.self))"
    )
  }

  @Test("A night's report has the figures of the night before beside its own")
  func inReport() async throws {
    let first = try await pack { $0.job.options.to = "2026-10-14" }
    let second = try await pack { job in
      job.job.options.from = "2026-10-14"
      job.job.options.previous = first.path
    }
    let report =
      try JSONSerialization.jsonObject(with: Data(second.read("report.json"))) as? [String: Any]
    let changes = (report?["metrics"] as? [String: Any])?["changes"] as? [String: Any]
    let figures = try #require(changes?["figures"] as? [[String: Any]])
    #expect(figures.contains { $0["figure"] as? String == "population.instances" })
    #expect(figures.contains { $0["low"] is Double })
    let page = String(decoding: try second.read("report.html"), as: UTF8.self)
    #expect(page.contains("Figures, before and now"))
    #expect(try await second.verify().isIntact)
  }
}
