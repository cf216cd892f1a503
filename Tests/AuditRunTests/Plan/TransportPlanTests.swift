import AuditModel
import AuditPlan
import AuditRun
import Testing

@testable import AuditPacks

@Suite("The transport of a plan")
struct TransportPlanTests {
  private static let certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
  private static let key = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"

  @Test("Certificates come from the flag, the environment or the profile, in that order")
  func trustedCertificates() throws {
    var bench = PlanBench()
    bench.write(
      #"{"servers": {"default": {"ca_cert_path": "/profile.pem"}}}"#,
      to: "/home/auditor/.keyfactor/command_config.json")
    bench.write("profile " + Self.certificate, to: "/profile.pem", mode: 0o644)
    bench.write("variable " + Self.certificate, to: "/variable.pem", mode: 0o644)
    bench.write("flag " + Self.certificate, to: "/flag.pem", mode: 0o644)
    func trusted() throws -> String {
      String(decoding: try bench.connection().trustedCertificates ?? [], as: UTF8.self)
    }
    #expect(try trusted().hasPrefix("profile"))
    bench.variables["KEYFACTOR_CA_CERT"] = "/variable.pem"
    #expect(try trusted().hasPrefix("variable"))
    bench.variables["KEYFACTOR_CA_CERT"] = Self.certificate
    #expect(try trusted() == Self.certificate)
    bench.options.caFile = "/flag.pem"
    #expect(try trusted().hasPrefix("flag"))
  }

  @Test("F12: a missing file and one without a certificate are refused")
  func badCertificates() {
    var bench = PlanBench()
    bench.options.caFile = "/ca.pem"
    bench.expect(.missingInput, "--ca-file", "/ca.pem")
    bench.write("not PEM", to: "/ca.pem")
    bench.expect(.configuration, "--ca-file", "/ca.pem", "no certificate")
    bench.options.caFile = nil
    bench.variables["KEYFACTOR_CA_CERT"] = "-----BEGIN PUBLIC KEY-----"
    bench.expect(.configuration, "KEYFACTOR_CA_CERT", "no certificate")
  }

  @Test("A client's certificate and key come in a pair")
  func clientIdentity() throws {
    var bench = PlanBench()
    bench.write(Self.certificate, to: "/client.pem", mode: 0o644)
    bench.write(Self.key, to: "/client.key")
    bench.options.clientCertificate = "/client.pem"
    bench.expect(.usage, "--client-key")
    bench.options.clientKey = "/client.key"
    let connection = try bench.connection()
    #expect(connection.clientCertificate == Array(Self.certificate.utf8))
    #expect(connection.clientKey == Array(Self.key.utf8))
    bench.options.clientCertificate = nil
    bench.expect(.usage, "--client-cert")
  }

  @Test(
    "A key that cannot be used is refused",
    arguments: [
      ("-----BEGIN ENCRYPTED PRIVATE KEY-----", 0o600, "encrypted"),
      ("not PEM", 0o600, "no private key"),
      (Self.key, 0o644, "mode 0644"),
    ] as [(String, UInt16, String)])
  func keys(text: String, mode: UInt16, words: String) {
    var bench = PlanBench()
    bench.write(Self.certificate, to: "/client.pem")
    bench.write(text, to: "/client.key", mode: mode)
    bench.options.clientCertificate = "/client.pem"
    bench.options.clientKey = "/client.key"
    bench.expect(.configuration, "/client.key", words)
  }

  @Test(
    "Verification cannot be switched off",
    arguments: [
      ("true", true), ("1", true), ("yes", true), ("on", true), ("t", true), ("Y", true),
      ("TRUE\n", true), ("perhaps", true), ("false", false), ("0", false), ("", false),
      ("No", false), ("off", false), ("F", false),
    ])
  func skipVerify(value: String, isRefused: Bool) {
    var bench = PlanBench()
    bench.variables["KEYFACTOR_SKIP_VERIFY"] = value
    if isRefused {
      bench.expect(.configuration, "KEYFACTOR_SKIP_VERIFY", "--ca-file")
    } else {
      #expect(bench.mistakes().isEmpty)
    }
  }

  @Test("The timeout is whole seconds")
  func timeout() throws {
    var bench = PlanBench()
    #expect(try bench.connection().timeoutSeconds == nil)
    bench.variables["KEYFACTOR_CLIENT_TIMEOUT"] = "120"
    #expect(try bench.connection().timeoutSeconds == 120)
    for value in ["0", "-1", "1.5", "60s", "3601"] {
      bench.variables["KEYFACTOR_CLIENT_TIMEOUT"] = value
      bench.expect(.configuration, "KEYFACTOR_CLIENT_TIMEOUT", value)
    }
  }
}
