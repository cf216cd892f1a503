import AuditModel

/// Takes secrets out of text that a server sent, which may echo what it was sent.
enum SecretScrubber {
  static func scrub(_ text: String, of secrets: [Secret]) -> String {
    secrets.map { $0.reveal() }.filter { !$0.isEmpty }.reduce(text) { result, secret in
      result.split(separator: secret, omittingEmptySubsequences: false).joined(
        separator: "(redacted)")
    }
  }
}
