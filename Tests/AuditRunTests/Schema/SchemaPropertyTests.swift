import AuditPlan
import AuditReduce
import Foundation
import TestSupport
import Testing

@testable import AuditModel
@testable import AuditPacks
@testable import AuditRun

@Suite(
  "The JSON Schemas, property by property",
  .slow,
  .enabled(
    "python3 has no module jsonschema; Tests/run.sh installs it", SchemaValidator.isUsable))
struct SchemaPropertyTests {
  /// A row of a saved page; `rest` holds what differs from row to row, with its comma in front.
  private func row(
    _ referenceID: Int, _ status: String, _ type: String, _ title: String?, _ rest: String = ""
  ) -> String {
    let title = title.map { "\"\($0)\"" } ?? "null"
    return """
      {"Id":"9c996cd3-0f0e-4b0c-9f0f-\(100_000_000_000 + referenceID)","Status":"\(status)",\
      "Definition":{"Id":"\(type)-1","DisplayName":"\(type)","Version":2,"WorkflowType":"\(type)"},\
      "StartDate":"2026-10-01T12:24:00.516Z","LastModified":"2026-10-01T12:30:00Z",\
      "Title":\(title),"ReferenceId":\(referenceID)\(rest)}
      """
  }

  /// Rows that together fill every array of the report; ids 5 and 6 are a gap.
  private var rows: [String] {
    let user = #"EX\\u1"#
    let approval = #","CurrentStepUniqueName":"RequireApproval1""#
    let failure = #","StatusMessage":"Step 'Check' failed: no.","CurrentStepUniqueName":"Check""#
    let enrolment = "\(user) is enrolling for a certificate with CN"
    return [
      row(1, "Complete", "Enrollment", "\(enrolment)=a."),
      row(2, "Failed", "Enrollment", "\(enrolment)=b.", failure),
      row(
        3, "Rejected", "Revocation", "\(user) is revoking certificate with CN=a.",
        #"\#(approval),"StatusMessage":"Workflow rejected by user with Id 7""#),
      row(4, "Suspended", "Revocation", "\(user) is revoking certificate with CN=b.", approval),
      row(7, "Running", "Enrollment", "Something else", #","Tag":"x""#),
      row(8, "CanceledForRestart", "Enrollment", "\(enrolment)=c."),
      row(9, "Failed", "Enrollment", "\(enrolment)=b.", failure),
      row(10, "Failed", "Enrollment", "\(enrolment)=b.", failure),
      row(11, "Complete", "Enrollment", "\(enrolment)=c.")
        .replacing("T12:24:00.516Z", with: "T12:31:00Z").replacing(
          "T12:30:00Z", with: "T13:00:00Z"),
    ]
  }

  private func write(_ rows: some Sequence<String>, _ job: MainJob) throws {
    try job.folder.write("[\(rows.joined(separator: ","))]", to: "pages/a.json")
  }

  /// A job over all rows, whose opening hours none of them meets.
  private func job() throws -> MainJob {
    var job = try MainJob()
    try job.folder.makeFolder("pages")
    try write(rows, job)
    try job.configure("calendar: {hours: {Monday: [\"09:00-17:00\"]}}")
    try job.folder.write(
      "reference_id,approver,decided_at,decision,x\n3,EX\\u1,2026-10-01T12:29:00Z,rejected,\n",
      to: "decisions.csv")
    job.options.approvals = job.folder("decisions.csv")
    job.options.pages = job.folder("pages")
    job.options.from = "2026-09-28"
    job.options.to = "2026-10-12"
    job.options.timeZone = "America/Chicago"
    return job
  }

  /// A read of a server on which an instance changes for ever.
  private func restlessJob() throws -> MainJob {
    let start: Int64 = 1_790_900_000_000
    let rows = (1...12).map { ModelRow($0, start: start + $0 * 60_000) }
    let server = ModelServer(rows, now: 1_793_600_000_000) { number, _, state in
      if number == 2 { return .json("", status: 503) }
      var row = rows[4]
      row.lastModified += Int64(number)
      state.put(row)
      return nil
    }
    var job = try MainJob()
    job.network = server.network
    job.ask(server: "https://kf.example")
    return job
  }

  /// Documents of the jobs, the first run again without its first row, and with its last one failed; together they hold every property.
  private func documents(_ name: String) async throws -> [(MainJob, path: String)] {
    var again = try job()
    let first = try await again.run().pack
    let later =
      rows.dropFirst().dropLast()
      + rows.suffix(1).map {
        $0.replacing("\"Complete\"", with: "\"Failed\"")
      }
    try write(later, again)
    again.options.previous = first
    let second = try await again.run().pack
    var restless = try restlessJob()
    _ = try await TestKeys.forPacks(in: restless.folder)
    restless.options.signKey = restless.folder("id")
    try restless.folder.write(
      """
      frameworks: [own.yaml]
      gates:
        - {id: a, metric: failureRates.byUser, max: 0, controls: [own/A-1, other/1]}
        - {id: b, metric: population.instances, min: 1}
      rules: [{id: any, where: {reference_id: {exists: true}}}]
      """, to: "policy.yaml")
    try restless.folder.write(
      "{id: own, title: t, source: https://own.example, controls: [{id: A-1, title: a}]}",
      to: "own.yaml")
    restless.options.policy = restless.folder("policy.yaml")
    let third = try await restless.run().pack
    restless.options.restartChain = true
    let fourth = try await restless.run().pack
    restless.options.restartChain = false
    let design = try await PackCase.controlDesign(job: { job in
      try job.configure(
        "indicators: {batchEndsInstances: 2, batchEndsGapSeconds: 86400, manyRequestersUsers: 2}\n")
    })
    let packs = [
      (again, first), (again, second), (restless, third), (restless, fourth),
      (design.job, design.path),
    ].map { job, pack in (job, path: "\(pack)/\(name).json") }
    return name == "report" ? packs + [(restless, try await merged(restless))] : packs
  }

  /// The report over two packs of a server, whose windows overlap, and a third one after a gap.
  private func merged(_ job: MainJob) async throws -> String {
    var job = job
    job.options.out = job.folder("parts")
    var packs: [String] = []
    for (from, to) in [("10-01", "10-05"), ("10-03", "10-08"), ("10-10", "10-12")] {
      (job.options.from, job.options.to) = ("2026-\(from)", "2026-\(to)")
      packs.append(try await job.run().pack)
    }
    let options = MergeRun.Options(out: job.folder("merged"))
    _ = try await MergeRun(packs: packs, options: options, workers: 1, warning: { _ in }).run()
    return "\(options.out)/report.json"
  }

  @Test(
    "Every property that a schema names is written, but for what no run makes yet",
    arguments: [
      (
        "report",
        ["/properties/cover/properties/twinOf"]
      ),
      ("manifest", []),
    ])
  func noDeadProperty(document: String, unwritten: [String]) async throws {
    let documents = try await documents(document)
    let answer = try await SchemaValidator.validate(
      documents.map(\.path), against: SchemaValidator.schema(of: document))
    #expect(answer.status == 0, "\(answer.lines)")
    let unseen = answer.lines.filter { $0.hasPrefix("not seen: ") }
    #expect(unseen == unwritten.map { "not seen: \($0)" })
  }

  @Test("A report without the metrics that were not asked for fits, and so does its manifest")
  func fewerMetrics() async throws {
    var job = try job()
    job.options.metrics = "trend"
    _ = try await job.run()
    for document in ["report", "manifest"] {
      let answer = try await SchemaValidator.validate(
        [job.folder("archive/latest/\(document).json")],
        against: SchemaValidator.schema(of: document))
      #expect(answer.status == 0, "\(answer.lines)")
    }
    let metrics = try JSONSerialization.jsonObject(with: job.report("metrics")) as? [String: Any]
    #expect(metrics?.keys.sorted() == ["normalisation", "population", "trend"])
    let report = try JSONSerialization.jsonObject(with: job.read("report.json")) as? [String: Any]
    let limitations = try #require(report?["limitations"] as? [String])
    let omissions = try #require(
      limitations.last { $0.contains("nobody asked for it: turnaround") })
    #expect(omissions.contains("offHours") && !omissions.contains("population"))
  }

  @Test("The schemas know the metrics that can be asked for, and no others")
  func metricKeys() throws {
    func properties(_ document: String) throws -> [String: Any] {
      let data = try Data(contentsOf: URL(filePath: SchemaValidator.schema(of: document)))
      let schema = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      return try #require(schema?["properties"] as? [String: Any])
    }
    let written = try properties("report")["metrics"] as? [String: Any]
    let keys = try #require(written?["properties"] as? [String: Any]).keys
    let listed = try properties("manifest")["metrics"] as? [String: Any]
    #expect(keys.sorted() == MetricKey.allCases.map(\.rawValue).sorted())
    #expect(
      (listed?["items"] as? [String: [String]])?["enum"] == MetricKey.allCases.map(\.rawValue))
  }

