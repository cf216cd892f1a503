import CommandSandbox
import Foundation
import NIOHTTP1
import Testing

@Suite("Workflow definitions of the sandbox")
struct DefinitionTests {
  private static func options(_ change: (inout SandboxOptions) -> Void = { _ in }) -> SandboxOptions
  {
    var options = SandboxOptions()
    options.instances = 200
    options.now = 1_793_600_000_000
    change(&options)
    return options
  }

  /// The definitions of the sandbox's instances, by name: the id and the newest version.
  private static func definitions() -> [String: (id: String, versions: Int)] {
    var options = options()
    options.instances = 4000
    return SandboxPopulation(options).rows.reduce(into: [:]) { found, row in
      let known = found[row.definition.name]?.versions ?? 0
      found[row.definition.name] = (row.definition.id, max(known, row.definition.version))
    }
  }

  private static func get(
    _ sandbox: Sandbox, _ id: String, _ version: Int?, api: String? = nil
  ) async throws -> TestResponse {
    var client = TestClient(sandbox)
    if let api { client.headers.add(name: "x-keyfactor-api-version", value: api) }
    let query = version.map { "?definitionVersion=\($0)" } ?? ""
    return try await client.send(.GET, "/KeyfactorAPI/Workflow/Definitions/\(id)\(query)")
  }

  private static func steps(_ response: TestResponse) throws -> [[String: Any]] {
    let value = try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]
    return try #require(value?["Steps"] as? [[String: Any]])
  }

  @Test("Version 2 names roles, version 1 numbers them, and both have the same steps")
  func versions() async throws {
    let sandbox = try await Sandbox.start(Self.options())
    let web = try #require(Self.definitions()["Web Server Enrollment"])
    for (api, member) in [(nil, "RoleIds"), ("1", "RoleIds"), ("2", "Roles"), ("2.0", "Roles")] {
      let response = try await Self.get(sandbox, web.id, 2, api: api)
      #expect(response.status == .ok)
      #expect(response.headers.first(name: "Api-Supported-Versions") == "1.0, 2")
      let steps = try Self.steps(response)
      let approval = try #require(
        steps.first { $0["ExtensionName"] as? String == "RequireApproval" })
      let signal = (approval["Signals"] as? [[String: Any]])?.first
      #expect((signal?[member] as? [Any])?.count == 2)
      #expect(steps.count == 5)
    }
    try await sandbox.stop()
  }

  @Test("Versions lose steps, and gain conditions; some steps are disabled, some roles are tokens")
  func designs() async throws {
    let sandbox = try await Sandbox.start(Self.options())
    var seen: Set<String> = []
    for (_, definition) in Self.definitions() {
      for version in 1...definition.versions {
        let steps = try Self.steps(try await Self.get(sandbox, definition.id, version, api: "2"))
        for step in steps where step["ExtensionName"] as? String == "RequireApproval" {
          if step["Enabled"] as? Bool == false { seen.insert("disabled") }
          if (step["Conditions"] as? [Any])?.isEmpty == false { seen.insert("conditional") }
          let signal = (step["Signals"] as? [[String: Any]])?.first
          if (signal?["RoleTokens"] as? [Any])?.isEmpty == false { seen.insert("token") }
        }
      }
    }
    #expect(seen == ["disabled", "conditional", "token"])
    let signing = try #require(Self.definitions()["Code Signing Enrollment"])
    let first = try Self.steps(try await Self.get(sandbox, signing.id, 1))
    let latest = try Self.steps(try await Self.get(sandbox, signing.id, nil))
    #expect(first.count == latest.count + 1)
    try await sandbox.stop()
  }

  @Test("What is not there, not allowed or not known is refused, as the product does")
  func refusals() async throws {
    let web = try #require(Self.definitions()["Web Server Enrollment"])
    let sandbox = try await Sandbox.start(Self.options())
    #expect(try await Self.get(sandbox, web.id, 4).status == .notFound)
    #expect(try await Self.get(sandbox, web.id.replacing("a", with: "b"), 1).status == .notFound)
    #expect(try await Self.get(sandbox, web.id, 1, api: "3").status == .badRequest)
    var stranger = TestClient(sandbox)
    stranger.headers.replaceOrAdd(name: "Authorization", value: "Basic x")
    let target = "/KeyfactorAPI/Workflow/Definitions/\(web.id)"
    #expect(try await stranger.send(.GET, target).status == .unauthorized)
    #expect(try await TestClient(sandbox).send(.POST, target).status == .methodNotAllowed)
    try await sandbox.stop()
    let closed = try await Sandbox.start(Self.options { $0.showsDefinitions = false })
    #expect(try await Self.get(closed, web.id, 1).status == .forbidden)
    #expect(try await TestClient(closed).instances().status == .ok)
    try await closed.stop()
    let old = try await Sandbox.start(Self.options { $0.profile = .v11 })
    #expect(try await Self.get(old, web.id, 1, api: "2").status == .badRequest)
    #expect(try await Self.get(old, web.id, 1, api: "1").status == .ok)
    try await old.stop()
  }

  @Test("The same seed gives the same bytes, and other steps hold every planted secret")
  func deterministic() async throws {
    let definitions = Self.definitions()
    var texts: [String] = []
    for _ in 0..<2 {
      let sandbox = try await Sandbox.start(Self.options())
      var text = ""
      for (_, definition) in definitions.sorted(by: { $0.key < $1.key }) {
        for version in 1...definition.versions {
          text += String(
            decoding: try await Self.get(sandbox, definition.id, version).body, as: UTF8.self)
        }
      }
      texts.append(text)
      try await sandbox.stop()
    }
    #expect(texts[0] == texts[1])
    for secret in Sandbox.secrets(seed: 1) { #expect(texts[0].contains(secret)) }
  }
}
