import AuditModel
import AuditRender
import TestSupport
import Testing

@Suite("OSCAL Assessment Results")
struct AssessmentResultsTests {
  private func render(
    _ report: ReportDocument, digest: (String) -> String? = { _ in nil }
  ) throws -> JSONValue {
    let artifact = try AssessmentResults.render(
      report, policy: String(repeating: "0", count: 64), digest: digest)
    let document = try JSONDocument.read(JSONValue.self, from: artifact.bytes)
    return try #require(document["assessment-results"])
  }

  /// The first of its results.
  private func result(_ report: ReportDocument) throws -> JSONValue {
    try #require(try render(report)["results"]?.elements.first)
  }

  @Test(
    "What passed or failed is a finding, what was not evaluated an observation and nothing else")
  func results() throws {
    let result = try result(Fixture().report.withChecks())
    let findings = result["findings"]?.elements ?? []
    let targets = findings.compactMap { $0["target"]?["target-id"]?.text }
    #expect(targets == ["gate-passed", "gate-failed", "gate-excepted"])
    let states = findings.compactMap { $0["target"]?["status"]?["state"]?.text }
    #expect(states == ["satisfied", "not-satisfied", "not-satisfied"])
    #expect(findings.map { $0["related-risks"]?.elements.count } == [nil, nil, 2])
    let observed = result["observations"]?.elements.flatMap { $0.properties("check") }
    #expect(observed == ["gate-passed", "gate-failed", "gate-excepted", "gate-notJudged"])
  }

  @Test("A waiver is a risk that ends when it does, unless OSCAL knows no such instant")
  func waivers() throws {
    let risks = try result(Fixture().report.withChecks())["risks"]?.elements ?? []
    #expect(risks.map { $0["status"]?.text } == ["deviation-approved", "deviation-approved"])
    #expect(risks.map { $0["deadline"]?.text } == ["2027-01-01T00:00:00.000Z", nil])
    #expect(risks.last?["statement"]?.text?.contains("until the year 3000 by B (T-2)") == true)
  }

