/// What was found of a pack's time-stamp.
public enum TimestampVerdict: Sendable, Equatable {
  /// There is none.
  case absent
  /// The time-stamping authority says that the signature existed at a time.
  case valid(Timestamp, SignerTrust)
  /// The token is not one over this pack; why, in sentences.
  case invalid([String])
}
