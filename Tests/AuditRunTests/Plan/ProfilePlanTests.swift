import AuditModel
import AuditPlan
import AuditRun
import Testing

@Suite("The official tools' profile file")
struct ProfilePlanTests {
  private static let standardPath = "/home/auditor/.keyfactor/command_config.json"

  private static let json = """
    {"servers": {
      "default": {"host": "kf.example.com", "port": 8443, "api_path": "Keyfactor/API",
        "username": "svc", "password": "p\\u003c\\"w", "domain": "EXAMPLE", "auth_type": "basic"},
      "cloud": {"host": "cloud.example.com", "client_id": "id", "client_secret": "hunter2",
        "token_url": "https://idp.example.com/token", "scopes": ["a", "b"], "audience": "aud",
        "skip_tls_verify": false, "auth_provider": {}}
    }}
    """

  private func bench(_ text: String, mode: UInt16 = 0o600, isOwn: Bool = true) -> PlanBench {
    var bench = PlanBench()
    bench.options.server = nil
    bench.variables = [:]
    bench.write(text, to: Self.standardPath, mode: mode, isOwn: isOwn)
    return bench
  }

  @Test("The default profile gives server and credentials")
  func standard() throws {
    let connection = try bench(Self.json).connection()
    #expect(connection.server.description == "https://kf.example.com:8443/Keyfactor/API")
    #expect(connection.credentials == .basic(user: #"EXAMPLE\svc"#, password: Secret("p<\"w")))
  }

