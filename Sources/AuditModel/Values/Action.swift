/// What the initiating user asked for.
public enum Action: String, Sendable, CaseIterable {
  case enroll
  case revoke
  case other
}
