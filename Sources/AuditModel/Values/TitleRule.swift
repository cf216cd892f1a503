/// The rule that read a title.
public enum TitleRule: String, Sendable, CaseIterable {
  case enroll
  case revoke
  case unrecognised
}
