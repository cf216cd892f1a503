import AuditModel
import Testing

@Suite("Values that name something")
struct NamedValueTests {
  @Test(
    "Content in a name's place is shown by its length only",
    arguments: [
      "-----BEGIN PRIVATE KEY-----\nMIIB", "-----BEGIN PRIVATE KEY----- MIIB", "x -----BEGIN",
      #"{"servers":{"default":{"password":"x"}}}"#, #"  ["x"]"#, "servers:\n  default: x",
      "password: hunter2", "a\nb", "a\r", String(repeating: "a/", count: 2049),
      String(repeating: "x", count: 256),
      "eyJhbGciOiJub25lIn0." + String(repeating: "e30", count: 20),
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/4Y1qVbBzQxT8Kp9mWcH2sLrN0dFvJ3gUeOiRaSt",
      "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC",
    ])
  func content(value: String) {
    #expect(NamedValue.isContent(value))
    #expect(NamedValue.shown(value) == "(\(value.utf8.count) bytes, not shown)")
  }

  @Test(
    "A name is shown, safe to print",
    arguments: [
      "/srv/audit/key.pem", "archive", "./password: x", "C=DE, O=Example, CN=Audit", "{x}",
      "[2026] audit", "https://kf.example.com:8443/KeyfactorAPI", "2026-10-01T00:00:00Z",
      "0f343b0931126a20f133d67c2b018a3b7e1e3b9a1f2b1f6d0c7a4f5e8d9c0b1a", "", "Ärger und Öl",
      "archives/KeyfactorCommand/Production/Evidence/OctoberReports/Nightly",
    ])
  func name(value: String) {
    #expect(NamedValue.shown(value) == value)
  }

  @Test("What a terminal might obey is written as a token")
  func control() {
    #expect(NamedValue.shown("a\u{1B}b") == "a\\u{1B}b")
  }
}
