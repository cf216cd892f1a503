import AuditModel
import CommandSandbox
import Foundation
import TestSupport
import Testing

@testable import AuditPacks
@testable import AuditPlan
@testable import AuditReduce
@testable import AuditRun

@Suite("Proposals", .slow)
struct SuggestTests {
  private func proposals(of job: MainJob) async throws -> String {
    try await SuggestRun(path: job.folder("archive/latest"), workers: 2).run().yaml
  }

  /// A run of saved rows: titles, and messages of failures.
  private func job(
    _ titles: [(title: String, type: String)], messages: [String] = [], configuration: String? = nil
  ) async throws -> MainJob {
    var job = try MainJob()
    try job.folder.makeFolder("pages")
    let told =
      titles + messages.map { _ in ("a is enrolling for a certificate with CN=a.", "Enrollment") }
    let rows = try told.enumerated().map { index, row -> [String: Any] in
      let isFailed = index >= titles.count
      let values: [String: Any] = [
        "Id": "9c996cd3-0f0e-4b0c-9f0f-\(100_000_000_000 + index)", "ReferenceId": index + 1,
        "Status": isFailed ? "Failed" : "Complete",
        "StatusMessage": isFailed ? messages[index - titles.count] : "Issued",
        "Title": row.0, "StartDate": "2026-10-05T10:00:00Z", "LastModified": "2026-10-05T10:00:01Z",
        "Definition": ["Id": "00000000-0000-0000-0000-000000000001", "WorkflowType": row.1],
      ]
      return try #require(values as [String: Any]?)
    }
    try JSONSerialization.data(withJSONObject: rows).write(
      to: URL(filePath: job.folder("pages/a.json")))
    job.options.pages = job.folder("pages")
    job.options.from = "2026-10-01"
    job.options.to = "2026-11-01"
    if let configuration { try job.configure(configuration) }
    _ = try await job.run()
    return job
  }

