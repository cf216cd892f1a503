/// What is said of a read, however its pages are kept: a fetch finds it, and options.json has it.
package struct ReadSummary: Codable, Sendable, Equatable {
  /// How much is known about completeness.
  package var verdict: CompletenessDocument.Verdict
  /// Why, a sentence each.
  package var reasons: [String]
  /// Times the whole range was read.
  package var reads: Int
  /// Rows of the first read; `nil` where the pages themselves say it.
  @ExplicitNull package var rows: Int?
  /// The total that the server announced for the range that was read.
  @ExplicitNull package var announcedTotal: Int?
  /// The first request's path and query exactly as sent.
  @ExplicitNull package var query: String?
  /// What deserves to be known whatever the verdict.
  package var notices: [Notice]
  /// How the questions for definitions went; absent where nobody asked.
  package var definitions: DefinitionAnswers?

  private enum CodingKeys: String, CodingKey {
    case verdict, reasons, reads, rows, announcedTotal, query
    case notices = "findings"
    case definitions = "controlDesign"
  }

  /// Begins with a verdict.
  package init(
    verdict: CompletenessDocument.Verdict, reasons: [String], reads: Int, notices: [Notice] = []
  ) {
    (self.verdict, self.reasons, self.reads, self.notices) = (verdict, reasons, reads, notices)
    (rows, announcedTotal, query) = (nil, nil, nil)
  }
}

/// How the questions for definitions went.
package struct DefinitionAnswers: Codable, Sendable, Equatable {
  /// The version of the API that answered; `nil` where none did.
  @ExplicitNull package var apiVersion: Int?
  /// Why the questions ended before their end, in words of ours without a full stop; `nil` where all were answered.
  @ExplicitNull package var refused: String?
  /// What ended them, for a log; `nil` where nothing did.
  package var failure: String?

  private enum CodingKeys: String, CodingKey { case apiVersion, refused }

  /// Knows what went as it did; where nothing is given, nothing has.
  package init(apiVersion: Int? = nil, refused: String? = nil) {
    (self.apiVersion, self.refused) = (apiVersion, refused)
  }
}
