import AuditModel
import TestSupport
import Testing

@Suite("What the checks of a control show together")
struct ControlDocumentTests {
  private static let results: [GateDocument.Result] = [.passed, .failed, .excepted, .notJudged]

  /// Every way in which up to three checks can end.
  private static let combinations: [[GateDocument.Result]] =
    [[]] + results.map { [$0] } + results.flatMap { one in results.map { [one, $0] } }
    + results.flatMap { one in results.flatMap { two in results.map { [one, two, $0] } } }

  @Test("A failure contradicts, waived or not; only passes are evidence; nothing is no evidence")
  func states() {
    #expect(Self.combinations.count == 1 + 4 + 16 + 64)
    for results in Self.combinations {
      let names = Set(results.map(\.rawValue))
      let expected =
        switch (names.isEmpty, names.isDisjoint(with: ["failed", "excepted"]), names == ["passed"])
        {
        case (true, _, _): "noGate"
        case (_, false, _): "contradicted"
        case (_, _, true): "evidenced"
        default: "notEvaluated"
        }
      #expect(ControlDocument.State(of: results).rawValue == expected, "\(names)")
    }
  }

  private static func check(_ id: String, _ result: GateDocument.Result, _ controls: String...)
    -> GateDocument
  {
    var check = GateDocument.sample(result)
    check.id = id
    check.controls = controls.compactMap { ControlReference($0) }
    return check
  }

  private static let frameworks = [
    ControlFramework(
      id: "b", title: "B", source: "https://b.example",
      controls: [
        .init(id: "2", title: "two", cannotShow: "all of it"), .init(id: "10", title: "ten"),
      ]
    ),
    ControlFramework(
      id: "a", title: "A", source: "https://a.example", controls: [.init(id: "1", title: "one")]),
  ]

  @Test("Controls come as the files list them, and then those that checks name besides")
  func order() {
    let controls = ControlDocument.all(
      of: [
        Self.check("first", .passed, "z/9", "b/10", "a/7"),
        Self.check("second", .notJudged, "a/7", "z/9"), Self.check("third", .failed),
        Self.check("fourth", .excepted, "b/10"),
      ], in: Self.frameworks)
    #expect(
      controls.map { "\($0.framework)/\($0.control)" } == ["b/2", "b/10", "a/1", "z/9", "a/7"])
    #expect(controls.map(\.title) == ["two", "ten", "one", nil, nil])
    #expect(controls.map(\.cannotShow) == ["all of it", nil, nil, nil, nil])
    #expect(
      controls.map(\.gates) == [
        [], ["first", "fourth"], [], ["first", "second"], ["first", "second"],
      ])
    #expect(
      controls.map(\.state) == [.noGate, .contradicted, .noGate, .notEvaluated, .notEvaluated])
    #expect(
      controls.tally == "0 evidenced, 1 contradicted, 2 not evaluated, 2 without a check")
  }

  @Test("Without frameworks and references there are none")
  func none() {
    #expect(ControlDocument.all(of: [Self.check("a", .passed)], in: []).isEmpty)
  }

  @Test("report.json has five keys of each, and null where the framework is not declared")
  func json() throws {
    let controls = ControlDocument.all(
      of: [Self.check("a", .passed, "z/9", "b/2")], in: [Self.frameworks[0]])
    let text = String(decoding: try JSONFile.bytes(controls), as: UTF8.self)
    let keys = text.matches(of: #/"(\w+)" : /#).map { String($0.output.1) }
    #expect(keys.count == 15)
    #expect(Set(keys) == ["control", "framework", "gates", "state", "title"])
    #expect(text.contains("\"title\" : null"))
  }

  @Test(
    "A reference is a framework's id, a slash and a control's id",
    arguments: [
      ("cabf-br/4.9.1.1", "cabf-br", "4.9.1.1"), ("nist-800-53/AC-2(4)", "nist-800-53", "AC-2(4)"),
      ("a/b/c", "a", "b/c"), ("iso.27001/A.5.3", "iso.27001", "A.5.3"),
    ])
  func references(text: String, framework: String, control: String) throws {
    let reference = try #require(ControlReference(text))
    #expect(reference.framework == framework && reference.control == control)
    #expect("\(reference)" == text)
  }

  @Test(
    "Anything else is none",
    arguments: [
      "", "/", "a", "a/", "/b", "-a/b", "_a/b", ".a/b", "../b", "a b/c", "a/b c", "a/\u{e9}",
      "\u{e9}/b",
      "a/b\n", "\(String(repeating: "a", count: 65))/b",
    ])
  func noReferences(text: String) {
    #expect(ControlReference(text) == nil)
  }
}

@Suite("Identifiers of OSCAL")
struct OSCALTokenTests {
  @Test(
    "An id is taken as it is where it can be an identifier",
    arguments: [
      ("failing-users", true), ("_a.b-C_9", true), ("a", true), ("_", true), ("", false),
      ("9a", false), ("-a", false), (".a", false), ("a b", false), ("a/b", false), ("a\n", false),
      ("é", false), ("a\u{301}", false), ("a\u{202E}", false),
    ])
  func isToken(text: String, isToken: Bool) {
    #expect(OSCALToken.isToken(text) == isToken)
  }

  @Test(
    "A control has the id of its catalogue",
    arguments: [
      ("nist-800-53/AC-5", "ac-5"), ("nist-800-53/AC-2(4)", "ac-2.4"), ("soc2/CC6.1", "cc6.1"),
      ("cabf-br/4.9.1.1", "cabf-br-4.9.1.1"), ("27001/5.18", "_27001-5.18"),
      ("pci/A#1", "a-1"), ("27001/2.b/2", "_27001-2.b-2"), ("own/(x)", "own-.x"),
      ("own/a/b", "a-b"),
    ])
  func control(reference: String, id: String) throws {
    let token = OSCALToken.of(try #require(ControlReference(reference)))
    #expect(token == id)
    #expect(OSCALToken.isToken(token))
  }
}
