/// What became of an instance: status says where the workflow ended, the status message what happened.
public enum Outcome: String, Sendable, CaseIterable {
  case issued
  case revoked
  case pendingAtCA
  case failed
  case rejected
  case open
  case superseded
  /// Complete with a message that says neither issued, revoked nor pending.
  case complete
  case unknown
}
