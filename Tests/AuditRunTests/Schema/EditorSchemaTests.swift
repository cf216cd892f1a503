import AuditModel
import Foundation
import Testing

@testable import AuditPlan
@testable import AuditReduce
@testable import AuditRun

@Suite("The JSON Schemas that editors use")
struct EditorSchemaTests {
  @Sendable private static func isUsable() async -> Bool {
    await PythonScript.canImport("jsonschema, yaml")
  }

  /// What is written, and whether the program takes it.
  struct Case: Sendable, CustomTestStringConvertible {
    var yaml: String
    var isRight: Bool
    var testDescription: String { yaml }

    init(_ yaml: String, _ isRight: Bool) {
      self.yaml = yaml
      self.isRight = isRight
    }
  }

  private static let configurations = [
    Case("pageSize: 500", true), Case("pageSize: 0", false), Case("pageSize: 1001", false),
    Case("pagesize: 500", false), Case("formats: [csv, junit, oscal]", true),
    Case("formats: []", false),
    Case("formats: [pdf]", false), Case("formats: csv", false),
    Case("preparedFor: Audit", true), Case("preparedFor: ''", false),
    Case("statusMap: {3: Running, -1: Failed}", true), Case("statusMap: {x: Running}", false),
    Case("statusMap: {3: Runing}", false), Case("serviceUsers: [a]", true),
    Case("serviceUsers: ['']", false), Case("serviceLevels: {Enrollment: [72h]}", true),
    Case("serviceLevels: {Enrollment: [3w]}", false),
    Case("serviceLevels: {Enrollment: 72h}", false),
    Case("approvalDefinitions: [9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1]", true),
    Case("approvalDefinitions: [9c996cd3]", false),
    Case("controlDesign: true", true), Case("controlDesign: false", true),
    Case("controlDesign: perhaps", false), Case("controlDesign: 1", false),
    Case("indicators: {ownRevocationDays: 3}", true),
    Case("indicators: {ownRevocationDays: 0}", false),
    Case("indicators: {ownRevokationDays: 3}", false),
    Case("titleRules: [{phrase: ' a ', action: other}]", true), Case("titleRules: []", true),
    Case("titleRules: [{phrase: '', action: other}]", false),
    Case("titleRules: [{phrase: a, action: issue}]", false),
    Case("titleRules: [{phrase: a}]", false),
    Case("failureClasses: [{name: itsm, contains: a}, {name: itsm, startsWith: a}]", true),
    Case("failureClasses: [{name: itsm}]", false),
    Case("failureClasses: [{name: itsm, contains: a, startsWith: b}]", false),
    Case("failureClasses: [{name: customStep, contains: a}]", false),
    Case("failureClasses: [{name: 'a,b', contains: a}]", false),
    Case("rejectedBy: {7: a}", true), Case("rejectedBy: {x: a}", false),
    Case("rejectedBy: {7: ''}", false), Case("indicators: {manyRequestersUsers: 1}", false),
    Case("calendar: {hours: {Monday: ['09:00-17:00']}, holidays: [2026-12-25]}", true),
    Case("calendar: {hours: {Montag: ['09:00-17:00']}}", false),
    Case("calendar: {hours: {Monday: ['9-17']}}", false), Case("calendar: {}", false),
    Case("calendar: {hours: {Monday: ['09:00-17:00']}, holidays: [25.12.]}", false),
  ]

  private static let exception =
    "{gate: a, owner: o, reason: r, ticket: t, created: 2026-10-01T00:00:00Z, expires: 2026-12-01T00:00:00+01:00}"

