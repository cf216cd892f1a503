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
  /// Why the population is not proved, a sentence each.
  var reasons: [String]

  /// Why a population that was read once is not proved.
  static let oneRead =
    "one read: the population was read once, so an instance that appeared, changed or vanished meanwhile "
    + "cannot be told from one that was there all along."

  /// How saved pages were obtained: nobody can say.
  static let savedPages = Acquisition(
    source: SourceDocument(
      kind: "pages", server: nil, productVersion: nil, principal: nil, tlsPeer: nil),
    query: nil, announcedTotal: nil, reads: 1, requests: 0,
    reasons: [
      "saved pages: nothing shows that these are all pages, or that they were read at one time."
    ])
}
