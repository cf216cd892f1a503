import TestSupport

extension TestKeys {
  /// Makes `ca.pem`, `other.pem` and by the first `signer.pem`, each with its key, and an OpenSSH key `id` that `allowed`
  /// lists.
  static func forPacks(in folder: TemporaryFolder) async throws -> TestKeys {
    let keys = TestKeys(in: folder.path)
    try await keys.authority("ca")
    try await keys.authority("other")
    try await keys.issue("signer", key: "RSA:2048")
    try await keys.openSSH("id")
    try await keys.must("echo \"* $(cat id.pub)\" > allowed")
    return keys
  }
}