  private static let policies = [
    Case("gates: [{id: a, completeness: proved}]", true),
    Case("gates: [{id: a, completeness: provd}]", false),
    Case("gates: [{completeness: proved}]", false),
    Case("gates: [{id: a, metric: backlog.open, max: 10}]", true),
    Case("gates: [{id: a, metric: backlog.open}]", false),
    Case("gates: [{id: a, metric: backlog.opn, max: 10}]", false),
    Case("gates: [{id: a, metric: backlog.open, max: 10, completeness: proved}]", false),
    Case("gates: [{id: a, metric: failureRates.byUser, max: 5%, on: low, severity: high}]", true),
    Case("gates: [{id: a, metric: failureRates.byUser, max: 5%, on: lower}]", false),
    Case("gates: [{id: a, metric: failureRates.byUser, max: 5%, severity: huge}]", false),
    Case("gates: [{id: a, metric: failureRates.byUser, max: 5%, minimumN: 0}]", false),
    Case("gates: [{id: a, completeness: proved, required: maybe}]", false),
    Case(
      "gates: [{id: a, completeness: proved, controls: [soc2/CC6.1, nist-800-53/AC-2(4)]}]", true),
    Case("gates: [{id: a, completeness: proved, controls: []}]", true),
    Case("gates: [{id: a, completeness: proved, controls: [AC-5]}]", false),
    Case("gates: [{id: a, completeness: proved, controls: [SOC 2/CC6.1]}]", false),
    Case("gates: [{id: a, completeness: proved, controls: [soc2/]}]", false),
    Case("gates: [{id: a, completeness: proved, controls: [soc2/a b]}]", false),
    Case("gates: [{id: a, completeness: proved, controls: [soc2/CC6.1, soc2/CC6.1]}]", false),
    Case("gates: [{id: a, completeness: proved, controls: soc2/CC6.1}]", false),
    Case("gates: [{id: a, completeness: proved}]\nframeworks: []", true),
    Case("gates: [{id: a, completeness: proved}]\nframeworks: ['']", false),
    Case("gates: [{id: a, completeness: proved}]\nframeworks: own.yaml", false),
    Case("gates: [{id: a, completeness: proved}]\nframework: []", false),
    Case("gates: [{id: a, completeness: proved}]\nexceptions: [\(exception)]", true),
    Case("rules: [{id: a, where: {common_name: {startsWith: '*.', exists: true}}}]", true),
    Case(
      "gates: [{id: g, metric: rules.a-1, max: 0}]\nrules: [{id: a-1, where: {start: {olderThan: 7d}}}]",
      true),
    Case("rules: [{id: a, where: {any: [{not: {user: {in: [x, y]}}}, {id: {equals: x}}]}}]", true),
    Case("rules: [{id: a, where: {duration_ms: {longerThan: 24h, in: [1, 2]}}}]", true),
    Case("rules: [{id: a, where: {title_rule: {equals: 'config:100'}}}]", true),
    Case("rules: [{id: a, where: {title_rule: {equals: 'config:101'}}}]", false),
    Case("rules: [{id: a, title: x, where: {}}]", false), Case("rules: [{id: a}]", false),
    Case("rules: [{id: 1a, where: {user: {exists: true}}}]", false),
    Case("rules: [{id: a, where: {usr: {exists: true}}}]", false),
    Case("rules: [{id: a, where: {user: {matches: x}}}]", false),
    Case("rules: [{id: a, where: {user: {olderThan: 7d}}}]", false),
    Case("rules: [{id: a, where: {start: {olderThan: 7w}}}]", false),
    Case("rules: [{id: a, where: {user: {in: []}}}]", false),
    Case("rules: [{id: a, where: {status: {equals: Complet}}}]", false),
    Case("rules: [{id: a, where: {reference_id: {equals: x}}}]", false),
    Case("rules: [{id: a, where: {any: []}}]", false),
    Case(
      "gates: [{id: a, completeness: proved}]\nexceptions: [{gate: a, owner: o, reason: r, ticket: t}]",
      false),
    Case(
      "gates: [{id: a, completeness: proved}]\nexceptions: [\(exception.replacing("Z", with: ""))]",
      false),
  ]

  private static let standard = "id: own\ntitle: t\nsource: https://example.com\n"

