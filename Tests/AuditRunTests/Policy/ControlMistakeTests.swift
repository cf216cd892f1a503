import AuditModel
import Testing

@testable import AuditPlan
@testable import AuditRun

@Suite("Mistakes in frameworks and their controls")
struct ControlMistakeTests {
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
    try ControlTests.files(&job, policy: policy, own: own)
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
      try Self.error(policy: policy, own: mistake.framework ?? ControlTests.own))
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
        policy: "frameworks: [\"frameworks/own.yaml\\0nope\"]\ngates: []", own: ControlTests.own))
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
