/// What the report is about: scope, source, query and times.
package struct CoverDocument: Encodable, Sendable, Equatable {
  /// One sentence: which instances the report covers.
  package var scope: String
  /// Whom it is for, as the configuration says; `null` when it names nobody.
  @WrittenNull package var preparedFor: String?
  /// Where the instances came from.
  package var source: SourceDocument
  /// The version of kfaudit.
  package var toolVersion: String
  /// The first request's path and query exactly as sent; `null` for saved pages.
  @WrittenNull package var query: String?
  /// The window on the start of instances.
  package var window: WindowDocument
  /// The as-of instant, RFC 3339 UTC: ages of open instances are measured to it.
  package var asOf: String
  /// Where the as-of instant comes from, in words.
  package var asOfSource: String
  /// The RFC 6962 Merkle root over the lines of instances.ndjson, lower-case hexadecimal; `null` over several packs.
  @WrittenNull package var merkleRoot: String?
  /// The hash of the journal's last line, lower-case hexadecimal; `null` over several packs.
  @WrittenNull package var journalHead: String?
  /// In a pseudonymised twin, and only there: the SHA-256 of the original's manifest.json, lower-case hexadecimal.
  package var twinOf: String?

  /// Makes a cover.
  package init(
    scope: String, preparedFor: String? = nil, source: SourceDocument, toolVersion: String,
    query: String?,
    window: WindowDocument,
    asOf: String, asOfSource: String, merkleRoot: String?, journalHead: String?
  ) {
    self.scope = scope
    self.preparedFor = preparedFor
    self.source = source
    self.toolVersion = toolVersion
    self.query = query
    self.window = window
    self.asOf = asOf
    self.asOfSource = asOfSource
    self.merkleRoot = merkleRoot
    self.journalHead = journalHead
  }
}

/// Where the instances of a report came from.
package struct SourceDocument: Codable, Sendable, Equatable {
  /// `server`, `sandbox` or `pages`; `packs` where packs were merged.
  package var kind: String
  /// The server's base URL; `null` for saved pages, and for several servers.
  @WrittenNull package var server: String?
  /// What the server says in `X-Keyfactor-Product-Version`.
  @WrittenNull package var productVersion: String?
  /// The account that asked: a user name or a client id, never a secret.
  @WrittenNull package var principal: String?
  /// The SHA-256 of the server's TLS certificate, lower-case hexadecimal.
  @WrittenNull package var tlsPeer: String?

  /// Makes a source.
  package init(
    kind: String, server: String?, productVersion: String?, principal: String?, tlsPeer: String?
  ) {
    self.kind = kind
    self.server = server
    self.productVersion = productVersion
    self.principal = principal
    self.tlsPeer = tlsPeer
  }
}

/// A window in UTC and in the report's zone.
package struct WindowDocument: Codable, Sendable, Equatable {
  /// The first instant inside, RFC 3339 UTC.
  package var from: String
  /// The first instant after, RFC 3339 UTC.
  package var to: String
  /// The IANA name of the report's zone.
  package var timeZone: String
  /// `from` in the report's zone, with its offset.
  package var localFrom: String
  /// `to` in the report's zone, with its offset.
  package var localTo: String

  /// Describes a window.
  package init(_ window: Window) {
    from = window.from.description
    to = window.to.description
    timeZone = window.zone.identifier
    localFrom = window.zone.localDescription(of: window.from)
    localTo = window.zone.localDescription(of: window.to)
  }
}
