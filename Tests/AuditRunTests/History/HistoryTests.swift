import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditPacks
@testable import AuditRun

@Suite("The history of an archive", .slow, .sharing { try await NightsArchive.make() })
struct HistoryTests {
  /// Writes the history and reads history.json.
  private func history(
    _ archive: NightsArchive, out: String? = nil
  ) throws -> (answer: HistoryRun.Answer, json: [String: Any], folder: String) {
    let answer = try HistoryRun(archive: archive.path, out: out).run()
    let folder = out ?? archive.path
    let data = try Data(contentsOf: URL(filePath: "\(folder)/history.json"))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return (answer, json, folder)
  }

  private func packs(_ json: [String: Any]) throws -> [[String: Any]] {
    try #require(json["packs"] as? [[String: Any]])
  }

  /// The report of a night, read by another reader.
  private func report(_ day: Int, _ archive: NightsArchive) throws -> [String: Any] {
    let path = "\(archive.path)/\(NightsArchive.name(day))/report.json"
    let data = try Data(contentsOf: URL(filePath: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test(
    "It says what is missing, not proved, altered and failing, as the packs themselves do",
    .enabled(
      "python3 has no module jsonschema; Tests/run.sh installs it", SchemaValidator.isUsable))
  func whole() async throws {
    let archive = try await NightsArchive.copy()
    try archive.alterReport(7)
    try archive.remove(9)
    let (answer, json, _) = try history(archive)

    let summary = try #require(json["summary"] as? [String: Int])
    #expect(
      summary == [
        "periods": 9, "packs": 9, "proved": 7, "unproved": 1, "incomplete": 0, "damaged": 1,
        "missing": 2, "brokenLinks": 1, "failing": 1,
      ])
    let missing = try #require(json["missing"] as? [[String: Any]])
    #expect(
      missing.map { $0["from"] as? String } == [
        "2026-10-04T00:00:00.000Z", "2026-10-09T00:00:00.000Z",
      ])
    #expect(missing.map { $0["after"] as? String } == [3, 8].map(NightsArchive.name))

    let packs = try packs(json)
    #expect(
      packs.map { $0["name"] as? String } == [1, 2, 3, 5, 6, 7, 8, 10, 11].map(NightsArchive.name))
    let states = packs.map { ($0["chain"] as? [String: Any])?["state"] as? String }
    #expect(
      states
        == [
          "first", "follows", "follows", "follows", "follows", "follows", "follows", "broken",
          "follows",
        ])
    #expect(packs[5]["files"] as? String == "damaged" && packs[5]["figures"] is NSNull)
    #expect(packs[5]["verdict"] as? String == "proved", "the manifest fits")

    // Since when a check fails: counted here from the reports alone.
    let check = try #require((json["checks"] as? [[String: Any]])?.first)
    #expect(check["id"] as? String == "=hostile" && check["result"] as? String == "failed")
    var (since, run) = (0, 0)
    for day in [11, 10, 8, 6, 5, 3, 2, 1] {
      let gates = try #require(try report(day, archive)["gates"] as? [[String: Any]])
      let result = gates.first { $0["id"] as? String == "=hostile" }?["result"] as? String
      guard result == "failed" else { break }
      (since, run) = (day, run + 1)
    }
    #expect(since == 5 && run == 5)
    #expect(check["since"] as? String == NightsArchive.name(since))
    #expect(check["run"] as? Int == run && check["unknown"] as? Int == 1)
    #expect(check["failed"] as? Int == run && check["reports"] as? Int == 8)

