public import AuditModel

/// When signers are judged: whether their certificates were valid and their keys allowed.
public enum VerificationTime: Sendable, Equatable {
  /// Now; a time-stamp by an authority that is trusted takes its place.
  case now(Instant)
  /// At an instant that a person names, whatever a time-stamp says.
  case at(Instant)
}
