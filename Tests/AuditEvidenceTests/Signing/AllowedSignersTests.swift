import AuditEvidence
import AuditModel
import Testing

@Suite("Allowed signers")
struct AllowedSignersTests {
  private static let instant = Instant(rfc3339: "2026-10-22T12:00:00Z")

  /// What is found of a signature under a file of one line, in which `KEY` stands for the key.
  private func verdict(_ line: String) async throws -> SignatureVerdict {
    let keys = try await KeyFolder()
    try await keys.openSSH("key")
    try await keys.openSSH("other")
    let key = String(decoding: try keys.read("key.pub"), as: UTF8.self)
    let other = String(decoding: try keys.read("other.pub"), as: UTF8.self)
    let file = line.replacing("KEY", with: key).replacing("OTHER", with: other)
    let time = try #require(Self.instant)
    return try await keys.verdict(of: keys.seal("key"), allowing: file, at: .at(time)).signature
  }

  @Test(
    "A line that allows the key establishes its principals",
    arguments: [
      ("a@example.com KEY", "a@example.com"), ("a,b KEY", "a,b"), ("\"a b\" KEY", "a b"),
      ("# comment\n\n a namespaces=\"git,kfaudit\" KEY", "a"),
      ("a valid-after=\"20261001Z\",valid-before=\"20261031Z\" KEY", "a"),
      ("a valid-after=20261022120000Z KEY", "a"), ("a NAMESPACES=kfaudit KEY\r\n", "a"),
      ("x OTHER\nb KEY", "b"),
      ("a valid-before=\"2026Z\"\nb KEY".replacing("2026Z\"\nb", with: "20270101Z\""), "a"),
      ("a ssh-rsa AAAA\nb KEY", "b"), ("a namespaces=\"git\" KEY\nb KEY", "b"),
    ])
  func allowed(line: String, principals: String) async throws {
    guard case .valid(_, .established(let found, _)) = try await verdict(line) else {
      Issue.record("\(try await verdict(line))")
      return
    }
    #expect(found == principals)
  }

  @Test(
    "A line that does not allow it is told",
    arguments: [
      ("x OTHER", "holds the key SHA256:"),
      ("a namespaces=\"git\" KEY", "not allowed for the namespace"),
      ("a valid-before=\"202610221200Z\" KEY", "not allowed since 2026-10-22T12:00:00.000Z"),
      ("a valid-after=\"20261023Z\" KEY", "not allowed before 2026-10-23T00:00:00.000Z"),
      ("a cert-authority KEY\nx OTHER", "holds the key SHA256:"),
    ])
  func notAllowed(line: String, reason: String) async throws {
    guard case .invalid(let faults) = try await verdict(line) else {
      Issue.record("allowed")
      return
    }
    #expect(faults.count == 1 && faults[0].contains(reason), "\(faults)")
  }

  @Test(
    "A file that is not understood is refused, with its line",
    arguments: [
      "a no-touch-required KEY", "a namespaces=\"*\" KEY", "a namespaces=\"!git,kfaudit\" KEY",
      "a namespaces KEY", "a = KEY", "a \"\" KEY", "a valid-before=\"20261301Z\" KEY",
      "a valid-before=\"20261001\" KEY",
      "a ssh-ed25519 AAAA", "a ssh-ed25519", "a", "a cert-authority=x KEY", "a KEYx namespaces",
    ])
  func refused(line: String) async throws {
    let error = try await #require(throws: SigningError.self) {
      try await verdict("x OTHER" + line.replacing("KEYx", with: "keyx"))
    }
    #expect(error.description.hasPrefix("--allowed-signers cannot be used: line 2 "), "\(error)")
  }

  @Test("A file that allows no key is refused", arguments: ["", "# nobody\n", "a ssh-rsa AAAA"])
  func nobody(line: String) async throws {
    await #expect(throws: SigningError.self) { try await verdict(line) }
  }
}
