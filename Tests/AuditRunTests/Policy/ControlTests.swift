import AuditEvidence
import AuditModel
import AuditReport
import Foundation
import TestSupport
import Testing

@testable import AuditFiles
@testable import AuditPacks
@testable import AuditPlan
@testable import AuditRun

@Suite("Controls of a policy", .slow)
struct ControlTests {
  static let policy = """
    frameworks: [frameworks/own.yaml, ../standards/other.yaml]
    gates:
      - {id: enough, metric: population.instances, min: 1, controls: [own/A-1, own/A-2, free/X]}
      - {id: users, metric: failureRates.byUser, max: 0, controls: [own/A-2]}
      - {id: gone, metric: changes.gone, max: 0, controls: [own/A-3, own/A-1x, free/Y]}

    """
  static let own = """
    id: own
    title: Our standard
    source: https://standard.example
    controls:
      - {id: A-1, title: Records exist, cannotShow: What was never recorded.}
      - {id: A-2, title: Users succeed}
      - {id: A-3, title: Records stay}
      - {id: A-1x, title: Records stay longer}
      - {id: A-4, title: Nothing asks for it}

    """
  private static let other = "{id: other, title: Other, source: http://o.example, controls: []}"

  static func files(
    _ job: inout MainJob, policy: String = policy, own: String = own
  ) throws {
    for folder in ["policy/frameworks", "standards"] { try job.folder.makeFolder(folder) }
    try job.folder.write(policy, to: "policy/policy.yaml")
    try job.folder.write(own, to: "policy/frameworks/own.yaml")
    try job.folder.write(other, to: "standards/other.yaml")
    job.options.policy = job.folder("policy/policy.yaml")
    job.options.acceptUnproved = true
  }

  private static func pack(
    _ change: (inout MainJob) throws -> Void = { _ in }
  ) async throws -> PackCase {
    try await PackCase.saved { job in
      try files(&job)
      try change(&job)
    }
  }

  /// `framework/control: state` of every control of a report, in its order.
  private static func states(in folder: String) throws -> [String] {
    try MergeCase.report(at: folder).objects("controls").map { control in
      let words = ["framework", "control", "state"].map { control[$0] as? String ?? "?" }
      return "\(words[0])/\(words[1]): \(words[2])"
    }
  }

  private static let expected = [
    "own/A-1: evidenced", "own/A-2: contradicted", "own/A-3: notEvaluated",
    "own/A-1x: notEvaluated", "own/A-4: noGate", "free/X: evidenced", "free/Y: notEvaluated",
  ]

