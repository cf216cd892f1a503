/// What the initiating user asked for.
public enum Action: String, Sendable, CaseIterable {
  /// A certificate is asked for.
  case enroll
  /// A certificate is revoked.
  case revoke
  /// The title is not recognised, and the workflow type is neither of the two.
  case other
}
