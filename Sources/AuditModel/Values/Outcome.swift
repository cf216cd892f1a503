/// What became of an instance: status says where the workflow ended, the status message what happened.
public enum Outcome: String, Sendable, CaseIterable {
  /// Complete, and the message says that a certificate was issued.
  case issued
  /// Complete, and the message says that it was revoked.
  case revoked
  /// Complete, while the CA still holds the request for a decision.
  case pendingAtCA
  /// The workflow ended with an error.
  case failed
  /// Somebody refused an approval.
  case rejected
  /// Running or suspended.
  case open
  /// Another instance took over after a restart.
  case superseded
  /// Complete with a message that says neither issued, revoked nor pending.
  case complete
  /// The status is none that is known.
  case unknown
}
