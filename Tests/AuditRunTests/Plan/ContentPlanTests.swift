import AuditModel
import AuditRun
import Testing

@testable import AuditPlan
@testable import AuditReduce

/// Values that should name something and hold what should lie in a file.
@Suite("Content in the place of a name")
struct ContentPlanTests {
  private static let contents = [
    #"{"servers": {"default": {"password": "hunter2"}}}"#,
    "servers: {default: {password: hunter2}}",
    "-----BEGIN PRIVATE KEY----- hunter2 -----END PRIVATE KEY-----", "a\nhunter2",
    String(repeating: "hunter2", count: 60),
  ]

  @Test("No option's mistake shows it", arguments: contents)
  func options(content: String) {
    let options: [WritableKeyPath<AuditOptions, String?>] = [
      \.from, \.period, \.timeZone, \.server, \.format, \.metrics, \.config, \.asOf, \.pageSize,
      \.caFile, \.clientCertificate, \.clientKey, \.proxy, \.assurance, \.concurrency, \.deadline,
      \.policy, \.signKey, \.signCertificate, \.timestampURL, \.sandboxSeed,
    ]
    for option in options {
      var bench = PlanBench()
      bench.options[keyPath: option] = content
      let mistakes = bench.mistakes()
      #expect(!mistakes.isEmpty)
      #expect(!mistakes.contains { $0.text.contains("hunter2") }, "\(mistakes)")
    }
  }

  @Test(
    "No variable's mistake shows it, and names the variable and the length",
    arguments: [
      "KEYFACTOR_HOSTNAME", "KEYFACTOR_PORT", "KEYFACTOR_API_PATH", "KEYFACTOR_CA_CERT",
      "KEYFACTOR_CLIENT_TIMEOUT", "KEYFACTOR_AUTH_CONFIG_FILE", "KEYFACTOR_AUTH_CONFIG_PROFILE",
      "KEYFACTOR_AUTH_TOKEN_URL", "HTTPS_PROXY",
    ])
  func variables(name: String) {
    for content in Self.contents {
      // A variable may hold certificates themselves, and a path of an address may be as long as it likes.
      if name == "KEYFACTOR_CA_CERT", content.contains("BEGIN") { continue }
      if name == "KEYFACTOR_API_PATH", content.hasPrefix("hunter2") { continue }
      var bench = PlanBench()
      bench.options.server = nil
      bench.variables = [
        "KEYFACTOR_HOSTNAME": "kf.example.com", "KEYFACTOR_AUTH_CLIENT_ID": "a",
        "KEYFACTOR_AUTH_CLIENT_SECRET": "b",
        "KEYFACTOR_AUTH_TOKEN_URL": "https://idp.example.com/token",
      ]
      bench.variables[name] = content
      bench.write(
        #"{"servers": {"x": {"port": 1}}}"#, to: "/home/auditor/.keyfactor/command_config.json")
      let mistakes = bench.mistakes()
      #expect(
        mistakes.contains {
          $0.text.contains(name) && $0.text.contains("bytes, not shown)")
        },
        "\(mistakes)")
      #expect(!mistakes.contains { $0.text.contains("hunter2") }, "\(mistakes)")
    }
  }

  @Test("kfaudit config shows none either")
  func settings() {
    for content in Self.contents {
      var options = AuditOptions()
      options.signKey = content
      options.out = content
      options.caFile = content
      options.pages = nil
      options.period = content
      let environment = RunEnvironment(
        variables: [
          "KEYFACTOR_HOSTNAME": content, "KEYFACTOR_AUTH_CONFIG_FILE": content,
          "KEYFACTOR_USERNAME": content, "HTTPS_PROXY": content,
          "KEYFACTOR_CLIENT_TIMEOUT": content,
        ], now: Instant(milliseconds: 0), homeFolder: nil
      ) { (_, _) throws(NamedFileError) in throw NamedFileError.missing }
      let shown = ConfigShow(of: options, in: environment)
      #expect(!shown.table.contains("hunter2"), "\(shown.table)")
      #expect(shown.failure?.description.contains("hunter2") == false)
    }
  }

  @Test("A variable that is not UTF-8 is refused by its name where a server is read")
  func undecodable() throws {
    let environment = { (names: Set<String>) in
      var environment = RunEnvironment(
        variables: ["KEYFACTOR_USERNAME": "a", "KEYFACTOR_PASSWORD": "b"],
        now: Instant(milliseconds: 1_795_478_400_000), homeFolder: nil
      ) { (_, _) throws(NamedFileError) in throw NamedFileError.missing }
      environment.undecodable = names
      return environment
    }
    var options = AuditOptions()
    options.server = "https://kf.example.com"
    options.period = "2026-10"
    func plan(_ names: Set<String>) throws -> AuditPlan {
      try AuditPlan(resolving: options, in: environment(names))
    }
    _ = try plan(["LS_COLORS"])
    for name in ["KEYFACTOR_DOMAIN", "https_proxy"] {
      let error = try #require(throws: PlanError.self) { _ = try plan([name]) }
      #expect(error.exitStatus == .configuration && error.description.hasPrefix("\(name): "))
    }
    options.server = nil
    options.sandbox = true
    _ = try plan(["KEYFACTOR_DOMAIN"])
  }
}
