import AuditEvidence
import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditPlan
@testable import AuditReport
@testable import AuditRun

@Suite("Pseudonymised copies", .slow)
struct PseudonymisedCopyTests {
  private func twin(
    _ pack: PackCase, key: String = "0123456789abcdef", to out: String = "twin"
  ) async throws -> [String: String] {
    let folder = try await pack.render(to: out) {
      $0.pseudonyms = Pseudonyms(key: Array(key.utf8))
    }
    let paths = try PackInventory(of: folder).files.keys.map(\.string)
    return try Dictionary(
      uniqueKeysWithValues: paths.map { path in
        (
          path,
          String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(path)")), as: UTF8.self)
        )
      })
  }

  @Test(
    "No user, subject, host or free text of the original is left, and the same key gives the same tokens"
  )
  func names() async throws {
    let pack = try await PackCase.saved()
    let files = try await twin(pack)
    let lines = String(decoding: try pack.read("instances.ndjson"), as: UTF8.self)
      .split(separator: "\n")
    let keys = ["user", "commonName", "subject", "title", "statusMessage"]
    var names = Set<String>()
    for line in lines {
      let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      names.formUnion(keys.compactMap { row?[$0] as? String })
    }
    names.remove("Timer Service")
    #expect(names.count > 100)
    for (path, text) in files {
      let left = names.filter { $0.utf8.count > 8 && text.contains($0) }
      #expect(left.isEmpty, "\(path): \(left)")
    }
    #expect(try await twin(pack, to: "again") == files)
    let other = try await twin(pack, key: "fedcba9876543210", to: "other")
    #expect(other["instances.csv"] != files["instances.csv"])
    let digest = try PublishedPack(at: pack.path).manifestDigest
    #expect(files["report.json"]?.contains("\"twinOf\" : \"\(digest)\"") == true)
    #expect(files["report.html"]?.contains("Pseudonymised copy of") == true)
    var tree = MerkleTree()
    for line in (files["instances.ndjson"] ?? "").split(separator: "\n") {
      tree.append(Array(line.utf8))
    }
    #expect(
      files["report.json"]?.contains(
        "\"leaf\" : \"normalised\",\n    \"merkleRoot\" : \"\(tree.root)\"") == true)
  }

  /// A row in which somebody wrote a name into every text that a server takes.
  private static func planted(_ referenceID: Int, status: String, message: String) -> String {
    """
    {"Id":"9c996cd3-0f0e-4b0c-9f0f-\(100_000_000_000 + referenceID)","Status":"\(status)",
    "StatusMessage":"\(message)","CurrentStepId":"step of Quux","CurrentStepDisplayName":"Ask Quux 1",
    "CurrentStepUniqueName":"RequireApproval_Quux1","QuuxField":"Quux",
    "Definition":{"Id":"id of Quux","DisplayName":"Enroll for Quux","Version":1,"WorkflowType":"QuuxWork","QuuxKey":1},
    "StartDate":"2026-10-0\(1 + referenceID % 5)T00:00:00Z","LastModified":"2026-10-06T00:00:00Z",
    "Title":"\(referenceID.isMultiple(of: 4) ? "Quux asks for" : #"QUUX\\quux is revoking certificate with"#) CN=quux,O=Quux.",
    "ReferenceId":\(referenceID)}
    """
  }

  @Test(
    "No text that somebody chose is in any file of a pseudonymised copy, wherever it stood",
    arguments: [true, false])
  func chosenTexts(inOrder: Bool) async throws {
    let ends = [
      ("Failed", "Step 'Mail to Quux' failed: no"), ("Failed", "Step Quux failed: no"),
      ("Failed", "Quux"), ("Waiting for Quux", "Quux"), ("unknown(Quux)", ""),
      ("Rejected", "Workflow rejected by user with Id 7 (Quux)."),
      ("Suspended", "Awaiting 2 more approval(s) from Quux."), ("Complete", "Issued to Quux"),
      ("CanceledForRestart", "by Quux"),
    ]
    let pack = try await PackCase.saved { job in
      var rows = (0..<45).map { index in
        let (status, message) = ends[index % ends.count]
        return Self.planted(100 + index, status: status, message: message)
      }
      if !inOrder { rows.reverse() }
      try job.folder.write("[\(rows.joined(separator: ","))]", to: "pages/quux.json")
      try job.folder.write("", to: "pages/quux.txt")
      for name in ["page-001.json", "page-002.json.gz", "page-003.json"] {
        try FileManager.default.removeItem(atPath: job.folder("pages/\(name)"))
      }
      try job.configure(
        """
        preparedFor: Quux Ltd
        serviceUsers: ['QUUX\\quux']
        serviceLevels: {QuuxWork: [4h, 30d]}
        titleRules: [{phrase: " asks for ", action: other}]
        failureClasses: [{name: quux-class, contains: "to Quux"}]
        rejectedBy: {7: 'QUUX\\quux'}
        """)
      try job.folder.write(
        """
        gates:
          - {id: by-user, title: What Quux may, metric: failureRates.byUser, group: 'QUUX\\quux', max: 1%}
          - {id: by-class, metric: failureRates.byClass, group: quux-class, max: 1%}
          - {id: by-step, metric: failureRates.byStep, group: RequireApproval_Quux1, max: 1%}
          - {id: by-type, metric: sla, group: QuuxWork 14400000, max: 1%}
          - {id: by-definition, metric: failureRates.byDefinition, group: id of Quux, max: 1%}
        exceptions:
          - {gate: by-step, group: RequireApproval_Quux1, owner: Quux, reason: Quux said so, ticket: QUUX-1,
             created: 2026-01-01T00:00:00Z, expires: 2027-01-01T00:00:00Z}
          - {gate: by-user, group: nobody, owner: Quux, reason: Quux, ticket: QUUX-2,
             created: 2026-01-01T00:00:00Z, expires: 2027-01-01T00:00:00Z}
        """, to: "policy.yaml")
      job.options.policy = job.folder("policy.yaml")
      job.options.format = "csv,json,ndjson,html,xlsx,junit,markdown,metrics,oscal"
    }
    let original = try pack.read("report.json")
    let files = try await twin(pack)
    #expect(files.keys.contains("report.xlsx") && files.keys.contains("junit.xml"))
    #expect(files.keys.contains("assessment-results.json"))
    for (path, text) in files {
      #expect(!text.lowercased().contains("quux"), "\(path)")
    }
    let sheets = "unzip -p twin/report.xlsx | grep -aic quux"
    #expect(try await TestProcess(shell: sheets, in: pack.job.folder.path).run().status == 1)
    let gates = { (report: [UInt8]) throws -> [String: String] in
      let value = try JSONSerialization.jsonObject(with: Data(report)) as? [String: Any]
      let gates = value?["gates"] as? [[String: Any]] ?? []
      return Dictionary(
        uniqueKeysWithValues: gates.map {
          ($0["id"] as? String ?? "", $0["result"] as? String ?? "")
        })
    }
    let results = try gates(Array(files["report.json", default: ""].utf8))
    #expect(try results == gates(original))
    #expect(
      results == [
        "by-user": "failed", "by-class": "failed", "by-step": "excepted", "by-type": "failed",
        "by-definition": "failed",
      ])
  }

  @Test("One person who rejected everything has a token, and the figures are the original's")
  func soleRejecter() async throws {
    let pack = try await PackCase.saved { job in
      let row = Self.planted(
        1, status: "Rejected", message: "Workflow rejected by user with Id 4711.")
      try job.folder.write("[\(row)]", to: "pages/page-001.json")
      for name in ["page-002.json.gz", "page-003.json"] {
        try FileManager.default.removeItem(atPath: job.folder("pages/\(name)"))
      }
    }
    let report = try #require(try await twin(pack)["report.json"])
    #expect(report.contains(#""soleRejecter" : true"#) && !report.contains("4711"))
  }

  @Test("What the product itself calls its steps and types stays in a pseudonymised copy")
  func productTerms() async throws {
    let files = try await twin(try await PackCase.saved())
    let rows = try #require(files["instances.ndjson"])
    for term in [
      #""stepName":"Keyfactor-Enroll""#, #""stepUniqueName":"RequireApproval1""#,
      #""stepName":"End""#, #""workflowType":"CertificateEnteredCollection""#,
    ] {
      #expect(rows.contains(term), "\(term)")
    }
    #expect(!rows.contains("Call ITSM"))
  }

  @Test(
    "A server's twin names neither server nor account, and what changed since the pack before is the same"
  )
  func server() async throws {
    let first = try await PackCase.server()
    let second = try await PackCase.server { job in
      var rows = QuirkJob.rows(100)
      rows[3].status = "Failed"
      rows[5].title = "An unheard-of wording by EX\\zoe-quux"
      job.server = .init(rows, now: QuirkJob.now)
      job.job.network = job.server.network
      job.job.options.previous = first.path
    }
    let files = try await twin(second)
    for (path, text) in files {
      #expect(!text.contains("kf.example") && !text.contains("auditor"), "\(path)")
      #expect(!text.contains("EX\\\\ada") && !text.contains("zoe-quux"), "\(path)")
    }
  }

  @Test("Of reasons and notices a pseudonymised copy has only what the program alone wrote")
  func sentences() async throws {
    let folder = try TemporaryFolder()
    try folder.write("[]", to: "a.json")
    try folder.write("", to: "quux.txt")
    var acquisition = Acquisition(of: try PageFolder(at: folder.path))
    acquisition.source = .init(
      kind: .server, server: "https://quux.example/quux", productVersion: "25.1 for Quux",
      principal: "QUUX\\quux", tlsPeer: "quux")
    acquisition.query = "/quux/Workflow/Instances?QueryString=StartDate"
    acquisition.reasons += [
      "Rows cannot be asked for by reference id (Quux says no), so they were read by offset.",
      "Two reads of the whole range gave the same 5 rows, byte by byte: together they are a snapshot.",
    ]
    acquisition.notices.append(.init(code: "NO_BACKLOG", text: "Refused: quux"))
    let twin = PseudonymisedCopy(PackCase.pseudonyms).replacing(
      acquisition)
    #expect(!"\(twin)".lowercased().contains("quux"), "\(twin)")
    #expect(twin.reasons.first == acquisition.reasons.first)
    #expect(twin.reasons.last == acquisition.reasons.last)
    #expect(twin.notices.map(\.code) == ["SKIPPED", "NO_BACKLOG"])
    #expect(twin.olderRefused != nil)
    #expect(twin.query == "/Workflow/Instances?QueryString=StartDate")
  }

  @Test("Numbers that differ from the original's, points of curves among them, are an error")
  func figures() async throws {
    let pack = try await PackCase.saved()
    let work = try Reperformance(of: PublishedPack(at: pack.path), workers: 2)
    let original = try await work.perform(into: DigestedFiles()).report.document.metrics
    try PseudonymisedCopy.checkFigures(of: original, equal: original)
    let changes: [(inout MetricsDocument) -> Void] = [
      { $0.population.instances += 1 },
      { $0.turnaround?[0].figures.kaplanMeier.curve[0].atRisk += 1 },
      { $0.trend?.days[0].started += 1 },
    ]
    for change in changes {
      var other = original
      change(&other)
      #expect(throws: ReductionError.self) {
        try PseudonymisedCopy.checkFigures(of: other, equal: original)
      }
    }
  }

  /// Metrics with a cell as a figure of their own, in a table, and deep in a document.
  private func metrics(_ cell: Cell, column: String = "value") -> MetricsDocument {
    MetricsDocument([
      MetricSection(
        key: "own", title: "", caption: "", sentences: [],
        figures: [Figure(column, "", .number, about: "", cell)],
        tables: [
          MetricTable(
            .init(key: "rows", file: nil), title: "",
            columns: [Column<Int>(column, "", .number, about: "") { $0 == 0 ? cell : .count(1) }],
            rows: [0, 1])
        ])
    ])
  }

  @Test(
    "A number of any kind is compared, wherever it is written",
    arguments: [
      (Cell.count(3), Cell.count(4)), (.identifier(3), .identifier(4)), (.ratio(0.5), .ratio(0.25)),
      (.rate(WilsonInterval.rate(1, of: 4)), .rate(WilsonInterval.rate(3, of: 4))),
      (.number(0.5), .number(0.75)), (.duration(1000), .duration(2000)),
      (.durationLimits(low: 1, high: nil), .durationLimits(low: 1, high: 2)),
      (.ids([3, 5]), .ids([3, 6])), (.count(3), .missing(.none)), (.ids([3, 5]), .ids([3])),
    ])
  func kinds(original: Cell, altered: Cell) throws {
    try PseudonymisedCopy.checkFigures(of: metrics(original), equal: metrics(original))
    #expect(throws: ReductionError.self) {
      try PseudonymisedCopy.checkFigures(of: metrics(altered), equal: metrics(original))
    }
  }

  @Test(
    "The order of rows, which follows names, is not compared, and neither are numbers of people")
  func exceptions() throws {
    let rows = { (values: [Int]) in
      MetricsDocument([
        MetricSection(
          key: "own", title: "", caption: "", sentences: [],
          tables: [
            MetricTable(
              .init(key: "rows", file: nil), title: "",
              columns: [Column<Int>("value", "", .count, about: "") { .count($0) }], rows: values)
          ])
      ])
    }
    try PseudonymisedCopy.checkFigures(of: rows([1, 2, 2]), equal: rows([2, 1, 2]))
    #expect(throws: ReductionError.self) {
      try PseudonymisedCopy.checkFigures(of: rows([1, 1, 2]), equal: rows([2, 1, 2]))
    }
    try PseudonymisedCopy.checkFigures(
      of: metrics(.identifier(3), column: "rejected_by_id"),
      equal: metrics(.identifier(4), column: "rejected_by_id"))
  }

  @Test("A key that is missing, short or open to others is refused")
  func keys() throws {
    let environment = { (file: NamedFile?) in
      RunEnvironment(variables: [:], now: Instant(milliseconds: 0), homeFolder: nil) {
        (_, _) throws(NamedFileError) in
        guard let file else { throw .missing }
        return file
      }
    }
    let key = Array("0123456789abcdef\n".utf8)
    _ = try PseudonymKey.read("key", in: environment(NamedFile(bytes: key)))
    for (file, status) in [
      (nil, AuditModel.ExitStatus.missingInput),
      (NamedFile(bytes: Array(key.dropFirst())), .configuration),
      (NamedFile(bytes: key, mode: 0o644), .configuration),
    ] {
      let error = try #require(throws: PlanError.self) {
        _ = try PseudonymKey.read("key", in: environment(file))
      }
      #expect(error.exitStatus == status)
    }
  }
}
