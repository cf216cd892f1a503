import AuditModel
import TestSupport
import Testing

@testable import AuditPlan
@testable import AuditRun

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
    #expect(!bench.mistakes()[0].text.contains("hunter2"))
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
    "NO_PROXY names addresses in any spelling, networks, and full names",
    arguments: [
      ("10.0.0.0/8", "https://10.1.2.3", true), ("10.0.0.0/8", "https://11.1.2.3", false),
      ("10.1.2.3/32", "https://10.1.2.3", true), ("10.1.2.2/31", "https://10.1.2.3", true),
      ("10.1.2.0/31", "https://10.1.2.3", false), ("0.0.0.0/0", "https://10.1.2.3", true),
      ("10.0.0.0/33", "https://10.0.0.0", false), ("10.0.0.0/", "https://10.0.0.0", false),
      ("10.0.0.0/8", "https://kf.example.com", false), ("0.0.0.0/0", "https://[fd00::1]", false),
      ("10.1.2.3", "https://10.1.2.3", true), ("10.1.2.3:443", "https://10.1.2.3", true),
      ("10.1.2.3:8443", "https://10.1.2.3", false), ("2.3", "https://10.1.2.3", false),
      (".3", "https://10.1.2.3", false),
      ("fd00::/8", "https://[fd12::1]", true), ("[fd00::]/8", "https://[fd12::1]", true),
      ("[fd00::/8]", "https://[fd12::1]", true), ("fe80::/10", "https://[fd12::1]", false),
      ("FD12:0:0::0001", "https://[fd12::1]", true), ("[fd12::1]", "https://[FD12:0::1]", true),
      ("[fd12::1]:443", "https://[fd12::1]", true), ("[fd12::1]:1", "https://[fd12::1]", false),
      ("fe80::1%eth0", "https://[fe80::1]", true), ("[fe80::1%25eth0]", "https://[fe80::1]", true),
      ("::ffff:10.1.2.3", "https://10.1.2.3", true), ("10.1.2.3", "https://[::ffff:a01:203]", true),
      ("::ffff:10.0.0.0/104", "https://10.1.2.3", true),
      ("10.0.0.0/8", "https://[::ffff:10.1.2.3]", true),
      ("kf.example.com.", "https://kf.example.com", true),
      ("kf.example.com", "https://kf.example.com.", true),
      (".example.com.:443", "https://kf.example.com", true),
      ("example.com.", "https://kf.example.com.", true),
      ("a,\tkf.example.com\n", "https://kf.example.com", true),
      (".", "https://kf.example.com", false),
      ("*.", "https://kf.example.com", false), (":443", "https://kf.example.com", false),
    ])
  func noProxySpellings(list: String, server: String, isDirect: Bool) throws {
    let proxy = try proxy(["HTTPS_PROXY": "http://proxy:8080", "no_proxy": list], server: server)
    #expect((proxy == nil) == isDirect)
  }

  @Test("Whatever stands in NO_PROXY, it is read without a trap, and a host itself covers it")
  func anyNoProxy() {
    var random = SeededGenerator(seed: 20)
    let pieces = [
      "*", ".", ":", "/", "[", "]", "%", "1", "255", "fd00", "::", "kf.example.com", "-", "99999",
      ",",
    ]
    for _ in 0..<5000 {
      let list = (0..<Int.random(in: 0...7, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
      for host in ["kf.example.com", "10.1.2.3", "fd00::1", list] {
        _ = ProxyExceptions(list).cover(host, port: 443)
        #expect(ProxyExceptions("\(list),\(host)").cover(host, port: 443) || host == list)
      }
    }
  }

  @Test("A network of any length covers the addresses that share its prefix, and no other")
  func networks() {
    var random = SeededGenerator(seed: 5)
    for length in 0...32 {
      let network = UInt32.random(in: 0...(.max), using: &random)
      let mask: UInt32 = length == 0 ? 0 : ~0 << UInt32(32 - length)
      for _ in 0..<20 {
        let bit = UInt32(1) << UInt32.random(in: 0...31, using: &random)
        let address = network ^ bit
        let list = "\(Self.dotted(network))/\(length)"
        #expect(
          ProxyExceptions(list).cover(Self.dotted(address), port: 443)
            == (address & mask == network & mask), "\(list) \(Self.dotted(address))")
      }
    }
  }

  private static func dotted(_ address: UInt32) -> String {
    [24, 16, 8, 0].map { String(address >> UInt32($0) & 255) }.joined(separator: ".")
  }

  @Test("A time-stamping authority over plain http has HTTP_PROXY, but never within CGI")
  func plainHTTP() throws {
    func proxy(_ variables: [String: String], _ url: String = "http://tsa.example/") throws
      -> ProxyAddress?
    {
      var bench = PlanBench()
      bench.options.timestampURL = url
      bench.variables.merge(variables) { $1 }
      return try bench.plan().sealing.authority?.proxy
    }
    let upper = ["HTTP_PROXY": "http://upper:1", "HTTPS_PROXY": "http://secure:2"]
    #expect(try proxy(upper) == ProxyAddress(host: "upper", port: 1))
    #expect(try proxy(upper, "https://tsa.example/") == ProxyAddress(host: "secure", port: 2))
    let both = upper.merging(["http_proxy": "http://lower:3"]) { $1 }
    #expect(try proxy(both) == ProxyAddress(host: "lower", port: 3))
    let cgi = upper.merging(["REQUEST_METHOD": "GET"]) { $1 }
    #expect(try proxy(cgi) == nil)
    #expect(try proxy(both.merging(cgi) { $1 }) == ProxyAddress(host: "lower", port: 3))
    #expect(try proxy(upper.merging(["NO_PROXY": "tsa.example:80"]) { $1 }) == nil)
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