  @Test("The report says of each what its checks show; the pack keeps the files and verifies")
  func report() async throws {
    let pack = try await Self.pack { $0.options.format = "csv,json,html,xlsx,markdown" }
    #expect(try Self.states(in: pack.path) == Self.expected)
    #expect(try pack.read("evidence/inputs/frameworks/own.yaml") == Array(Self.own.utf8))
    #expect(try pack.read("evidence/inputs/frameworks/other.yaml") == Array(Self.other.utf8))
    let verification = try await pack.verify()
    #expect(verification.isIntact, "\(verification.table)")

    let table = CSVReader.rows(of: try pack.read("tables/controls.csv"))
    #expect(
      table.first == ["framework", "control", "title", "state", "gates", "observed", "cannot_show"])
    #expect(table.dropFirst().map { "\($0[0])/\($0[1]): \($0[3])" } == Self.expected)
    #expect(
      table[1][2...] == [
        "Records exist", "evidenced", "enough", table[1][5], "What was never recorded.",
      ])
    #expect(table[1][5].hasPrefix("passed, "))
    #expect(table[2][4] == "enough | users")
    #expect(table[2][5].hasPrefix("passed, ") && table[2][5].contains(" | failed, "))
    #expect(table[5][4...] == ["", "", ""])
    #expect(
      String(decoding: try pack.read("datapackage.json"), as: UTF8.self).contains("controls.csv"))

    let page = String(decoding: try pack.read("report.html"), as: UTF8.self)
    #expect(page.contains("never shows that a control is satisfied"))
    #expect(page.contains("What was never recorded."))
    let counts = "2 evidenced, 1 contradicted, 3 not evaluated, 1 without a check."
    #expect(page.contains(counts))
    #expect(
      String(decoding: try pack.read("summary.md"), as: UTF8.self).contains("Controls: \(counts)"))
  }

  @Test("A waived failure contradicts its control")
  func waived() async throws {
    let pack = try await Self.pack { job in
      try Self.files(
        &job,
        policy: Self.policy + """
          waivers:
            - {gate: users, owner: A, reason: r, ticket: T-1, created: 2026-10-01T00:00:00Z, expires: 2099-01-01T00:00:00Z}
          """)
    }
    let gates = try MergeCase.report(at: pack.path).objects("gates")
    #expect(gates.contains { $0["result"] as? String == "excepted" })
    #expect(try Self.states(in: pack.path) == Self.expected)
  }

  @Test(
    "A policy without frameworks leaves no trace of them, and a report without controls no section")
  func without() async throws {
    let pack = try await PackCase.saved { job in
      try job.folder.write("gates: [{id: a, metric: population.instances, min: 1}]", to: "p.yaml")
      job.options.policy = job.folder("p.yaml")
      job.options.format = "csv,json,html,markdown"
    }
    #expect(try MergeCase.report(at: pack.path).objects("controls").isEmpty)
    #expect(!(try pack.files()).contains { $0.contains("frameworks") || $0.contains("controls") })
    for file in ["evidence/inputs/options.json", "report.html", "summary.md"] {
      let text = String(decoding: try pack.read(file), as: UTF8.self)
      #expect(!text.contains("frameworks") && !text.contains("Controls"), "\(file)")
    }
  }

  @Test(
    "An altered framework, an altered state, a file too many or too few: none verifies, even where the digests fit",
    arguments: [
      ("Records exist", "Records are complete", "evidence/inputs/frameworks/own.yaml"),
      ("What was never recorded", "Nothing", "evidence/inputs/frameworks/own.yaml"),
      ("\"contradicted\"", "\"evidenced\"", "report.json"),
      ("\"noGate\"", "\"evidenced\"", "report.json"),
      ("\"id\" : \"other\"", "\"id\" : \"another\"", "evidence/inputs/options.json"),
      ("\"id\" : \"other\"", "\"id\" : \"own\"", "evidence/inputs/options.json"),
      ("\"id\" : \"other\"", "\"id\" : \"../policy\"", "evidence/inputs/options.json"),
      ("\"frameworks\"", "\"Frameworks\"", "evidence/inputs/options.json"),
      ("frameworks/own.yaml, ", "", "evidence/inputs/policy.yaml"),
    ])
  func tampering(old: String, new: String, file: String) async throws {
    let pack = try await Self.pack()
    try pack.replace(old, with: new, in: file)
    #expect(!(try await pack.verify().isIntact))
    try pack.forgeDigests()
    let forged = try await pack.verify()
    #expect(!forged.isIntact, "\(forged.table)")
  }

  @Test("A file beside the frameworks that no policy names is no evidence of a run")
  func invented() async throws {
    let pack = try await Self.pack()
    try pack.write(Array(Self.other.utf8), to: "evidence/inputs/frameworks/third.yaml")
    let record = FileRecord(
      path: "evidence/inputs/frameworks/third.yaml", bytes: 0, digest: Digest.of([]),
      mediaType: "application/yaml")
    var manifest = try PublishedPack(at: pack.path).manifest
    manifest.files = (manifest.files + [ManifestDocument.File(record)]).sorted { $0.path < $1.path }
    try pack.write(manifest.encoded(), to: "manifest.json")
    try pack.forgeDigests()
    let verification = try await pack.verify()
    #expect(
      verification.discrepancies.contains { $0.path.contains("third.yaml") },
      "\(verification.table)")
  }

  @Test(
    "The policy of a pack reads no file outside it, whatever path it has", arguments: [true, false])
  func escape(keepsList: Bool) async throws {
    let pack = try await Self.pack()
    try pack.job.folder.write("marker: 1", to: "secret.yaml")
    try pack.replace(
      "../standards/other.yaml", with: pack.job.folder("secret.yaml"),
      in: "evidence/inputs/policy.yaml")
    if !keepsList {
      try pack.replace("\"frameworks\"", with: "\"none\"", in: "evidence/inputs/options.json")
    }
    try pack.forgeDigests()
    let verification = try await pack.verify()
    #expect(!verification.isIntact && !verification.table.contains("marker"))
    #expect(verification.table.contains("secret.yaml does not exist") != keepsList)
  }

  @Test("Rendering gives the same bytes, without the files that the run was given")
  func rendered() async throws {
    let pack = try await Self.pack { $0.options.format = "csv,json,html,xlsx,markdown" }
    try FileManager.default.removeItem(atPath: pack.job.folder("policy"))
    try FileManager.default.removeItem(atPath: pack.job.folder("standards"))
    let rendered = try await pack.render()
    for path in try PackInventory(of: rendered).files.keys.map(\.string) {
      #expect(
        try Array(Data(contentsOf: URL(filePath: "\(rendered)/\(path)"))) == pack.read(path),
        "\(path)")
    }
  }

  @Test("Rendering by another policy takes the frameworks beside that one")
  func otherPolicy() async throws {
    let pack = try await Self.pack()
    let folder = pack.job.folder
    try folder.makeFolder("another")
    try folder.write(
      "{id: new, title: N, source: https://n.example, controls: [{id: 1, title: One}]}",
      to: "another/n.yaml")
    try folder.write(
      """
      frameworks: [n.yaml]
      gates: [{id: a, metric: population.instances, min: 1, controls: [new/1]}]
      """, to: "another/policy.yaml")
    let rendered = try await pack.render { $0.policy = folder("another/policy.yaml") }
    #expect(try Self.states(in: rendered) == ["new/1: evidenced"])
  }

  @Test("A pseudonymised copy has the states and no words of the framework's author")
  func pseudonymised() async throws {
    let pack = try await Self.pack { $0.options.format = "csv,json,html,markdown" }
    let copy = try await pack.render {
      $0.pseudonyms = PackCase.pseudonyms
    }
    #expect(try Self.states(in: copy) == Self.expected)
    for path in try PackInventory(of: copy).files.keys.map(\.string) {
      let text = String(
        decoding: try Data(contentsOf: URL(filePath: "\(copy)/\(path)")), as: UTF8.self)
      for word in ["Records exist", "never recorded", "Our standard", "standard.example"] {
        #expect(!text.contains(word), "\(path): \(word)")
      }
    }
  }

  @Test("A merged report has no policy, and so no controls")
  func merged() async throws {
    let merge = try MergeCase([
      try await MergeCase.pack(days: 1...15) { try Self.files(&$0) },
      try await MergeCase.pack(days: 15...31),
    ])
    #expect(try MergeCase.report(at: try await merge.merge()).objects("controls").isEmpty)
  }
}
