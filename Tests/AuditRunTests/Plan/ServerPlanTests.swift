import AuditModel
import AuditPlan
import AuditRun
import Testing

@Suite("The server of a plan")
struct ServerPlanTests {
  @Test(
    "An address is kept as the user spells it, without what is default",
    arguments: [
      ("https://kf.example.com", "https://kf.example.com/KeyfactorAPI"),
      ("https://kf.example.com/", "https://kf.example.com/KeyfactorAPI"),
      ("https://kf.example.com:443/Keyfactor/API/", "https://kf.example.com/Keyfactor/API"),
      ("https://kf.example.com:8443/keyfactorapi", "https://kf.example.com:8443/keyfactorapi"),
      ("http://127.0.0.1:8080", "http://127.0.0.1:8080/KeyfactorAPI"),
      ("http://localhost:8080/x", "http://localhost:8080/x"),
      ("http://[::1]:8080", "http://[::1]:8080/KeyfactorAPI"),
    ])
  func addresses(text: String, address: String) throws {
    var bench = PlanBench()
    bench.options.server = text
    #expect(try bench.connection().server.description == address)
  }

  @Test(
    "F10: an address that breaks a rule is refused without showing what may be secret",
    arguments: [
      ("http://kf.example.com", "plain http"), ("http://127.0.0.1.example.com", "plain http"),
      ("https://bob:hunter2@kf.example.com", "(redacted)@kf.example.com"),
      ("https://kf.example.com/?key=hunter2", "has a query"),
      ("https://kf.example.com/#hunter2", "fragment"),
      ("https://kеyfactor.example", "xn--"), ("kf.example.com", "is not an address"),
      ("", "is not an address"),
      ("https://kf.example.com:99999", "1 to 65535"),
    ])
  func refused(text: String, words: String) {
    var bench = PlanBench()
    bench.options.server = text
    bench.expect(.configuration, "--server", words)
    #expect(!bench.mistakes()[0].text.contains("hunter2"))
  }

  @Test(
    "The environment names host, port and path",
    arguments: [
      ("kf.example.com", nil, nil, "https://kf.example.com/KeyfactorAPI"),
      ("kf.example.com", "443", "KeyfactorAPI", "https://kf.example.com/KeyfactorAPI"),
      ("kf.example.com", "8443", "/Keyfactor/API/", "https://kf.example.com:8443/Keyfactor/API"),
      ("kf.example.com:8443", nil, nil, "https://kf.example.com:8443/KeyfactorAPI"),
      ("kf.example.com:8443", "8443", nil, "https://kf.example.com:8443/KeyfactorAPI"),
      ("https://kf.example.com/KeyfactorAPI", nil, "Other", "https://kf.example.com/Other"),
      ("https://kf.example.com/dropped", nil, nil, "https://kf.example.com/KeyfactorAPI"),
      ("http://127.0.0.1", "8080", nil, "http://127.0.0.1:8080/KeyfactorAPI"),
      ("kf.example.com", "", "", "https://kf.example.com/KeyfactorAPI"),
    ] as [(String, String?, String?, String)])
  func environment(host: String, port: String?, path: String?, address: String) throws {
    var bench = PlanBench()
    bench.options.server = nil
    bench.variables["KEYFACTOR_HOSTNAME"] = host
    bench.variables["KEYFACTOR_PORT"] = port
    bench.variables["KEYFACTOR_API_PATH"] = path
    #expect(try bench.connection().server.description == address)
  }

  @Test(
    "A variable that is wrong is named",
    arguments: [
      ("KEYFACTOR_HOSTNAME", "http://kf.example.com", "plain http"),
      ("KEYFACTOR_HOSTNAME", "bob:hunter2@kf.example.com", "redacted"),
      ("KEYFACTOR_HOSTNAME", "kf.example.com/KeyfactorAPI", "KEYFACTOR_API_PATH"),
      ("KEYFACTOR_HOSTNAME", "kf.example.com:8443", "8444"),
      ("KEYFACTOR_PORT", "https", "1 to 65535"),
      ("KEYFACTOR_PORT", "70000", "1 to 65535"),
      ("KEYFACTOR_API_PATH", "a b", "is not a path"),
      ("KEYFACTOR_API_PATH", "x?y=1", "is not a path"),
    ])
  func wrongVariables(name: String, value: String, words: String) {
    var bench = PlanBench()
    bench.options.server = nil
    bench.variables["KEYFACTOR_HOSTNAME"] = "kf.example.com"
    bench.variables["KEYFACTOR_PORT"] = "8444"
    bench.variables[name] = value
    bench.expect(.configuration, name, words)
    #expect(!bench.mistakes()[0].text.contains("hunter2"))
  }

  @Test("A variable loses the line end that a mounted secret has")
  func lineEnds() throws {
    var bench = PlanBench()
    bench.options.server = nil
    bench.variables = [
      "KEYFACTOR_HOSTNAME": "kf.example.com\r\n", "KEYFACTOR_PORT": "8443\n",
      "KEYFACTOR_API_PATH": "Keyfactor/API\n", "KEYFACTOR_USERNAME": "auditor\n",
      "KEYFACTOR_PASSWORD": "pa55-word\n", "KEYFACTOR_DOMAIN": "EXAMPLE\n",
      "KEYFACTOR_CLIENT_TIMEOUT": "60\n", "HTTPS_PROXY": "http://proxy:3128\n",
    ]
    let connection = try bench.connection()
    #expect(connection.server.description == "https://kf.example.com:8443/Keyfactor/API")
    #expect(
      connection.credentials == .basic(user: #"EXAMPLE\auditor"#, password: Secret("pa55-word")))
    #expect(connection.timeoutSeconds == 60 && connection.proxy?.port == 3128)
  }

  @Test("A flag wins over the environment as a whole")
  func flag() throws {
    var bench = PlanBench()
    bench.variables["KEYFACTOR_HOSTNAME"] = "other.example.com"
    bench.variables["KEYFACTOR_PORT"] = "8443"
    bench.variables["KEYFACTOR_API_PATH"] = "Other"
    #expect(try bench.connection().server.description == "https://kf.example.com/KeyfactorAPI")
  }

  @Test("Without a server the message says how to name one")
  func none() {
    var bench = PlanBench()
    bench.options.server = nil
    bench.expect(.configuration, "--server", "KEYFACTOR_HOSTNAME", "--sandbox")
  }
}