  @Test(
    "A risk is of the groups that its waiver covers, and one for each group that is waived alone")
  func waiversOfGroups() throws {
    var report = Fixture().report.withChecks()
    let expires = try #require(Instant(rfc3339: "2027-01-01T00:00:00.000Z"))
    report.gates[2].evaluated = ["a", "b", "c", "d"].map { name in
      GateDocument.Evaluated(
        group: name, label: "user \(name)", value: 0.1, n: 10, breach: true,
        waivedBy: .init(words: "until then", expires: expires, group: name < "c" ? name : nil))
    }
    let result = try result(report)
    let risks = result["risks"]?.elements ?? []
    #expect(
      risks.map { $0["statement"]?.text } == [
        "The breach of user a is accepted until then",
        "The breach of user b is accepted until then",
        "The breach is accepted until then",
      ])
    #expect(
      risks.map { $0.properties("group", class: "waived") } == [
        ["user a: 10.0% of 10"], ["user b: 10.0% of 10"],
        ["user c: 10.0% of 10", "user d: 10.0% of 10"],
      ])
    #expect(risks.first?["description"]?.text == "Measured: user a: 10.0% of 10.")
    let related = result["findings"]?.elements.last?["related-risks"]?.elements
    #expect(related?.map { $0["risk-uuid"]?.text } == risks.map { $0["uuid"]?.text })
    #expect(Set(risks.compactMap { $0["uuid"]?.text }).count == 3)
    #expect(report.gates[2].reason.hasSuffix("; waived until then"))
  }

  @Test("Ids, controls and names are whole, however long, with their values")
  func longNames() throws {
    var report = Fixture().report.withChecks()
    let long = String(repeating: "x", count: 5000)
    report.gates[0].id = long
    report.gates[0].controls = ["1", "2"].compactMap { ControlReference("own/\(long)\($0)") }
    report.gates[0].evaluated[0].label = long
    let observation = try #require(try result(report)["observations"]?.elements[1])
    #expect(observation.properties("check") == [long])
    #expect(observation.properties("control") == ["own/\(long)1", "own/\(long)2"])
    #expect(observation.properties("group") == ["\(long): 7.7% of 13"])
  }

  @Test(
    "Text of somebody else's begins no heading, rule or list, and is never blank",
    arguments: [
      ("# Approved", "\\# Approved"), ("- a", "\\- a"), ("+ a", "\\+ a"), ("---", "\\---"),
      ("1. a", "1\\. a"), ("12) a", "12\\) a"), ("7.", "7\\."), ("7.7% of 13", "7.7% of 13"),
      ("1.", "1\\."), ("    code", "code"), ("a # b", "a # b"), ("  ", "(empty)"), ("", "(empty)"),
    ])
  func blocks(text: String, markup: String) throws {
    var report = Fixture().report.withChecks()
    report.gates[0].title = text
    #expect(try result(report)["findings"]?.elements.first?["title"]?.text == markup)
  }

  @Test("A check that is waived in part only has no risk that is accepted")
  func waivedInPart() throws {
    var report = Fixture().report.withChecks()
    report.gates[2].evaluated[1].waivedBy = nil
    let result = try result(report)
    #expect(result["risks"] == nil)
    #expect(
      result["observations"]?.elements[3].properties("group", class: "waived").count == 1
        && result["observations"]?.elements[3].properties("group", class: "beyond").count == 1)
  }

  @Test("Controls are those of checks that were evaluated, a selection a framework")
  func controls() throws {
    var report = Fixture().report.withChecks()
    func selections() throws -> [(String?, [String])] {
      let all = try result(report)["reviewed-controls"]?["control-selections"]?.elements ?? []
      return all.map { selection in
        let ids = selection["include-controls"]?.elements.compactMap { $0["control-id"]?.text }
        return (selection["description"]?.text, ids ?? [])
      }
    }
    let found = try selections()
    #expect(found.map(\.1) == [["ac-5", "au-2.4"], ["cabf-br-4.9.1.1"], ["cc6.1"]])
    #expect(found[0].0 == "Framework nist-800-53")
    #expect(found[1].0?.hasPrefix("CA/Browser Forum, Baseline Requirements (cabf-br), ") == true)
    for index in report.gates.indices { report.gates[index].controls = [] }
    #expect(try selections().map(\.1) == [["no-control-mapped"]])
  }

  @Test("What the data cannot show of a control that is declared is said beside it")
  func cannotShow() throws {
    let controls = try result(Fixture().report.withChecks())["reviewed-controls"]
    let remarks = controls?["control-selections"]?.elements.map { $0["remarks"]?.text }
    #expect(
      remarks == [
        nil,
        "- 4.9.1.1, Revocation within 24 hours or 5 days. The data cannot show: when Failures was reported",
        nil,
      ])
  }

  @Test("Two controls that have one id there are listed once, with what is known of both")
  func oneID() throws {
    var report = Fixture().report.withChecks()
    report.frameworks = [
      ControlFramework(
        id: "own", title: "# Ours", source: "https://example.com/",
        controls: [
          .init(id: "AC-5", title: "First", cannotShow: "a"),
          .init(id: "ac-5", title: "Second", cannotShow: "b"),
        ])
    ]
    report.gates[0].controls = ["own/AC-5", "own/ac-5"].compactMap { ControlReference($0) }
    let selection = try #require(
      try result(report)["reviewed-controls"]?["control-selections"]?.elements.first)
    #expect(selection["include-controls"]?.elements.map { $0["control-id"]?.text } == ["ac-5"])
    #expect(selection["description"]?.text?.hasPrefix("\\# Ours (own)") == true)
    #expect(
      selection["remarks"]?.text
        == "- AC-5, First. The data cannot show: a\n- ac-5, Second. The data cannot show: b")
  }

  @Test("The same report has the same identifiers, and another content another document")
  func identifiers() throws {
    var report = Fixture().report.withChecks()
    let (first, second) = (try render(report), try render(report))
    #expect(first == second)
    report.gates[0].title = "Other words"
    let reworded = try render(report)
    #expect(reworded["uuid"] != first["uuid"])
    #expect(reworded.identifiers.dropFirst() == first.identifiers.dropFirst())
    report.cover.asOf = "2026-11-02T07:30:13.000Z"
    let later = try render(report)
    #expect(Set(later.identifiers).isDisjoint(with: reworded.identifiers))
  }

  @Test("Of many groups the first are listed, those beyond the limit before the others")
  func groups() throws {
    var report = Fixture().report.withChecks()
    report.gates[1].evaluated = (0..<150).map { index in
      GateDocument.Evaluated(
        group: "user \(index)", label: "user \(index)", value: 0.1, n: 10, breach: index == 149)
    }
    let observation = try #require(try result(report)["observations"]?.elements[2])
    let groups = observation.properties("group")
    #expect(groups.count == 100 && groups.first == "user 149: 10.0% of 10")
    #expect(observation.properties("groups") == ["150"])
    #expect(observation["remarks"]?.text?.contains("50 groups") == true)
  }

  @Test(
    "A population that is not proved is said so", arguments: CompletenessDocument.Verdict.allCases)
  func completeness(verdict: CompletenessDocument.Verdict) throws {
    let result = try result(Fixture(verdict: verdict).report.withChecks())
    let isProved = [.proved, .provedWithChanges].contains(verdict)
    let warning = result["remarks"]?.text?.contains("not proved to be complete")
    #expect(warning == !isProved)
    #expect(result["description"]?.text?.contains(verdict.label.lowercased()) == true)
    let remarks = result["findings"]?.elements.map { $0["target"]?["status"]?["remarks"]?.text }
    let remark = verdict == .incomplete ? "On an incomplete population." : nil
    #expect(remarks == [remark, remark, remark])
    let population = try #require(result["observations"]?.elements.first)
    #expect(population.properties("completeness") == [verdict.rawValue])
    #expect(population.properties("instances-by-status").count == Status.allCases.count)
  }

  @Test("Files are referred to with their digests, and those of a pack not by a pseudonymised copy")
  func files() throws {
    var report = Fixture().report.withChecks()
    func hashes() throws -> [String: Bool] {
      let resources = try render(report) { $0 == "report.json" ? "ab" : nil }["back-matter"]
      let links = resources?["resources"]?.elements.compactMap { $0["rlinks"]?.elements.first }
      return Dictionary(
        uniqueKeysWithValues: (links ?? []).map { ($0["href"]?.text ?? "", $0["hashes"] != nil) })
    }
    let policy = "evidence/inputs/policy.yaml"
    #expect(
      try hashes() == [
        policy: true, "report.json": true, "manifest.json": false, "evidence/journal.jsonl": false,
      ])
    report.cover.twinOf = "ab"
    #expect(try hashes() == [policy: false, "report.json": true])
  }

  @Test("A pseudonymised copy is said to be one, and no file to have texts of the server")
  func copy() throws {
    var report = Fixture().report.withChecks()
    func isCopy() throws -> (Bool?, [String]?) {
      let result = try result(report)
      return (
        result["description"]?.text?.contains("pseudonymised copy"),
        result.properties("pseudonymised-copy-of")
      )
    }
    #expect(try isCopy() == (false, []))
    report.cover.twinOf = "ab"
    #expect(try isCopy() == (true, ["ab"]))
    let words = try render(report) { _ in "ab" }.values(of: "description")
    #expect(!words.contains { $0.contains("as the server sent them") })
  }

  @Test("A policy that is not the pack's has its digest and leads to no file of the pack")
  func otherPolicy() throws {
    let artifact = try AssessmentResults.render(
      Fixture().report.withChecks(), policy: "ab", replacesPolicy: true
    ) { _ in nil }
    let document = try JSONDocument.read(JSONValue.self, from: artifact.bytes)
    let content = document["assessment-results"]
    let policy = content?["back-matter"]?["resources"]?.elements.first
    #expect(policy?.properties("sha-256") == ["ab"])
    #expect(policy?["rlinks"] == nil && policy?["uuid"] != nil)
    #expect(content?["import-ap"]?["href"]?.text == policy?["uuid"]?.text.map { "#\($0)" })
  }

  @Test("Whatever names are, values are on one line without white space around", arguments: 0..<20)
  func hostile(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let text = HostileText.random(using: &generator)
    let result = try result(Fixture(text: { text + $0 }).report.withChecks(text))
    for value in result.values(of: "value") + result.values(of: "title") {
      let scalars = value.unicodeScalars
      #expect(!scalars.isEmpty)
      #expect(!scalars.contains { $0.properties.generalCategory == .control })
    }
    for value in result.values(of: "value") {
      let ends = [value.unicodeScalars.first, value.unicodeScalars.last].compactMap(\.self)
      #expect(!ends.contains { $0.properties.isWhitespace }, "\(value.debugDescription)")
    }
    for words in result.values(of: "description") {
      // Whatever could begin a link, an element or an emphasis has a backslash before it.
      var rest = Array(words.unicodeScalars)[...]
      while let scalar = rest.popFirst() {
        if scalar == "\\" {
          rest = rest.dropFirst()
        } else {
          #expect(!"`*_[]<>&~^".contains(String(scalar)))
        }
      }
    }
  }
}

extension JSONValue {
  fileprivate var elements: [JSONValue] {
    if case .array(let values) = self { values } else { [] }
  }

  fileprivate var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The values of the properties of a name, and of a class where one is asked for.
  fileprivate func properties(_ name: String, class group: String? = nil) -> [String] {
    (self["props"]?.elements ?? []).filter { property in
      property["name"]?.text == name && (group == nil || property["class"]?.text == group)
    }.compactMap { $0["value"]?.text }
  }

  /// All texts under a name, in the order of names.
  fileprivate func values(of name: String) -> [String] {
    switch self {
    case .array(let values): values.flatMap { $0.values(of: name) }
    case .object(let members):
      (members[name]?.text.map { [$0] } ?? [])
        + members.sorted { $0.key < $1.key }.flatMap { $0.value.values(of: name) }
    default: []
    }
  }

  /// The identifiers of the document and of its parts.
  fileprivate var identifiers: [String] { values(of: "uuid") }
}
