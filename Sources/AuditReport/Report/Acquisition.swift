import AuditEvidence
package import AuditFetch
package import AuditFiles
package import AuditModel

/// How the pages of a run were obtained: what the report says of their source and of their completeness.
package struct Acquisition: Sendable, Codable {
  /// Where they came from.
  package var source: SourceDocument
  /// The first request's path and query exactly as sent.
  @ExplicitNull package var query: String?
  /// The total the server announced for the range it was asked for.
  @ExplicitNull package var announcedTotal: Int?
  /// Rows of the first read; `nil` where the pages themselves say it.
  @ExplicitNull package var rows: Int?
  /// Times the whole range was read.
  package var reads: Int
  /// Requests answered.
  package var requests: Int
  /// How much is known about completeness.
  package var verdict: CompletenessDocument.Verdict
  /// Why, a sentence each.
  package var reasons: [String]
  /// What changed while it was read; `nil` where the pages themselves say it.
  @ExplicitNull package var changes: [RowChange<String>]?
  /// What deserves to be known whatever the verdict.
  package var findings: [Notice] = []
  /// Open instances that started before the window.
  package var openBefore = 0
  /// The earlier pack that the population is held against.
  @ExplicitNull package var comparedWith: String?
  /// The pages that were reduced, in their order, by their path in the pack; `nil` for all saved pages by name.
  @ExplicitNull package var pages: [String]?
  /// The pages with open instances from before the window, by their path in the pack; `nil` for saved pages.
  @ExplicitNull package var openPages: [String]?
  /// How the questions for definitions went; absent where nobody asked.
  package var controlDesign: DefinitionAnswers?
  /// What was asked of the server before the pages, and how the conversation went; it belongs to the manifest.
  package var conversation: ConversationDocument?

  private enum CodingKeys: String, CodingKey {
    case source, query, announcedTotal, rows, reads, requests, verdict, reasons, changes, findings
    case openBefore, comparedWith, pages, openPages, controlDesign
  }

  /// How the questions for definitions went, beside what evidence/definitions/ holds.
  package struct DefinitionAnswers: Codable, Sendable {
    /// The version of the API that answered; `null` where none did.
    @ExplicitNull package var apiVersion: Int?
    /// Why the questions ended before their end; `null` where all were answered.
    @ExplicitNull package var refused: String?
  }

  /// Why open instances from before the window could not be asked for.
  package var olderRefused: String? {
    findings.first { $0.code == Notice.Code.noBacklog.rawValue }?.text
  }
}

extension Acquisition {
  /// How saved pages were obtained: nobody can say.
  package init(of folder: PageFolder) {
    self.init(
      source: SourceDocument(
        kind: "pages", server: nil, productVersion: nil, principal: nil, tlsPeer: nil),
      query: nil, announcedTotal: nil, rows: nil, reads: 1, requests: 0, verdict: .unproved,
      reasons: [
        "saved pages: nothing shows that these are all pages, or that they were read at one time."
      ],
      findings: folder.skippedSentence.map { [Notice(.skipped, $0)] } ?? [])
  }
}

extension Acquisition {
  /// How a server's pages were obtained; `path` names the page of a content.
  package init(
    _ outcome: FetchOutcome, of connection: Connection, kind: String, path: (Int) -> String
  ) {
    let facts = outcome.facts
    self.init(
      source: SourceDocument(
        kind: kind, server: connection.server.description, productVersion: facts.productVersion,
        principal: connection.credentials.principal,
        tlsPeer: facts.peerCertificate.map { Digest.of($0).hexadecimal }),
      query: outcome.query.isEmpty ? nil : outcome.query, announcedTotal: outcome.announcedTotal,
      rows: outcome.rows,
      reads: outcome.reads, requests: facts.requests, verdict: outcome.verdict,
      reasons: outcome.reasons,
      changes: outcome.changes.map { $0.mapPages(path) },
      findings: outcome.notices,
      pages: outcome.contents.map(path), openPages: outcome.openContents.map(path),
      controlDesign: outcome.definitions.map {
        .init(apiVersion: $0.apiVersion, refused: $0.refused)
      },
      conversation: ConversationDocument(
        preflight: outcome.preflight,
        retries: facts.retries.sorted { $0.key < $1.key }.map {
          .init(reason: $0.key, count: $0.value)
        },
        refusedTokens: facts.refusedTokens,
        serverDate: facts.serverDate?.description))
  }
}
