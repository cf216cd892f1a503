import AuditEvidence
package import AuditFetch
package import AuditFiles
package import AuditModel

/// How the pages of a run were obtained: what the report says of their source and of their completeness.
@dynamicMemberLookup
package struct Acquisition: Sendable, Codable {
  /// Where they came from.
  package var source: SourceDocument
  /// What is said of the read; its members are members of this one.
  package var summary: ReadSummary
  /// Requests answered.
  package var requests = 0
  /// What changed while it was read; `nil` where the pages themselves say it.
  package var changes: [RowChange<String>]?
  /// Open instances that started before the window.
  package var openBefore = 0
  /// The earlier pack that the population is held against.
  package var comparedWith: String?
  /// The pages that were reduced, in their order, by their path in the pack; `nil` for all saved pages by name.
  package var pages: [String]?
  /// The pages with open instances from before the window, by their path in the pack; `nil` for saved pages.
  package var openPages: [String]?
  /// What was asked of the server before the pages, and how the conversation went; it belongs to the manifest.
  package var conversation: ConversationDocument?

  private enum CodingKeys: String, CodingKey {
    case source, requests, changes, openBefore, comparedWith, pages, openPages
  }

  private init(_ source: SourceDocument, _ summary: ReadSummary) {
    (self.source, self.summary) = (source, summary)
  }

  /// Reads the members of both parts from one object.
  package init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    source = try members.decode(SourceDocument.self, forKey: .source)
    summary = try ReadSummary(from: decoder)
    requests = try members.decode(Int.self, forKey: .requests)
    changes = try members.decodeIfPresent([RowChange<String>].self, forKey: .changes)
    openBefore = try members.decode(Int.self, forKey: .openBefore)
    comparedWith = try members.decodeIfPresent(String.self, forKey: .comparedWith)
    pages = try members.decodeIfPresent([String].self, forKey: .pages)
    openPages = try members.decodeIfPresent([String].self, forKey: .openPages)
  }

  /// Writes the members of both parts into one object; what is missing is written as `null`.
  package func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    try encoder.encode(members: [
      "source": source, "requests": requests, "changes": changes, "openBefore": openBefore,
      "comparedWith": comparedWith, "pages": pages, "openPages": openPages,
    ])
  }

  /// A member of the summary.
  package subscript<Value>(dynamicMember member: WritableKeyPath<ReadSummary, Value>) -> Value {
    get { summary[keyPath: member] }
    set { summary[keyPath: member] = newValue }
  }

  /// Why open instances from before the window could not be asked for.
  package var olderRefused: String? { summary.notices.first { $0.has(.noBacklog) }?.text }
}

extension Acquisition {
  /// How saved pages were obtained: nobody can say.
  package init(of folder: PageFolder) {
    self.init(
      SourceDocument(
        kind: .pages, server: nil, productVersion: nil, principal: nil, tlsPeer: nil),
      ReadSummary(
        verdict: .unproved,
        reasons: [
          "saved pages: nothing shows that these are all pages, or that they were read at one time."
        ], reads: 1, notices: folder.skippedSentence.map { [Notice(.skipped, $0)] } ?? []))
  }

  /// How a server's pages were obtained; `path` names the page of a content.
  package init(
    _ outcome: FetchOutcome, of connection: Connection, kind: SourceKind, path: (Int) -> String
  ) {
    let facts = outcome.facts
    self.init(
      SourceDocument(
        kind: kind, server: connection.server.description, productVersion: facts.productVersion,
        principal: connection.credentials.principal,
        tlsPeer: facts.peerCertificate.map { Digest.of($0).hexadecimal }),
      outcome.summary)
    requests = facts.requests
    changes = outcome.changes.map { $0.mapPages(path) }
    pages = outcome.contents.map(path)
    openPages = outcome.openContents.map(path)
    conversation = ConversationDocument(
      preflight: outcome.preflight,
      retries: facts.retries.sorted { $0.key < $1.key }.map {
        .init(reason: $0.key, count: $0.value)
      },
      refusedTokens: facts.refusedTokens, serverDate: facts.serverDate?.description)
  }
}