    #expect(answer.warnings.count == 2)
    #expect(answer.warnings.contains { $0.text.contains("report.json was changed: SHA-256") })
    #expect(
      answer.summary
        == "9 periods: 7 proved, 1 not proved and 1 damaged. 2 periods are missing between them. 1 policy check fails in the newest report."
    )
    let answerOfSchema = try await SchemaValidator.validate(
      ["\(archive.path)/history.json"], against: SchemaValidator.schema(of: "history"))
    #expect(answerOfSchema.status == 0, "\(answerOfSchema.lines)")
  }

  @Test("Figures are those of the reports, and intervals are Wilson's")
  func figures() async throws {
    let archive = try await NightsArchive.copy()
    let (_, json, folder) = try history(archive)
    let table = CSVReader.rows(
      of: Array(try Data(contentsOf: URL(filePath: "\(folder)/history.csv"))))
    let head = table[0]
    for (index, day) in [1, 2, 3, 5, 6, 7, 8, 9, 10, 11].enumerated() {
      let metrics = try #require(try report(day, archive)["metrics"] as? [String: Any])
      let population = try #require(metrics["population"] as? [String: Any])
      let status = try #require(population["byStatus"] as? [String: Int])
      let figures = try #require(try packs(json)[index]["figures"] as? [String: Any])
      let all = try #require(figures["all"] as? [String: Any])
      let failures = try #require(all["failures"] as? [String: Any])
      let finished = ["Complete", "Failed", "Rejected"].map { status[$0] ?? 0 }.reduce(0, +)
      #expect(all["instances"] as? Int == population["instances"] as? Int)
      #expect(all["open"] as? Int == (status["Running"] ?? 0) + (status["Suspended"] ?? 0))
      #expect(failures["k"] as? Int == status["Failed"] && failures["n"] as? Int == finished)
      let low = try #require(failures["low"] as? Double)
      let high = try #require(failures["high"] as? Double)
      let expected = Self.wilson(status["Failed"] ?? 0, of: finished)
      #expect(abs(low - expected.low) < 1e-9 && abs(high - expected.high) < 1e-9)

      let row = Dictionary(zip(head, table[index + 1]), uniquingKeysWith: { first, _ in first })
      #expect(row["pack"] == NightsArchive.name(day) && row["failed"] == "\(status["Failed"] ?? 0)")
      #expect(abs((Double(row["failed_high"] ?? "") ?? -1) - high) < 1e-12)
      #expect(row["check:quiet"] == "passed")

      let levels = try #require(
        (metrics["sla"] as? [String: Any])?["byWorkflowType"] as? [[String: Any]])
      let shown = try #require(figures["serviceLevels"] as? [[String: Any]])
      #expect(
        shown.map { ($0["missed"] as? [String: Any])?["k"] as? Int }
          == levels.map { $0["breached"] as? Int })
      #expect(shown.map { $0["limit"] as? Int } == levels.map { $0["limit"] as? Int })

      let times = try #require(metrics["turnaround"] as? [[String: Any]])
      let types = try #require(figures["byWorkflowType"] as? [[String: Any]])
      #expect(types.count == times.count)
      for type in types {
        let time = try #require(
          times.first { $0["workflowType"] as? String == type["workflowType"] as? String })
        let estimate = try #require(time["kaplanMeier"] as? [String: Any])
        let shown = estimate["censored"] as? Int == 0 ? time["completedOnly"] : estimate
        let median = (shown as? [String: Any])?["p50"] as? Double
        #expect((type["median"] as? [String: Any])?["value"] as? Double == median)
      }
    }
  }

  @Test("What has to be followed up is the newest report's")
  func followUp() async throws {
    let archive = try await NightsArchive.copy()
    let (_, json, _) = try history(archive)
    let followUp = try #require(json["followUp"] as? [String: Any])
    let facts = try #require(followUp["facts"] as? [[String: Any]])
    let expected = try #require(try report(11, archive)["followUp"] as? [[String: Any]])
    #expect(followUp["pack"] as? String == NightsArchive.name(11))
    #expect(
      !facts.isEmpty
        && facts.map { $0["text"] as? String } == expected.map { $0["text"] as? String })
  }

  /// Wilson's limits by bisection: where |p̂ − p| = z √(p(1−p)/n).
  private static func wilson(_ k: Int, of n: Int) -> (low: Double, high: Double) {
    let share = Double(k) / Double(n)
    func end(_ start: Double, _ stop: Double) -> Double {
      var (inside, outside) = (start, stop)
      for _ in 0..<200 {
        let middle = (inside + outside) / 2
        let spread = 1.959963984540054 * (middle * (1 - middle) / Double(n)).squareRoot()
        if abs(share - middle) <= spread { inside = middle } else { outside = middle }
      }
      return inside
    }
    return (k == 0 ? 0 : end(share, 0), k == n ? 1 : end(share, 1))
  }

  @Test("The same archive gives the same bytes, and hostile texts stay texts")
  func bytes() async throws {
    let archive = try await NightsArchive.copy()
    let names = ["history.html", "history.json", "history.csv"]
    func read(_ folder: String) throws -> [Data] {
      try names.map { try Data(contentsOf: URL(filePath: "\(folder)/\($0)")) }
    }
    _ = try history(archive)
    let first = try read(archive.path)
    _ = try history(archive)
    #expect(try read(archive.path) == first)
    // The files of a run before are no packs, and are not told as names that are passed over.
    #expect(try history(archive).answer.passedOver == [])

    let out = archive.job.folder("a page")
    _ = try history(archive, out: out)
    let page = String(decoding: try read(out)[0], as: UTF8.self)
    #expect(page.contains("href=\"./../archive/\(NightsArchive.name(1))/report.html\""))
    #expect(!page.contains("<script>alert") && !page.contains("\u{202E}"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; ⟨U+202E⟩gate"))
    #expect(page.contains("default-src 'none'") && !page.lowercased().contains("verified"))
    #expect(try read(out)[1...] == first[1...])
    let table = CSVReader.rows(of: Array(first[2]))
    #expect(table[0].contains("check:=hostile"))
  }

  @Test("Of several packs of a period the newest counts, and an unfinished read is no pack")
  func revisions() async throws {
    let archive = try await NightsArchive.copy()
    let files = FileManager.default
    let pack = "\(archive.path)/\(NightsArchive.name(6))"
    try files.copyItem(atPath: pack, toPath: "\(pack).r2")
    try files.copyItem(atPath: pack, toPath: "\(archive.path)/\(NightsArchive.name(20))")
    try files.createDirectory(
      atPath: "\(archive.path)/\(NightsArchive.name(4)).INCOMPLETE",
      withIntermediateDirectories: false)
    let (_, json, _) = try history(archive)
    let packs = try packs(json)
    let counts = packs.filter { ($0["name"] as? String)?.hasPrefix(NightsArchive.name(6)) == true }
      .map { $0["counts"] as? Bool }
    #expect(counts == [false, true])
    let unfinished = try #require(packs.first { $0["files"] as? String == "unfinished" })
    #expect(unfinished["revision"] is NSNull && unfinished["verdict"] is NSNull)
    let renamed = try #require(packs.last)
    #expect(renamed["name"] as? String == NightsArchive.name(20))
    #expect((renamed["faults"] as? [String])?.first?.contains("of another period") == true)
    let summary = try #require(json["summary"] as? [String: Int])
    #expect(summary["incomplete"] == 1 && summary["damaged"] == 1 && summary["periods"] == 12)
  }

  @Test(
    "A pack of before, without a report or with one of fewer members, is shown as far as it goes")
  func older() async throws {
    let archive = try await NightsArchive.copy()
    try archive.rewrite(2) { report in
      report["gates"] = [
        [
          "id": "complete", "title": "Old", "severity": "high", "result": "passed", "observed": "",
          "reason": "",
        ]
      ]
      report["followUp"] = nil
      var metrics = report["metrics"] as? [String: Any]
      for name in ["turnaround", "sla", "failureRates"] { metrics?[name] = nil }
      report["metrics"] = metrics
    }
    let pack = try packs(try history(archive).json)[1]
    #expect(pack["files"] as? String == "fit", "\(pack["faults"] ?? "")")
    #expect((pack["checks"] as? [Any])?.count == 1)
    let figures = try #require(pack["figures"] as? [String: Any])
    #expect((figures["serviceLevels"] as? [Any])?.isEmpty == true)
    #expect((figures["byWorkflowType"] as? [[String: Any]])?.first?["median"] is NSNull)
  }

  @Test("A report with counts that nothing has is not understood, and nothing is computed from it")
  func absurd() async throws {
    let archive = try await NightsArchive.copy()
    try archive.rewrite(2) { report in
      var metrics = report["metrics"] as? [String: Any]
      var population = metrics?["population"] as? [String: Any]
      population?["instances"] = -5
      metrics?["population"] = population
      report["metrics"] = metrics
    }
    let pack = try packs(try history(archive).json)[1]
    #expect(pack["files"] as? String == "damaged" && pack["figures"] is NSNull)
    #expect((pack["faults"] as? [String])?.first?.contains("instances cannot be -5") == true)
  }

  @Test("A folder that is no archive is told from one that is not there")
  func noArchive() async throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("empty")
    try folder.makeFolder("pack")
    try folder.write("{}", to: "pack/manifest.json")
    for (name, status, words) in [
      ("empty", ExitStatus.brokenData, "contains no pack"),
      ("pack", .brokenData, "is a pack, not an archive"),
      ("gone", .missingInput, "cannot be opened"),
    ] {
      let failure = #expect(throws: HistoryError.self) {
        try HistoryRun(archive: folder(name), out: nil).run()
      }
      #expect(failure?.exitStatus == status && failure?.description.contains(words) == true)
    }
  }
}