  /// The titles by rule, and the failures by class, of a job's newest pack.
  private func counts(_ job: MainJob) throws -> (rules: [String: Int], classes: [String: Int]) {
    let report = try JSONSerialization.jsonObject(with: job.read("report.json")) as? [String: Any]
    let metrics = report?["metrics"] as? [String: Any]
    let rules = (metrics?["normalisation"] as? [String: Any])?["rules"] as? [String: Int]
    let classes =
      (metrics?["failureRates"] as? [String: Any])?["byClass"] as? [[String: Any]]
    return (
      try #require(rules),
      Dictionary(
        try #require(classes).map {
          ($0["failureClass"] as? String ?? "", $0["failed"] as? Int ?? 0)
        },
        uniquingKeysWith: +)
    )
  }

  private func plan(_ yaml: String) throws -> AuditPlan {
    var bench = PlanBench()
    bench.write(yaml, to: "/kfaudit.yaml")
    bench.options.config = "/kfaudit.yaml"
    return try bench.plan()
  }

  @Test("Three unknown wordings of a server: pasted, the next run recognises them")
  func sandbox() async throws {
    var options = SandboxOptions()
    options.instances = 900
    options.now = 1_793_600_000_000
    let sandbox = try await Sandbox.start(options)
    var job = try MainJob()
    job.ask(sandbox)
    _ = try await job.run()
    let before = try counts(job)
    #expect(try #require(before.rules["unrecognised"]) > 50)
    #expect(try #require(before.classes["unclassified"]) > 0)
    let yaml = try await proposals(of: job)
    try job.configure(yaml)
    _ = try await job.run()
    let after = try counts(job)
    try await sandbox.stop()
    // A title may be missing altogether.
    #expect(try #require(after.rules["unrecognised"]) < 3)
    #expect(
      after.rules["config:1"]
        == before.rules["unrecognised"].map { $0 - (after.rules["unrecognised"] ?? 0) })
    #expect(after.rules["enroll"] == before.rules["enroll"])
    #expect(after.rules["revoke"] == before.rules["revoke"])
    #expect(after.classes["unclassified"] == 0)
    #expect(after.classes["the-request-timed-out"] == before.classes["unclassified"])
    // What was pasted is kept, and there is nothing left to propose.
    #expect(try await proposals(of: job).contains("# Failures: every message was classified."))
  }

  @Test(
    "Users, phrases and subjects are told apart, whoever the users are, and actions by workflow type"
  )
  func titles() async throws {
    let job = try await job([
      (#"CORP\bob is renewing certificate with CN=a.example."#, "Enrollment"),
      (#"CORP\ann is renewing certificate with CN=vpn user 7."#, "Enrollment"),
      ("Timer Service is renewing certificate with CN=b.example.", "Enrollment"),
      ("John Smith is rekeying certificate with CN=c.", "Rotation"),
      ("Ann Lee requests revocation of CN=d.", "Revocation"),
      ("Max Mustermann requests revocation of CN=e.", "Revocation"),
      ("Jo Doe requests revocation of CN=f.", "Revocation"),
      (#"CORP\zoë verlängert das Zertifikat für CN=g."#, "Enrollment"),
      (#"CORP\bob is enrolling for a certificate with CN=h."#, "Enrollment"),
      ("4711", "Enrollment"),
    ])
    let yaml = try await proposals(of: job)
    let rules = try plan(yaml).settings.wordings.titles
    #expect(
      rules == [
        .init(phrase: Name(" is renewing certificate with "), action: .enroll),
        .init(phrase: Name(" requests revocation of "), action: .revoke),
        .init(phrase: Name(" is rekeying certificate with "), action: .other),
        .init(phrase: Name(" verlängert das Zertifikat für "), action: .enroll),
      ])
    #expect(
      yaml.contains(
        "# 3 titles, such as \"CORP\\\\bob is renewing certificate with CN=a.example.\""))
    #expect(yaml.contains("# read as user \"John Smith\", subject \"CN=c.\""))
    #expect(yaml.contains("# No rule is proposed for 1 title, such as \"4711\""))
  }

  @Test("A rule that would read what is recognised today is shown and not proposed")
  func conflicts() async throws {
    let job = try await job(
      [
        ("Certificate request of CN=a", "Enrollment"),
        ("Certificate request of bob is enrolling for a certificate with CN=b.", "Enrollment"),
      ], messages: ["Vault said no", "Access is denied: Vault said no"])
    let yaml = try await proposals(of: job)
    #expect(try plan(yaml).settings.wordings == WordingRules())
    #expect(yaml.contains("Not proposed: 1 title that another rule reads today"))
    #expect(yaml.contains("Not proposed: 1 message that another rule reads today"))
  }

  @Test(
    "Hostile texts stay strings: what is printed is read again, and pasting it changes no other setting"
  )
  func hostile() async throws {
    let pieces = [
      "\n", "\r\n", "\u{85}", "\u{2028}", "\u{2029}", "\"", "'", "\\", ": ", "- ", "#", "\0", "\t",
      "\u{1B}[2J", "\u{202E}", "\u{FEFF}", "{", "[", "]", "*a", "&a", "!!x", "%", "---", "...",
      "e\u{301}",
      "\n  - phrase: x\n    action: enroll\npageSize: 1\n", "pageSize: 1", "💳", "\u{7F}",
    ]
    let texts = pieces.flatMap { piece in
      [
        "\(piece) does something odd with \(piece) CN=\(piece)",
        "does\(piece)something odd with this",
        "\(piece)", "Unknown words \(piece) and more unknown words",
      ]
    }
    let job = try await job(texts.map { ($0, "Odd") }, messages: texts)
    let yaml = try await proposals(of: job)
    let plan = try plan(yaml)
    #expect(plan.pageSize == 500 && !plan.settings.wordings.titles.isEmpty)
    #expect(!plan.settings.wordings.failures.isEmpty)
    let rules = try #require(yaml.components(separatedBy: "\n# Bounds").first)
    let isPlain = rules.unicodeScalars.allSatisfy {
      $0 == "\n" || " "..."~" ~= $0 || $0.properties.isAlphabetic || $0 == "…"
    }
    #expect(isPlain)
    // A comment never ends before its line does.
    for line in yaml.split(separator: "\n") {
      #expect(line.drop { $0 == " " }.first.map { "#-ptafcs".contains($0) } ?? true, "\(line)")
    }
  }

  @Test("A user that behaves like a program is proposed, with the numbers, unless it is configured")
  func users() async throws {
    var job = try MainJob()
    try job.folder.makeFolder("pages")
    var rows: [String] = []
    for (user, hours) in [("svc-a", 0..<24), (#"CORP\\person"#, 9..<17)] {
      for day in 1...28 where user == "svc-a" || (day - 3) % 7 > 1 || (day - 3) % 7 < 0 {
        for hour in hours where (day + hour).isMultiple(of: 4) {
          let id = rows.count + 1
          let start = String(
            format: "2026-10-%02dT%02d:%02d:00Z", day, hour, (day * 7 + hour * 13) % 60)
          rows.append(
            #"{"Id":"9c996cd3-0f0e-4b0c-9f0f-\#(100_000_000_000 + id)","ReferenceId":\#(id),"Status":"Complete","Title":"\#(user) is enrolling for a certificate with CN=h.","StartDate":"\#(start)","LastModified":"\#(start)"}"#
          )
        }
      }
    }
    try job.folder.write("[\(rows.joined(separator: ","))]", to: "pages/a.json")
    job.options.pages = job.folder("pages")
    job.options.from = "2026-10-01"
    job.options.to = "2026-11-01"
    _ = try await job.run()
    let yaml = try await proposals(of: job)
    #expect(try plan(yaml).settings.serviceUsers == [Name("svc-a")])
    #expect(
      yaml.contains(
        "  # 168 requests, in 24 of 24 hours of the day, 28% on Saturdays and Sundays (UTC)"))
    try job.configure("serviceUsers: [svc-a]")
    _ = try await job.run()
    #expect(
      try await proposals(of: job).contains("# Service users: no user behaves like a program."))
  }

  @Test("The bounds are a policy that the pack itself fulfils")
  func gates() async throws {
    let pack = try await PackCase.saved()
    let yaml = try await SuggestRun(path: pack.path, workers: 2).run().yaml
    let lines = yaml.split(separator: "\n").drop { $0 != "# gates:" }
    #expect(lines.count > 20)
    var job = pack.job
    try job.folder.write(
      lines.map { String($0.dropFirst(2)) }.joined(separator: "\n"), to: "policy.yaml")
    job.options.policy = job.folder("policy.yaml")
    job.options.out = job.folder("judged")
    _ = try await job.run()
    let report =
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: job.folder("judged/latest/report.json"))))
      as? [String: Any]
    let gates = try #require(report?["gates"] as? [[String: Any]])
    #expect(gates.count > 8)
    let failed = gates.filter {
      $0["result"] as? String == "failed" && $0["id"] as? String != "complete"
    }
    #expect(failed.isEmpty)
  }

  @Test("The bounds of an archive are the highest values of its nights, as far as their files fit")
  func nights() async throws {
    let archive = NightsArchive(job: try await NightsArchive.make())
    func highest(without left: Int? = nil) throws -> Int {
      let open = try (1...11).filter { $0 != 4 && $0 != left }.map { day in
        let path = "archive/\(NightsArchive.name(day))/report.json"
        let report =
          try JSONSerialization.jsonObject(with: Data(archive.job.folder.read(path)))
          as? [String: Any]
        let metrics = try #require(report?["metrics"] as? [String: Any])
        return try #require((metrics["backlog"] as? [String: Any])?["open"] as? Int)
      }
      return try #require(open.max())
    }
    func gate(_ yaml: String) -> String? {
      yaml.components(separatedBy: "\n").drop { $0 != "#     metric: backlog.open" }.dropFirst()
        .first
    }
    let many = try await SuggestRun(path: archive.path, workers: 2).run().yaml
    #expect(many.contains("pack \"\(NightsArchive.name(11))\""))
    #expect(many.contains("the highest value of 10 packs,\n# \(NightsArchive.name(1)) to"))
    #expect(many.contains("about one pack in 11 exceeds"))
    #expect(gate(many) == "#     max: \(try highest())")
    try archive.alterReport(7)
    let few = try await SuggestRun(path: archive.path, workers: 2).run().yaml
    #expect(few.contains("a quarter above the highest value of 9 packs,"))
    #expect(!few.contains("about one pack in"))
    #expect(!many.contains("# Left out"))
    #expect(few.contains("# Left out, since its files are damaged: \"\(NightsArchive.name(7))\"."))
    let bound = (Double(try highest(without: 7)) * 1.25).rounded(.up)
    #expect(gate(few) == "#     max: \(Int(bound))")
  }

  @Test("A group that few packs have a value of gets a quarter above its highest one")
  func rareGroups() throws {
    let figure = try #require(
      MetricCatalogue.figures.first { $0.name == "turnaround.kaplanMeier.p90" })
    let observations = (1...12).map { number in
      var observation = SuggestedGates.Observation("p\(number)", report: .null)
      let groups = number < 3 ? ["Enrollment", "Revocation"] : ["Enrollment"]
      observation.values = groups.map {
        ReportedFigure(figure, group: $0, value: 8 * 3_600_000, n: 9)
      }
      return observation
    }
    let lines = SuggestedGates(observations: observations, damaged: []).lines.joined(
      separator: "\n")
    #expect(lines.contains("about one pack in 13 exceeds such a bound. Where fewer than\n# 10"))
    #expect(lines.contains("group: \"Enrollment\"\n#     max: 8h"), "\(lines)")
    #expect(lines.contains("no value in 10 packs\n"))
    #expect(lines.contains("group: \"Revocation\"\n#     max: 10h"), "\(lines)")
  }
}

@Suite("Words of titles and messages")
struct WordingTests {
  private func runs(_ text: String) -> [String] {
    let wording = Wording(text)
    return wording.runs.map { String(decoding: wording.text[$0.range], as: UTF8.self) }
  }

  @Test(
    "What varies from one text to the next is told from what is the same",
    arguments: [
      (#"CORP\bob is renewing certificate with CN=a.example."#, ["is renewing certificate with"]),
      ("Timer Service is renewing CN=a", ["is renewing"]), ("Timer Service 4", []),
      ("Step 'My step' failed: no answer from host7.example", ["Step", "failed: no answer from"]),
      ("It said “no way” to 9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1.", ["It said", "to"]),
      ("a  b", ["a", "b"]), ("", []), ("' open quote", []), ("bob@example.org left", ["left"]),
      ("Don't stop (yet)", ["Don't stop"]),
    ] as [(String, [String])])
  func runs(text: String, expected: [String]) {
    #expect(runs(text) == expected)
  }
}
