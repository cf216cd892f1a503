import AuditModel
import Testing

@Suite("A web address")
struct WebAddressTests {
  @Test(
    "An address is read into its parts and written back",
    arguments: [
      ("https://kf.example.com", "https://kf.example.com"),
      ("HTTPS://KF.Example.COM/KeyfactorAPI", "https://kf.example.com/KeyfactorAPI"),
      ("https://kf.example.com:443/x", "https://kf.example.com/x"),
      ("http://localhost:80", "http://localhost"),
      ("https://kf.example.com:8443/Keyfactor/API/", "https://kf.example.com:8443/Keyfactor/API/"),
      ("http://[::1]:8080/a", "http://[::1]:8080/a"),
      ("https://login.example.com/o/token?p=B2C_1", "https://login.example.com/o/token?p=B2C_1"),
      ("https://xn--mnchen-3ya.example", "https://xn--mnchen-3ya.example"),
    ])
  func addresses(text: String, written: String) throws {
    #expect(try WebAddress(text).description == written)
  }

  @Test(
    "A wrong address says what is wrong",
    arguments: [
      ("", WebAddress.FormatError.scheme), ("kf.example.com", .scheme),
      ("ftp://kf.example.com", .scheme),
      ("https:/kf.example.com", .scheme), ("javascript:alert(1)", .scheme),
      ("https://bob@kf.example.com", .userInformation),
      ("https://bob:pw@kf.example.com", .userInformation),
      ("https://", .host), ("https:///x", .host), ("https://münchen.example", .host),
      ("https://kеyfactor.example", .host), ("https://a b", .host), ("https://[::1", .host),
      ("https://[localhost]", .host), ("https://a%00b", .host),
      ("https://kf:0", .port), ("https://kf:65536", .port), ("https://kf:", .port),
      ("https://kf:+80", .port),
      ("https://[::1]8080", .port),
      ("https://kf/a b", .path), ("https://kf/\u{0}", .path), ("https://kf\\@evil.example", .path),
      ("https://kf/<x>", .path), ("https://kf/#top", .fragment),
    ])
  func flaws(text: String, flaw: WebAddress.FormatError) {
    #expect(throws: flaw) { try WebAddress(text) }
  }

  @Test(
    "Loopback is what cannot be anything else",
    arguments: [
      ("127.0.0.1", true), ("127.255.0.9", true), ("localhost", true), ("LOCALHOST", true),
      ("::1", true),
      ("127.1", false), ("127.0.0.1.example.com", false), ("2130706433", false),
      ("127.0.0.256", false),
      ("0.0.0.0", false), ("localhost.example.com", false), ("::ffff:127.0.0.1", false),
      ("128.0.0.1", false),
    ])
  func loopback(host: String, isLoopback: Bool) {
    #expect(WebAddress.isLoopback(host: host) == isLoopback)
  }

  @Test(
    "A message shows an address without what may be secret",
    arguments: [
      ("https://bob:pw@kf.example.com/x", "https://(redacted)@kf.example.com/x"),
      ("https://bob:p/w?@#@kf.example.com", "https://(redacted)@kf.example.com"),
      ("bob:pw@kf.example.com", "(redacted)@kf.example.com"),
      ("https://bob:pw@\u{301}kf/\u{301}?\u{301}", "https://(redacted)@\u{301}kf/\u{301}…"),
      ("https://kf.example.com/x?token=abc", "https://kf.example.com/x…"),
      ("https://kf.example.com/#abc", "https://kf.example.com/…"),
      ("https://kf\u{1B}[2J", #"https://kf\u{1B}[2J"#),
    ])
  func redaction(text: String, shown: String) {
    #expect(WebAddress.redacted(text) == shown)
  }
}
