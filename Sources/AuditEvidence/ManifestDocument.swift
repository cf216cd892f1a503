public import AuditModel

/// `manifest.json`: what a pack is about, how complete it is, and every file in it.
public struct ManifestDocument: Codable, Sendable, Equatable {
  /// How much there is.
  public struct Counts: Codable, Sendable, Equatable {
    /// Instances of the window: the rows of instances.csv and the leaves of the Merkle tree.
    public var instances: Int
    /// Rows received, duplicates and rows outside the window included.
    public var rows: Int
    /// Distinct ids among them.
    public var distinct: Int
    /// Pages, and so lines of the journal.
    public var pages: Int
  }

  /// A file of the pack.
  public struct File: Codable, Sendable, Equatable {
    /// The path within the pack.
    public var path: String
    /// The size in bytes.
    public var bytes: Int
    /// SHA-256 of the content, lower-case hexadecimal.
    public var sha256: String
    /// The media type.
    public var mediaType: String

    /// Describes a file.
    public init(_ record: FileRecord) {
      path = record.path
      bytes = record.bytes
      sha256 = record.digest.hexadecimal
      mediaType = record.mediaType
    }
  }

  /// The pack before this one.
  public struct Previous: Codable, Sendable, Equatable {
    /// Its folder's name within the archive.
    public var path: String
    /// SHA-256 of its manifest.json, lower-case hexadecimal.
    public var manifestSha256: String

    /// Names a pack.
    public init(path: String, manifest: Digest) {
      self.path = path
      manifestSha256 = manifest.hexadecimal
    }
  }

  /// That a pack begins a new chain, as it was asked for.
  public struct ChainRestart: Codable, Sendable, Equatable {
    /// The newest pack then in the archive; `null` when that could not be found out.
    @WrittenNull public var after: Previous?
    /// The names of packs that could not be read; later packs need not know of them.
    public var unreadable: [String]

    /// Names the packs that this one does not follow.
    public init(after: Previous?, unreadable: [String] = []) {
      self.after = after
      self.unreadable = unreadable
    }
  }

  /// The version of this shape.
  public var schemaVersion = 1
  /// One sentence: which instances the pack covers.
  public var scope: String
  /// Where the instances came from.
  public var source: SourceDocument
  /// The window on the start of instances.
  public var window: WindowDocument
  /// The as-of instant, RFC 3339 UTC.
  public var asOf: String
  /// The version of kfaudit.
  public var toolVersion: String
  /// The first request's path and query exactly as sent; `null` for saved pages.
  @WrittenNull public var query: String?
  /// How much there is.
  public var counts: Counts
  /// Whether the population is all there is.
  public var completeness: CompletenessDocument
  /// How the conversation with the server went; `null` for saved pages.
  @WrittenNull public var conversation: ConversationDocument? = nil
  /// The RFC 6962 Merkle root over the lines of instances.ndjson, lower-case hexadecimal.
  public var merkleRoot: String
  /// The hash of the journal's last line, lower-case hexadecimal.
  public var journalHead: String
  /// The keys of the metrics in report.json.
  public var metrics: [String]
  /// The digest of the options that were asked for, lower-case hexadecimal.
  public var optionsSha256: String
  /// The pack before this one; `null` when there is none.
  @WrittenNull public var previous: Previous? = nil
  /// Present where `--restart-chain` began a new chain; then there is no pack before this one.
  public var chainRestart: ChainRestart?
  /// Who signs SHA256SUMS; `null` when nobody does.
  @WrittenNull public var signer: SignerDocument? = nil
  /// The address of the authority whose time-stamp stands beside it; `null` when there is none.
  @WrittenNull public var timestampAuthority: String? = nil
  /// Every file but this one, SHA256SUMS, its signature and its time-stamp, by path.
  public var files: [File]

  /// Describes a pack by its report, so that the two cannot disagree; what it does not
  /// say is set afterwards.
  public init(
    of report: ReportDocument, metrics: [String], options: Digest, pages: Int, files: [FileRecord]
  ) {
    scope = report.cover.scope
    source = report.cover.source
    window = report.cover.window
    asOf = report.cover.asOf
    toolVersion = report.cover.toolVersion
    query = report.cover.query
    // Only a report over several packs has neither, and no manifest is made of one.
    merkleRoot = report.cover.merkleRoot ?? ""
    journalHead = report.cover.journalHead ?? ""
    completeness = report.completeness
    counts = Counts(
      instances: report.metrics.population.instances, rows: report.completeness.rows,
      distinct: report.completeness.distinct, pages: pages)
    self.metrics = metrics
    optionsSha256 = options.hexadecimal
    self.files = files.sorted { $0.precedes($1) }.map(File.init)
  }

  /// The bytes of manifest.json, for people to read as well: indented, keys sorted, a newline at the end.
  ///
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  public func encoded() throws -> [UInt8] {
    try JSONFile.bytes(self)
  }
}

extension ManifestDocument: CountedDocument {
  /// Every size and count in it.
  public var boundedCounts: [(member: String, count: Int)] {
    [
      ("instances", counts.instances), ("rows", counts.rows), ("distinct", counts.distinct),
      ("pages", counts.pages), ("announcedTotal", completeness.announcedTotal ?? 0),
      ("rows", completeness.rows), ("distinct", completeness.distinct),
      ("reads", completeness.reads), ("requests", completeness.requests),
      ("gapCount", completeness.gapCount), ("openBefore", completeness.openBefore),
    ] + files.map { ("bytes", $0.bytes) }
  }
}

/// What a later run reads from the manifest of a published pack.
public struct PublishedManifest: Decodable, Sendable, Equatable {
  /// The root over the rows, lower-case hexadecimal.
  public var merkleRoot: String
  /// The digest of the options that were asked for, lower-case hexadecimal.
  public var optionsSha256: String
  /// Who signs it; a pack that is to be signed is not the same as one that is not.
  public var signer: SignerDocument?
  /// Whether it begins a new chain.
  private var chainRestart: ManifestDocument.ChainRestart?

  /// Reads manifest.json.
  ///
  /// - Throws: why the bytes are not a manifest.
  public init(decoding bytes: [UInt8]) throws(JSONDocumentError) {
    self = try JSONDocument.read(PublishedManifest.self, from: bytes)
  }

  /// Whether a published pack makes one with this manifest superfluous: it has the same rows, options and signer, and
  /// begins a new chain where this one does.
  public func isCovered(by published: PublishedManifest) -> Bool {
    merkleRoot == published.merkleRoot && optionsSha256 == published.optionsSha256
      && signer == published.signer && (chainRestart == nil || published.chainRestart != nil)
  }
}
