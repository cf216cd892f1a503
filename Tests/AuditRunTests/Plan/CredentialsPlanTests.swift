import AuditModel
import AuditPlan
import AuditRun
import Testing

@Suite("The credentials of a plan")
struct CredentialsPlanTests {
  private func bench(_ variables: [String: String]) -> PlanBench {
    var bench = PlanBench()
    bench.variables = variables
    return bench
  }

  private static let client = [
    "KEYFACTOR_AUTH_CLIENT_ID": "kf-audit", "KEYFACTOR_AUTH_CLIENT_SECRET": "s3cret-x",
    "KEYFACTOR_AUTH_TOKEN_URL": "https://idp.example.com/token",
  ]

  @Test(
    "A user without a domain gets the one that is set",
    arguments: [
      ("auditor", "EXAMPLE", #"EXAMPLE\auditor"#), ("auditor", nil, "auditor"),
      ("auditor", "", "auditor"),
      (#"OTHER\auditor"#, "EXAMPLE", #"OTHER\auditor"#),
      ("auditor@example.com", "EXAMPLE", "auditor@example.com"),
    ] as [(String, String?, String)])
  func domains(user: String, domain: String?, principal: String) throws {
    var bench = bench(["KEYFACTOR_USERNAME": user, "KEYFACTOR_PASSWORD": "pa55"])
    bench.variables["KEYFACTOR_DOMAIN"] = domain
    #expect(try bench.connection().credentials == .basic(user: principal, password: Secret("pa55")))
  }

  @Test("Client credentials take scopes and audience")
  func client() throws {
    var bench = bench(Self.client)
    bench.variables["KEYFACTOR_AUTH_SCOPES"] = "openid, kf.read ,"
    bench.variables["KEYFACTOR_AUTH_AUDIENCE"] = "kf"
    #expect(
      try bench.connection().credentials
        == .clientCredentials(
          ClientCredentials(
            id: "kf-audit", secret: Secret("s3cret-x"), tokenURL: "https://idp.example.com/token",
            scopes: ["openid", "kf.read"], audience: "kf")))
  }

  @Test("An access token wins over client credentials")
  func token() throws {
    var bench = bench(Self.client)
    bench.variables["KEYFACTOR_AUTH_ACCESS_TOKEN"] = "tok-en\n"
    #expect(try bench.connection().credentials == .bearer(Secret("tok-en")))
  }

  @Test("F11: Basic and OAuth together are refused, and the variables are named, not their values")
  func both() {
    var bench = bench(Self.client)
    bench.variables["KEYFACTOR_PASSWORD"] = "pa55"
    bench.expect(
      .configuration, "KEYFACTOR_PASSWORD", "KEYFACTOR_AUTH_CLIENT_ID",
      "KEYFACTOR_AUTH_CLIENT_SECRET")
    let sentence = bench.mistakes()[0].text
    #expect(!sentence.contains("pa55") && !sentence.contains("s3cret"))
  }

  @Test("F11: without credentials the message says which variables to set")
  func none() {
    bench([:]).expect(
      .configuration, "no credentials", "KEYFACTOR_USERNAME", "KEYFACTOR_AUTH_ACCESS_TOKEN",
      "KEYFACTOR_AUTH_CONFIG_FILE")
  }

  @Test("An empty variable is unset")
  func empty() {
    bench(["KEYFACTOR_USERNAME": "", "KEYFACTOR_PASSWORD": ""]).expect(
      .configuration, "no credentials")
  }

  @Test(
    "A missing half is named",
    arguments: [
      (["KEYFACTOR_USERNAME": "a"], "KEYFACTOR_PASSWORD ("),
      (["KEYFACTOR_PASSWORD": "a"], "KEYFACTOR_USERNAME ("),
      (
        [
          "KEYFACTOR_AUTH_CLIENT_ID": "a",
          "KEYFACTOR_AUTH_TOKEN_URL": "https://idp.example.com/token",
        ], "KEYFACTOR_AUTH_CLIENT_SECRET ("
      ),
      (
        ["KEYFACTOR_AUTH_CLIENT_ID": "a", "KEYFACTOR_AUTH_CLIENT_SECRET": "b"],
        "KEYFACTOR_AUTH_TOKEN_URL ("
      ),
    ])
  func halves(variables: [String: String], words: String) {
    bench(variables).expect(.configuration, words)
  }

  @Test(
    "F9: a secret loses the line end that files leave, and keeps nothing else that is odd",
    arguments: [
      ("pa55\n", "pa55"), ("pa55\r\n", "pa55"), ("pa 55", "pa 55"), ("pa\u{0}55", nil),
      ("pa\n55", nil),
      ("\n", nil),
    ] as [(String, String?)])
  func lineEnds(written: String, used: String?) throws {
    let bench = bench(["KEYFACTOR_USERNAME": "a", "KEYFACTOR_PASSWORD": written])
    if let used {
      #expect(try bench.connection().credentials == .basic(user: "a", password: Secret(used)))
    } else {
      bench.expect(.configuration, "KEYFACTOR_PASSWORD")
    }
  }

  @Test("A user name with a colon cannot be sent")
  func colon() {
    bench(["KEYFACTOR_USERNAME": "a:b", "KEYFACTOR_PASSWORD": "c"]).expect(.configuration, "colon")
  }

  @Test(
    "The token endpoint is https, or http on loopback",
    arguments: [
      ("https://idp.example.com/token", nil), ("http://127.0.0.1:8080/token", nil),
      ("https://login.example.com/token?p=B2C", nil),
      ("http://idp.example.com/token", "plain http"),
      ("idp.example.com", "is not an address"), ("https://a:hunter2@idp.example.com", "redacted"),
    ] as [(String, String?)])
  func tokenURL(url: String, words: String?) {
    var bench = bench(Self.client)
    bench.variables["KEYFACTOR_AUTH_TOKEN_URL"] = url
    if let words {
      bench.expect(.configuration, "KEYFACTOR_AUTH_TOKEN_URL", words)
      #expect(!bench.mistakes()[0].text.contains("hunter2"))
    } else {
      #expect(bench.mistakes().isEmpty)
    }
  }
}
