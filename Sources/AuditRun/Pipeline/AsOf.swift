import AuditModel

/// The as-of instant of a run, to which ages of open instances are measured, and where it comes from.
struct AsOf: Sendable, Equatable {
  var instant: Instant
  var source: String

  /// The instant that `--as-of` names.
  static func option(_ instant: Instant) -> AsOf {
    AsOf(instant: instant, source: "the option --as-of")
  }

  /// The server's clock at the end of the read.
  static func server(_ instant: Instant) -> AsOf {
    AsOf(instant: instant, source: "the server's clock at the end of the read")
  }

  /// The newest instant in the pages.
  static func pages(_ instant: Instant) -> AsOf {
    AsOf(instant: instant, source: "the newest start or last modification in the pages")
  }
}
