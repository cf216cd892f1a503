public import AuditModel

/// What a time-stamp says.
public struct Timestamp: Sendable, Equatable {
  /// When the stamped bytes existed at the latest.
  public var time: Instant
  /// The subject of the authority's certificate.
  public var authority: String
}
