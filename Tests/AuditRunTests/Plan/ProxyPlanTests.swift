import AuditModel
import AuditRun
import Testing

@Suite("The proxy of a plan")
struct ProxyPlanTests {
  private func proxy(
    _ variables: [String: String], option: String? = nil, server: String = "https://kf.example.com"
  ) throws -> ProxyAddress? {
    var bench = PlanBench()
    bench.options.server = server
    bench.options.proxy = option
    bench.variables.merge(variables) { $1 }
    return try bench.connection().proxy
  }

  @Test("The flag wins over the environment, lower case over upper, https over all")
  func precedence() throws {
    var variables = ["ALL_PROXY": "http://all:1"]
    #expect(try proxy(variables) == ProxyAddress(host: "all", port: 1))
    variables["HTTPS_PROXY"] = "http://upper:2"
    #expect(try proxy(variables) == ProxyAddress(host: "upper", port: 2))
    variables["https_proxy"] = "lower:3"
    #expect(try proxy(variables) == ProxyAddress(host: "lower", port: 3))
    #expect(try proxy(variables, option: "http://flag") == ProxyAddress(host: "flag", port: 80))
    #expect(try proxy(["HTTP_PROXY": "http://plain:4"]) == nil)
  }

  @Test("User and password come from the environment, percent-encoded")
  func credentials() throws {
    #expect(
      try proxy(["HTTPS_PROXY": "http://bob:p%40ss%2Fw@proxy:8080/"])
        == ProxyAddress(host: "proxy", port: 8080, user: "bob", password: Secret("p@ss/w")))
  }

  @Test("A password is refused on the command line, and not repeated")
  func passwordInArgument() {
    var bench = PlanBench()
    bench.options.proxy = "http://bob:hunter2@proxy:8080"
    bench.expect(.usage, "--proxy", "HTTPS_PROXY")
    #expect(!bench.mistakes()[0].sentence.contains("hunter2"))
  }

  @Test(
    "What is no HTTP proxy is refused",
    arguments: ["https://proxy", "socks5://proxy", "http://proxy/x", ""])
  func wrong(text: String) {
    var bench = PlanBench()
    bench.options.proxy = text
    bench.expect(.usage, "--proxy", "http://host:port")
    guard !text.isEmpty else { return }
    bench.options.proxy = nil
    bench.variables["HTTPS_PROXY"] = text
    bench.expect(.configuration, "HTTPS_PROXY", "http://host:port")
  }

  @Test(
    "NO_PROXY names what goes direct",
    arguments: [
      ("*", true), ("kf.example.com", true), ("KF.EXAMPLE.COM", true), ("example.com", true),
      (".example.com", true), ("*.example.com", true), ("other, kf.example.com:443", true),
      ("kf.example.com:8443", false), ("ample.com", false), ("other.com,.other.org", false),
      ("f.example.com", false),
      ("", false), (",,", false),
    ])
  func noProxy(list: String, isDirect: Bool) throws {
    let proxy = try proxy(["HTTPS_PROXY": "http://proxy:8080", "NO_PROXY": list])
    #expect((proxy == nil) == isDirect)
  }

  @Test(
    "Loopback is always direct",
    arguments: ["http://127.0.0.1:8080", "https://localhost", "http://[::1]:1"])
  func loopback(server: String) throws {
    #expect(try proxy([:], option: "http://proxy:8080", server: server) == nil)
  }

  @Test("The token endpoint has its own decision")
  func tokenEndpoint() throws {
    var bench = PlanBench()
    bench.variables = [
      "KEYFACTOR_AUTH_CLIENT_ID": "a", "KEYFACTOR_AUTH_CLIENT_SECRET": "b",
      "KEYFACTOR_AUTH_TOKEN_URL": "https://idp.example.org/token",
      "HTTPS_PROXY": "http://proxy:8080",
      "NO_PROXY": "example.com",
    ]
    #expect(try bench.connection().proxy == nil)
    #expect(try bench.connection().tokenProxy == ProxyAddress(host: "proxy", port: 8080))
    bench.variables["NO_PROXY"] = "example.org"
    #expect(try bench.connection().proxy == ProxyAddress(host: "proxy", port: 8080))
    #expect(try bench.connection().tokenProxy == nil)
  }
}
