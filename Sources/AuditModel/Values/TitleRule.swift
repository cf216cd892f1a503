/// The rule that read a title.
public enum TitleRule: String, Sendable, CaseIterable {
  /// The title has ` is enrolling for a certificate with `.
  case enroll
  /// The title has ` is revoking certificate with `.
  case revoke
  /// The title has neither phrase; it is counted and listed.
  case unrecognised
}