  private static let frameworks = [
    Case("\(standard)controls: [{id: A-1, title: a, cannotShow: b}, {id: 8.7, title: c}]", true),
    Case("\(standard)controls: []", true), Case("\(standard)controls: {}", false),
    Case(standard, false),
    Case("\(standard)controls: [A-1]", false), Case("\(standard)controls: [{id: A-1}]", false),
    Case("\(standard)controls: [{title: a}]", false),
    Case("\(standard)controls: [{id: A 1, title: a}]", false),
    Case("\(standard)controls: [{id: A-1, title: ''}]", false),
    Case("\(standard)controls: [{id: A-1, title: a, cannotShow: ''}]", false),
    Case("\(standard)controls: [{id: A-1, title: a, text: b}]", false),
    Case("\(standard)controls: []\nversion: 5", false), Case("title: t\ncontrols: []", false),
    Case("id: Own 1\ntitle: t\nsource: https://example.com\ncontrols: []", false),
    Case("id: own\ntitle: t\nsource: example.com\ncontrols: []", false),
  ]

  /// What the editor says of each case.
  private func editor(_ schema: String, _ cases: [Case]) async throws -> [String] {
    let folder = try TemporaryFolder()
    for (index, text) in cases.enumerated() { try folder.write(text.yaml, to: "\(index).yaml") }
    let (status, output) = try await PythonScript(name: "editor").run(
      [SchemaValidator.schema(of: schema)] + cases.indices.map { folder("\($0).yaml") })
    #expect(status == 0)
    return output.split(separator: "\n").map(String.init)
  }

  /// Whether the program takes a case.
  private func isTaken(
    _ text: Case, by change: (inout AuditOptions, String) throws -> Void
  ) throws -> Bool {
    let folder = try TemporaryFolder()
    try folder.write(text.yaml, to: "file.yaml")
    var options = AuditOptions()
    options.pages = folder("")
    try change(&options, folder("file.yaml"))
    do {
      _ = try AuditPlan(resolving: options, in: .process)
      return true
    } catch {
      return false
    }
  }

  @Test(
    "An editor objects to a configuration exactly where the program does",
    .enabled { await isUsable() })
  func configurations() async throws {
    let answers = try await editor("kfaudit", Self.configurations)
    for (text, answer) in zip(Self.configurations, answers) {
      #expect((answer == "fits") == text.isRight, "\(text.yaml): \(answer)")
      #expect(try isTaken(text) { $0.config = $1 } == text.isRight, "\(text.yaml)")
    }
  }

  @Test(
    "An editor objects to a policy exactly where the program does", .enabled { await isUsable() })
  func policies() async throws {
    let answers = try await editor("policy", Self.policies)
    for (text, answer) in zip(Self.policies, answers) {
      #expect((answer == "fits") == text.isRight, "\(text.yaml): \(answer)")
      #expect(try isTaken(text) { $0.policy = $1 } == text.isRight, "\(text.yaml)")
    }
  }

  @Test(
    "An editor objects to a framework exactly where the program does",
    .enabled { await isUsable() })
  func frameworks() async throws {
    let answers = try await editor("framework", Self.frameworks)
    for (text, answer) in zip(Self.frameworks, answers) {
      #expect((answer == "fits") == text.isRight, "\(text.yaml): \(answer)")
      let isTaken = try isTaken(text) { options, path in
        let policy = "\(path).policy"
        try "frameworks: [file.yaml]\ngates: []".write(
          toFile: policy, atomically: true, encoding: .utf8)
        options.policy = policy
      }
      #expect(isTaken == text.isRight, "\(text.yaml)")
    }
  }

  @Test(
    "The examples fit, and name their schemas", .enabled { await isUsable() },
    arguments: ["kfaudit", "policy"])
  func examples(name: String) async throws {
    let schema = SchemaValidator.schema(of: name)
    let example = schema.replacing(".schema.json", with: ".yaml")
    let (status, output) = try await PythonScript(name: "editor").run([schema, example])
    #expect(status == 0 && output == "fits\n", "\(output)")
    let text = try String(contentsOfFile: example, encoding: .utf8)
    #expect(text.hasPrefix("# yaml-language-server: $schema=\(name).schema.json\n"))
  }

