package import AuditModel

/// The as-of instant of a run, to which ages of open instances are measured, and where it comes from.
package struct AsOf: Sendable, Equatable {
  /// The instant.
  package var instant: Instant
  /// Where it comes from, as the report has it.
  package var source: String

  /// Makes one from its parts.
  package init(instant: Instant, source: String) {
    (self.instant, self.source) = (instant, source)
  }

  /// The instant that `--as-of` names.
  package static func option(_ instant: Instant) -> AsOf {
    AsOf(instant: instant, source: "the option --as-of")
  }

  /// The server's clock at the end of the read.
  package static func server(_ instant: Instant) -> AsOf {
    AsOf(instant: instant, source: "the server's clock at the end of the read")
  }

  /// The newest instant in the pages.
  package static func pages(_ instant: Instant) -> AsOf {
    AsOf(instant: instant, source: "the newest start or last modification in the pages")
  }
}