  @Test("A named profile in a named file")
  func named() throws {
    var bench = bench("")
    bench.files = [:]
    bench.write(Self.json, to: "/run/secrets/kf.json", mode: 0o400)
    bench.variables["KEYFACTOR_AUTH_CONFIG_FILE"] = "/run/secrets/kf.json"
    bench.variables["KEYFACTOR_AUTH_CONFIG_PROFILE"] = "cloud"
    let connection = try bench.connection()
    #expect(connection.server.description == "https://cloud.example.com/KeyfactorAPI")
    #expect(
      connection.credentials
        == .clientCredentials(
          ClientCredentials(
            id: "id", secret: Secret("hunter2"), tokenURL: "https://idp.example.com/token",
            scopes: ["a", "b"], audience: "aud")))
  }

  @Test(
    "JSON is read however it is spaced and escaped",
    arguments: [
      (#"{"servers":{"default":{"host":"kf","username":"a","password":"b\/c"}}}"#, "b/c"),
      (
        "{\n\t\"servers\": {\n\t\t\"default\": {\n\t\t\t\"host\": \"kf\",\n\t\t\t\"username\": \"a\",\n\t\t\t\"password\": \"t\"\n\t\t}\n\t}\n}\n",
        "t"
      ),
      (
        #"{"servers":{"default":{"host":"kf","username":"a","password":"\u0026\u003e€😀\\"}}}"#,
        "&>€😀\\"
      ),
      (#"{"servers":{"default":{"host":"kf","username":"a","password":"null"}}}"#, "null"),
      (
        #"{"servers":{"default":{"host":"kf","username":"a","password":"b # c: {d}"}}}"#,
        "b # c: {d}"
      ),
    ])
  func jsonForms(text: String, password: String) throws {
    #expect(
      try bench(text).connection().credentials == .basic(user: "a", password: Secret(password)))
  }

  @Test("YAML is read as well, and unquoted values stay as written")
  func yaml() throws {
    let text = """
      servers:
        default:
          host: kf.example.com
          username: svc
          password: 007
          port: 443
          domain: ~
      """
    let connection = try bench(text).connection()
    #expect(connection.server.description == "https://kf.example.com/KeyfactorAPI")
    #expect(connection.credentials == .basic(user: "svc", password: Secret("007")))
  }

  @Test("The environment wins, value by value")
  func environment() throws {
    var bench = bench(Self.json)
    bench.variables["KEYFACTOR_HOSTNAME"] = "other.example.com"
    bench.variables["KEYFACTOR_PASSWORD"] = "fresh"
    let connection = try bench.connection()
    #expect(connection.server.description == "https://other.example.com:8443/Keyfactor/API")
    #expect(connection.credentials == .basic(user: #"EXAMPLE\svc"#, password: Secret("fresh")))
  }

  @Test("The environment's kind of credentials wins over the profile's")
  func environmentKind() throws {
    var bench = bench(Self.json)
    bench.variables["KEYFACTOR_AUTH_ACCESS_TOKEN"] = "tok"
    #expect(try bench.connection().credentials == .bearer(Secret("tok")))
  }

  @Test("A missing file matters only when somebody named it")
  func missing() {
    var bench = PlanBench()
    #expect(bench.mistakes().isEmpty)
    bench.homeFolder = nil
    #expect(bench.mistakes().isEmpty)
    bench.variables["KEYFACTOR_AUTH_CONFIG_FILE"] = "/nowhere.json"
    bench.expect(.missingInput, "KEYFACTOR_AUTH_CONFIG_FILE", "/nowhere.json")
  }

  @Test("A file that nobody named may be unreadable, and is told of only when it is missed")
  func unreadable() {
    var bench = PlanBench()
    bench.homeFolder = "/denied"
    #expect(bench.mistakes().isEmpty)
    bench.variables = [:]
    bench.expect(
      .configuration, "no credentials", "/denied/.keyfactor/command_config.json cannot be read")
    bench.variables["KEYFACTOR_AUTH_CONFIG_PROFILE"] = "prod"
    #expect(bench.mistakes().map(\.code.exitStatus) == [.missingInput, .configuration])
  }

  @Test("A file without a default profile names those that it has")
  func noDefault() {
    let bench = bench(#"{"servers": {"prod": {"host": "x"}, "test": {"host": "y"}}}"#)
    let sentences = bench.mistakes().map(\.text)
    #expect(sentences.count == 2)
    for sentence in sentences {
      #expect(sentence.contains("KEYFACTOR_AUTH_CONFIG_PROFILE: prod, test."), "\(sentence)")
    }
  }

  @Test("A missing profile matters only when somebody named it")
  func missingProfile() {
    var bench = PlanBench()
    bench.write(#"{"servers": {"prod": {"host": "x"}}}"#, to: Self.standardPath)
    #expect(bench.mistakes().isEmpty)
    bench.variables["KEYFACTOR_AUTH_CONFIG_PROFILE"] = "prd"
    bench.expect(.configuration, "prd", "Did you mean prod?")
  }

  @Test(
    "F8: a file that gives a secret must be closed to others",
    arguments: [0o644, 0o640, 0o604, 0o660])
  func mode(mode: UInt16) {
    let bench = bench(Self.json, mode: mode)
    bench.expect(
      .configuration, Self.standardPath, "mode 0" + String(mode, radix: 8), "chmod 600")
  }

  @Test("F8: a file that gives a secret must be one's own")
  func owner() {
    bench(Self.json, isOwn: false).expect(.configuration, "another user")
  }

  @Test("An open file without a secret in use is no mistake")
  func openWithoutSecret() {
    var bench = PlanBench()
    bench.write(Self.json, to: Self.standardPath, mode: 0o644)
    #expect(bench.mistakes().isEmpty)
  }

  @Test(
    "What is not supported is refused",
    arguments: [
      (#""auth_type": "kerberos""#, "Kerberos"), (#""kerberos_realm": "X""#, "Kerberos"),
      (#""auth_provider": {"type": "azid"}"#, "auth_provider"),
      (#""skip_tls_verify": "yes""#, "--ca-file"), (#""skip_tls_verify": 1"#, "--ca-file"),
      (#""skip_tls_verify": true"#, "--ca-file"), (#""client_id": "x""#, "both Basic and OAuth"),
    ])
  func unsupported(field: String, words: String) {
    bench(
      #"{"servers": {"default": {"host": "kf.example.com", "username": "a", "password": "hunter2", \#(field)}}}"#
    ).expect(.configuration, words)
  }

  @Test("Both kinds are no riddle when the profile says which one it means")
  func authType() throws {
    let text =
      #"{"servers": {"default": {"host": "kf", "username": "a", "password": "b", "#
      + #""access_token": "t", "auth_type": "oauth"}}}"#
    #expect(try bench(text).connection().credentials == .bearer(Secret("t")))
  }

  @Test(
    "A broken file is refused without showing its text",
    arguments: [
      #"{"servers": {"default": {"password": "hunter2"#, "servers: [hunter2", #"{"hunter2": 1}"#,
      "hunter2",
      #"{"servers": {"default": "hunter2"}}"#,
      "servers:\n  default:\n    password: hunter2\n   x: 1\n",
    ])
  func broken(text: String) {
    var bench = bench(text)
    bench.options.server = "https://kf.example.com"
    bench.variables = ["KEYFACTOR_AUTH_ACCESS_TOKEN": "t"]
    bench.expect(.configuration, Self.standardPath)
    #expect(!bench.mistakes()[0].text.contains("hunter2"))
  }
}