  @Test(
    "The policies and frameworks that can be used as they are fit", .enabled { await isUsable() },
    arguments: [("policies", "../policy"), ("policies/frameworks", "../../framework")])
  func readyFiles(folder: String, schema: String) async throws {
    let examples = URL(filePath: SchemaValidator.schema(of: "policy")).deletingLastPathComponent()
    let folder = examples.appending(path: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
    #expect(names.count >= 3)
    for name in names {
      let example = folder.appending(path: name)
      let (status, output) = try await PythonScript(name: "editor").run([
        folder.appending(path: "\(schema).schema.json").path, example.path,
      ])
      #expect(status == 0 && output == "fits\n", "\(name): \(output)")
      let text = try String(contentsOf: example, encoding: .utf8)
      #expect(text.hasPrefix("# yaml-language-server: $schema=\(schema).schema.json\n"))
    }
  }

  @Test("The schema of the configuration follows from the settings, each with its description")
  func derived() throws {
    let file = URL(filePath: SchemaValidator.schema(of: "kfaudit"))
    let text = ConfigurationSchema().text
    #expect(!text.contains("\"description\": \"\""))
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      return try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text, "RECORD_GOLDEN=1 rewrites it")
  }

  @Test("The schemas know the keys and figures that the program knows")
  func keys() throws {
    let read = { (name: String) throws -> JSONObject in
      JSONObject(
        try JSONSerialization.jsonObject(
          with: Data(contentsOf: URL(filePath: SchemaValidator.schema(of: name)))))
    }
    let gate = try read("policy")["properties"]["gates"]["items"]["properties"]
    #expect(gate.keys() == PolicyReader.gateKeys)
    #expect(gate["metric"].first("anyOf").texts("enum") == Gate.figures.map(\.name))
    let rule = try read("policy")["properties"]["rules"]["items"]
    #expect(rule.keys("properties") == RuleReader.keys)
    let definitions = try read("policy")["$defs"]
    let condition = definitions["condition"]["properties"]
    #expect(
      Set(condition.keys()) == Set(InstanceColumn.allCases.map(\.rawValue) + RuleReader.joining))
    for column in InstanceColumn.allCases {
      let named = condition[column.rawValue].text("$ref")?.split(separator: "/").last
      let tests = (named.map { definitions[String($0)] } ?? condition[column.rawValue])[
        "properties"]
      #expect(Set(tests.keys()) == Set(column.operators.map(\.rawValue)), "\(column)")
      if column == .titleRule { continue }
      #expect(tests["equals"].texts("enum") == column.words ?? [], "\(column)")
      #expect(tests["in"]["items"].texts("enum") == column.words ?? [], "\(column)")
    }
    let exception = try read("policy")["properties"]["exceptions"]["items"]["properties"]
    #expect(exception.keys() == PolicyReader.exceptionKeys)
    #expect(try read("framework").keys("properties") == FrameworkReader.keys)
    let control = try read("framework")["properties"]["controls"]["items"]["properties"]
    #expect(control.keys() == FrameworkReader.controlKeys)
  }

  /// An object of JSON, to look into.
  private struct JSONObject {
    private let members: [String: Any]

    init(_ value: Any?) {
      members = value as? [String: Any] ?? [:]
    }

    subscript(key: String) -> JSONObject { JSONObject(members[key]) }

    func keys() -> [String] { members.keys.sorted() }

    func keys(_ key: String) -> [String] { self[key].keys() }

    func texts(_ key: String) -> [String] { members[key] as? [String] ?? [] }

    func text(_ key: String) -> String? { members[key] as? String }

    func first(_ key: String) -> JSONObject { JSONObject((members[key] as? [Any])?.first) }
  }
}