  @Test(
    "A key taken out, a key nobody knows and a value of another type are refused by name",
    arguments: [
      (#""withoutUser":"#, #""withUser":"#), (#""schemaVersion":1"#, #""schemaVersion":"1""#),
      (#""gates":[]"#, #""gates":[],"unheardOf":1"#),
      (#""verdict":"unproved""#, #""verdict":"sure""#),
      (#""day":"2026-10-01""#, #""day":"1 October""#),
    ])
  func refused(right: String, wrong: String) async throws {
    let job = try job()
    _ = try await job.run()
    let report = try JSONSerialization.jsonObject(with: job.read("report.json"))
    let text = String(
      decoding: try JSONSerialization.data(withJSONObject: report, options: [.sortedKeys]),
      as: UTF8.self)
    try #require(text.contains(right))
    try job.folder.write(text.replacing(right, with: wrong), to: "wrong.json")
    let answer = try await SchemaValidator.validate(
      [job.folder("wrong.json")], against: SchemaValidator.schema(of: "report"))
    #expect(answer.status == 1)
    #expect(answer.lines.count == 1)
    #expect(answer.lines.first?.hasPrefix(job.folder("wrong.json: $")) == true)
  }

  @Test(
    "A schema that lets an unknown key, a missing key or any type pass is found out",
    arguments: [
      (#""additionalProperties": false"#, #""additionalProperties": true"#),
      (#",\s*"withoutUser"\s*\]"#, "]"), (#""type": "boolean""#, #""minimum": 0"#),
    ])
  func blunt(strict: String, loose: String) async throws {
    let documents = try await documents("report")
    let folder = try TemporaryFolder()
    var text = try String(contentsOfFile: SchemaValidator.schema(of: "report"), encoding: .utf8)
    let range = try #require(text.range(of: strict, options: .regularExpression))
    text.replaceSubrange(range, with: loose)
    try folder.write(text, to: "blunt.json")
    let answer = try await SchemaValidator.validate(
      documents.map(\.path), against: folder("blunt.json"))
    #expect(answer.status == 1)
    #expect(answer.lines.first?.contains("does not bite") == true, "\(answer.lines)")
  }
}
