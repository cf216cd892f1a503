import AuditModel

/// How the pages of a run were obtained: what the report says of their source and of their completeness.
struct Acquisition: Sendable {
  /// Where they came from.
  var source: SourceDocument
  /// The first request's path and query exactly as sent.
  var query: String?
  /// The total the server announced for the window it was asked for.
  var announcedTotal: Int?
  /// Times the whole range was read.
  var reads: Int
  /// Requests sent.
  var requests: Int
  /// What the server's clock said at the end of the read.
  var serverDate: Instant?
  /// Why the population is not proved, a sentence each.
  var reasons: [String]
}
