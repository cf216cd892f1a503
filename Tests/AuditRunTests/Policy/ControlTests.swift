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

@Suite("Controls of a policy")
struct ControlTests {
  private static let policy = """
    frameworks: [frameworks/own.yaml, ../standards/other.yaml]
    gates:
      - {id: enough, metric: population.instances, min: 1, controls: [own/A-1, own/A-2, free/X]}
      - {id: users, metric: failureRates.byUser, max: 0, controls: [own/A-2]}
      - {id: gone, metric: changes.gone, max: 0, controls: [own/A-3, own/A-1x, free/Y]}

    """
  private static let own = """
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

  private static func files(
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

  private func render(
    _ pack: PackCase, _ change: (inout RenderRun.Options) -> Void = { _ in }
  ) async throws -> String {
    var options = RenderRun.Options(out: pack.job.folder("rendered-\(UUID().uuidString)"))
    change(&options)
    _ = try await RenderRun(pack: pack.path, options: options, workers: 2, warning: { _ in }).run()
    return options.out
  }

  @Test("Rendering gives the same bytes, without the files that the run was given")
  func rendered() async throws {
    let pack = try await Self.pack { $0.options.format = "csv,json,html,xlsx,markdown" }
    try FileManager.default.removeItem(atPath: pack.job.folder("policy"))
    try FileManager.default.removeItem(atPath: pack.job.folder("standards"))
    let rendered = try await render(pack)
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
    let rendered = try await render(pack) { $0.policy = folder("another/policy.yaml") }
    #expect(try Self.states(in: rendered) == ["new/1: evidenced"])
  }

  @Test("A pseudonymised copy has the states and no words of the framework's author")
  func pseudonymised() async throws {
    let pack = try await Self.pack { $0.options.format = "csv,json,html,markdown" }
    let copy = try await render(pack) {
      $0.pseudonyms = Pseudonyms(key: Array("0123456789abcdef".utf8))
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

  /// What is wrong with a policy or with the framework beside it, and where.
  struct Mistake: CustomTestStringConvertible, Sendable {
    var policy = "gates: [{id: a, completeness: proved}]"
    var framework: String?
    var place: String
    var words: String
    var testDescription: String { words }
  }

  private static func check(_ controls: String) -> String {
    "frameworks: [frameworks/own.yaml]\ngates:\n  - {id: a, completeness: proved, controls: \(controls)}"
  }

  private static func framework(_ controls: String) -> String {
    "id: own\ntitle: t\nsource: https://s.example\ncontrols:\n  - \(controls)\n"
  }

  private static let mistakes = [
    Mistake(
      policy: check("[AC-5]"), place: "policy.yaml:3:46",
      words: "controls: 'AC-5' is not valid. Use framework/control, such as nist-800-53/AC-5."),
    Mistake(
      policy: check("[own/A-1, [own/A-2]]"), place: "policy.yaml:3:55",
      words: "controls: a list is not valid. Use framework/control"),
    Mistake(
      policy: check("own/A-1"), place: "policy.yaml:3:45", words: "controls must be a list"),
    Mistake(
      policy: check("[own/A-1, x/1, own/A-1]"), place: "policy.yaml:3:60",
      words: "the control 'own/A-1' occurs twice. Keep one."),
    Mistake(
      policy: check("[own/A-11]"), place: "policy.yaml:3:46",
      words: "the framework own has no control 'A-11'. Did you mean own/A-1?"),
    Mistake(
      policy: check("[own/Nothing-like-it]"), place: "policy.yaml:3:46",
      words: "Use a control of the file, or add this one to it."),
    Mistake(
      policy: "frameworks: [frameworks/own.yaml, frameworks/own.yaml]\ngates: []",
      place: "policy.yaml:1:35", words: "the framework 'own' occurs twice. Keep one."),
    Mistake(
      policy: "frameworks: [frameworks/own.yaml, '']\ngates: []", place: "policy.yaml:1:35",
      words: "frameworks: '' is not valid. Use the path of a file, such as frameworks/cabf-br.yaml."
    ),
    Mistake(
      policy: "frameworks: frameworks/own.yaml\ngates: []", place: "policy.yaml:1:13",
      words: "frameworks must be a list"),
    Mistake(
      policy: "framework: []\ngates: []", place: "policy.yaml:1:1",
      words: "there is no key 'framework'. Did you mean frameworks?"),
    Mistake(framework: "", place: "own.yaml", words: "a framework must be a mapping"),
    Mistake(framework: "[a]", place: "own.yaml:1:1", words: "a framework must be a mapping"),
    Mistake(framework: "a: [", place: "own.yaml:", words: "not valid YAML"),
    Mistake(framework: "title: t", place: "own.yaml:1:1", words: "id is missing. Add it."),
    Mistake(framework: "id: own", place: "own.yaml:1:1", words: "title is missing. Add it."),
    Mistake(framework: "id: own", place: "own.yaml:1:1", words: "source is missing. Add it."),
    Mistake(framework: "id: own", place: "own.yaml:1:1", words: "controls is missing. Add it."),
    Mistake(
      framework: framework("{id: A-1, title: a}") + "sources: x\n", place: "own.yaml:6:1",
      words: "there is no key 'sources'. Did you mean source?"),
    Mistake(
      framework: framework("{id: A-1, title: a}") + "id: other\n", place: "own.yaml:6:1",
      words: "the key 'id' occurs twice. Keep one."),
    Mistake(
      framework: framework("id: A-1\n    title: a\n\n    'id' : B"), place: "own.yaml:8:5",
      words: "the key 'id' occurs twice. Keep one."),
    Mistake(
      framework: framework("{id: A-1, title: a, id: B}"), place: "own.yaml:5:6",
      words: "the key 'id' occurs twice. Keep one."),
    Mistake(
      framework: "id: CABF BR\n", place: "own.yaml:1:5",
      words: "id: 'CABF BR' is not valid. Use letters, digits, full stops, hyphens and underscores"),
    Mistake(
      framework: "source: cabforum.org\n", place: "own.yaml:1:9",
      words: "source: 'cabforum.org' is not valid. Use the address"),
    Mistake(framework: "controls: x\n", place: "own.yaml:1:11", words: "controls must be a list"),
    Mistake(
      framework: framework("A-1"), place: "own.yaml:5:5",
      words: "an entry of controls must be a mapping, such as id: AC-5."),
    Mistake(
      framework: framework("{title: a}"), place: "own.yaml:5:5", words: "id is missing. Add it."),
    Mistake(
      framework: framework("{id: A-1}"), place: "own.yaml:5:5", words: "title is missing. Add it."),
    Mistake(
      framework: framework("{id: A 1, title: a}"), place: "own.yaml:5:10",
      words: "id: 'A 1' is not valid. Use ASCII characters without blanks"),
    Mistake(
      framework: framework("{id: A-1, title: a, cantShow: x}"), place: "own.yaml:5:25",
      words: "there is no key 'cantShow'. Did you mean cannotShow?"),
    Mistake(
      framework: framework("{id: A-1, title: a, cannotShow: [x]}"), place: "own.yaml:5:37",
      words: "cannotShow: a list is not valid. Use a sentence, or leave out the key."),
    Mistake(
      framework: framework("{id: A-1, title: a}\n  - {id: A-1, title: b}"), place: "own.yaml:6:10",
      words: "the control 'A-1' occurs twice. Keep one."),
  ]

  private static func error(policy: String, own: String) throws -> PlanError? {
    var job = try MainJob()
    try files(&job, policy: policy, own: own)
    job.options.pages = job.folder("standards")
    let options = job.options
    return #expect(throws: PlanError.self) { try AuditPlan(resolving: options, in: .process) }
  }

  @Test("Every mistake is told with its place and what to do", arguments: mistakes)
  func mistake(_ mistake: Mistake) throws {
    let policy =
      mistake.framework == nil
      ? mistake.policy : "frameworks: [frameworks/own.yaml]\n\(mistake.policy)"
    let error = try #require(
      try Self.error(policy: policy, own: mistake.framework ?? Self.own))
    #expect(error.exitStatus == .configuration)
    #expect(
      error.mistakes.contains {
        $0.text.contains(mistake.place) && $0.text.contains(mistake.words)
      },
      "\(error.description)")
  }

  @Test("All mistakes are told at once, and a file that is not there ends with 66")
  func several() throws {
    let error = try #require(
      try Self.error(
        policy: """
          frameworks: [frameworks/own.yaml, frameworks/none.yaml, frameworks]
          gates:
            - {id: a, completeness: proved, controls: [x, own/A-1, own/A-1]}
          """, own: Self.framework("{id: A-1, titel: a}")))
    #expect(error.exitStatus == .missingInput)
    let words = [
      "policy.yaml:1:35: frameworks: the file ", "policy.yaml:1:57: frameworks: ",
      "policy.yaml:3:46: controls: 'x' is not valid.",
      "policy.yaml:3:58: the control 'own/A-1' occurs",
      "own.yaml:5:5: title is missing.", "own.yaml:5:15: there is no key 'titel'.",
    ]
    for words in words { #expect(error.description.contains(words), "\(error.description)") }
    #expect(error.mistakes.count == words.count, "\(error.description)")
  }

  @Test("A path with a zero byte leads to no file")
  func zeroByte() throws {
    let error = try #require(
      try Self.error(
        policy: "frameworks: [\"frameworks/own.yaml\\0nope\"]\ngates: []", own: Self.own))
    #expect(error.exitStatus == .missingInput)
    #expect(error.description.contains("nope does not exist."), "\(error.description)")
  }

  @Test("A file that is larger than a policy may be is not read")
  func tooLarge() throws {
    let error = try #require(
      try Self.error(
        policy: "frameworks: [frameworks/own.yaml]\ngates: []",
        own: String(repeating: "#", count: NamedFile.sizeLimit + 1)))
    #expect(error.exitStatus == .configuration)
    #expect(error.description.contains("own.yaml is larger than the limit, 1 MiB."))
  }
}
