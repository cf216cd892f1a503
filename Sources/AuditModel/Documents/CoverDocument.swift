/// What the report is about: scope, source, query and times.
public struct CoverDocument: Encodable, Sendable, Equatable {
  /// One sentence: which instances the report covers.
  public var scope: String
  /// Who it is for; `null` where the configuration does not say.
  @ExplicitNull public var preparedFor: String?
  /// Where the instances came from.
  public var source: SourceDocument
  /// The version of kfaudit.
  public var toolVersion: String
  /// The first request's path and query exactly as sent; `null` for saved pages.
  @ExplicitNull public var query: String?
  /// The window on the start of instances.
  public var window: WindowDocument
  /// The as-of instant, RFC 3339 UTC: ages of open instances are measured to it.
  public var asOf: String
  /// Where the as-of instant comes from, in words.
  public var asOfSource: String
  /// The RFC 6962 Merkle root over the rows, ascending by reference id, lower-case hexadecimal; `null` over several packs.
  @ExplicitNull public var merkleRoot: String?
  /// What the tree's leaves are made of; absent over several packs, and in packs of before, whose leaves are `normalised`.
  public var leaf: LeafKind?
  /// The hash of the journal's last line, lower-case hexadecimal; `null` over several packs.
  @ExplicitNull public var journalHead: String?
  /// In a pseudonymised copy, and only there: the SHA-256 of the original's manifest.json, lower-case hexadecimal.
  public var twinOf: String?
  /// What surrounds the report in its pack; absent over several packs, and in a pseudonymised copy.
  public var pack: PackDocument?

  /// Makes a cover.
  public init(
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
public struct SourceDocument: Codable, Sendable, Equatable {
  /// Where they came from, in one word.
  public var kind: SourceKind
  /// The server's base URL; `null` for saved pages, and for several servers.
  @ExplicitNull public var server: String?
  /// What the server sends in `X-Keyfactor-Product-Version`.
  @ExplicitNull public var productVersion: String?
  /// The account that asked: a user name or a client id, never a secret.
  @ExplicitNull public var principal: String?
  /// The SHA-256 of the server's TLS certificate, lower-case hexadecimal.
  @ExplicitNull public var tlsPeer: String?

  /// Makes a source.
  public init(
    kind: SourceKind, server: String?, productVersion: String?, principal: String?, tlsPeer: String?
  ) {
    self.kind = kind
    self.server = server
    self.productVersion = productVersion
    self.principal = principal
    self.tlsPeer = tlsPeer
  }
}

/// Where instances come from, in one word; a pack of another version may have a word that is not known here.
public struct SourceKind: RawRepresentable, Codable, Sendable, Hashable {
  /// The word in documents.
  public var rawValue: String

  /// Takes a word as it is.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// A server over the network.
  public static let server = SourceKind(rawValue: "server")
  /// The embedded stand-in server.
  public static let sandbox = SourceKind(rawValue: "sandbox")
  /// A folder of saved pages.
  public static let pages = SourceKind(rawValue: "pages")
  /// Several packs, merged.
  public static let packs = SourceKind(rawValue: "packs")
}

/// A window in UTC and in the report's zone.
public struct WindowDocument: Codable, Sendable, Equatable {
  /// The first instant inside, RFC 3339 UTC.
  public var from: String
  /// The first instant after, RFC 3339 UTC.
  public var to: String
  /// The IANA name of the report's zone.
  public var timeZone: String
  /// `from` in the report's zone, with its offset.
  public var localFrom: String
  /// `to` in the report's zone, with its offset.
  public var localTo: String

  /// Describes a window.
  public init(_ window: Window) {
    from = window.from.description
    to = window.to.description
    timeZone = window.zone.identifier
    localFrom = window.zone.localDescription(of: window.from)
    localTo = window.zone.localDescription(of: window.to)
  }
}

/// What a report contains about its pack: its inputs, when the server answered, what it follows, who signs it.
public struct PackDocument: Encodable, Sendable, Equatable {
  /// A file that the run was given.
  public struct Input: Encodable, Sendable, Equatable {
    /// `configuration`, `policy`, `decisions`, or `framework` with its id.
    public var name: String
    /// SHA-256 of the file, lower-case hexadecimal.
    public var sha256: String

    /// Names a file.
    public init(name: String, sha256: String) {
      (self.name, self.sha256) = (name, sha256)
    }
  }

  /// The time over which a server answered, by its own clock.
  public struct Responses: Encodable, Sendable, Equatable {
    /// The date of the first response, RFC 3339 UTC.
    public var first: String
    /// The date of the last response, RFC 3339 UTC.
    public var last: String

    /// Names the first and the last instant.
    public init(first: String, last: String) {
      (self.first, self.last) = (first, last)
    }
  }

  /// The pack before this one.
  public struct Previous: Encodable, Sendable, Equatable {
    /// Its folder's name within the archive.
    public var path: String
    /// SHA-256 of its manifest.json, lower-case hexadecimal.
    public var manifestSha256: String

    /// Names a pack.
    public init(path: String, manifestSha256: String) {
      (self.path, self.manifestSha256) = (path, manifestSha256)
    }
  }

  /// Who signs the pack, as manifest.json has it in full.
  public struct Signer: Encodable, Sendable, Equatable {
    /// `cms` or `ssh`.
    public var kind: String
    /// The subject of the certificate, or the fingerprint of the key.
    public var name: String

    /// Names a signer.
    public init(kind: String, name: String) {
      (self.kind, self.name) = (kind, name)
    }
  }

  /// The files that the run was given.
  public var inputs: [Input]
  /// When the server answered; `null` for saved pages.
  @ExplicitNull public var responses: Responses?
  /// The pack before this one; `null` when there is none.
  @ExplicitNull public var previous: Previous?
  /// Who signs; `null` where the pack is not signed.
  @ExplicitNull public var signer: Signer?

  /// Describes a pack.
  public init(
    inputs: [Input] = [], responses: Responses? = nil, previous: Previous? = nil,
    signer: Signer? = nil
  ) {
    self.inputs = inputs
    self.responses = responses
    self.previous = previous
    self.signer = signer
  }
}

/// What the leaves of the Merkle tree over a pack's rows are made of.
public enum LeafKind: String, Codable, Sendable {
  /// The rows as the server sent them: the bytes of each object in its page, braces included.
  case received
  /// The lines of instances.ndjson, without their newlines.
  case normalised
}

/// The version of kfaudit: the one place that names it.
public enum ToolVersion {
  /// The release version, without a commit, so that packs of one release are comparable.
  public static let current = "0.3.0"
}
