package import AuditModel

/// `manifest.json`: what a pack is about, how complete it is, and every file in it.
package struct ManifestDocument: Codable, Sendable, Equatable {
  /// How much there is.
  package struct Counts: Codable, Sendable, Equatable {
    /// Instances of the window: the rows of instances.csv and the leaves of the Merkle tree.
    package var instances: Int
    /// Rows received, duplicates and rows outside the window included.
    package var rows: Int
    /// Distinct ids among them.
    package var distinct: Int
    /// Pages, and so lines of the journal.
    package var pages: Int
  }

  /// A file of the pack.
  package struct File: Codable, Sendable, Equatable {
    /// The path within the pack.
    package var path: String
    /// The size in bytes.
    package var bytes: Int
    /// SHA-256 of the content, lower-case hexadecimal.
    package var sha256: String
    /// The media type.
    package var mediaType: String

    /// Describes a file.
    package init(_ record: FileRecord) {
      path = record.path
      bytes = record.bytes
      sha256 = record.digest.hexadecimal
      mediaType = record.mediaType
    }
  }

  /// The pack before this one.
  package struct Previous: Codable, Sendable, Equatable {
    /// Its folder's name within the archive.
    package var path: String
    /// SHA-256 of its manifest.json, lower-case hexadecimal.
    package var manifestSha256: String

    /// Names a pack.
    package init(path: String, manifest: Digest) {
      self.path = path
      manifestSha256 = manifest.hexadecimal
    }
  }

  /// That a pack begins a new chain, as it was asked for.
  package struct ChainRestart: Codable, Sendable, Equatable {
    /// The newest pack then in the archive; `null` when that could not be found out.
    @ExplicitNull package var after: Previous?
    /// The names of packs that could not be read; later packs need not know of them.
    package var unreadable: [String]

    /// Names the packs that this one does not follow.
    package init(after: Previous?, unreadable: [String] = []) {
      (self.after, self.unreadable) = (after, unreadable)
    }
  }

  /// The version of this shape.
  package var schemaVersion = 1
  /// One sentence: which instances the pack covers.
  package var scope: String
  /// Where the instances came from.
  package var source: SourceDocument
  /// The window on the start of instances.
  package var window: WindowDocument
  /// The as-of instant, RFC 3339 UTC.
  package var asOf: String
  /// The version of kfaudit.
  package var toolVersion: String
  /// The first request's path and query exactly as sent; `null` for saved pages.
  @ExplicitNull package var query: String?
  /// How much there is.
  package var counts: Counts
  /// Whether the population is all there is.
  package var completeness: CompletenessDocument
  /// How the conversation with the server went; `null` for saved pages.
  @ExplicitNull package var conversation: ConversationDocument? = nil
  /// The RFC 6962 Merkle root over the rows, ascending by reference id, lower-case hexadecimal.
  package var merkleRoot: String
  /// What the tree's leaves are made of; absent in packs of before, whose leaves are `normalised`.
  package var leaf: LeafKind?
  /// The hash of the journal's last line, lower-case hexadecimal.
  package var journalHead: String
  /// The keys of the metrics in report.json.
  package var metrics: [String]
  /// The digest of the options that were asked for, lower-case hexadecimal.
  package var optionsSha256: String
  /// The pack before this one; `null` when there is none.
  @ExplicitNull package var previous: Previous? = nil
  /// Present where `--restart-chain` began a new chain; then there is no pack before this one.
  package var chainRestart: ChainRestart?
  /// Who signs SHA256SUMS; `null` where the pack is not signed.
  @ExplicitNull package var signer: SignerDocument? = nil
  /// The address of the time-stamping authority; `null` when there is none.
  @ExplicitNull package var timestampAuthority: String? = nil
  /// Every file but this one, SHA256SUMS, its signature and its time-stamp, by path.
  package var files: [File]

  /// Describes a pack by its report, so that the two cannot disagree; the rest is set afterwards.
  package init(
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
    leaf = report.cover.leaf
    journalHead = report.cover.journalHead ?? ""
    completeness = report.completeness
    counts = Counts(
      instances: report.metrics.population.instances, rows: report.completeness.rows,
      distinct: report.completeness.distinct, pages: pages)
    self.metrics = metrics
    optionsSha256 = options.hexadecimal
    self.files = files.sorted { $0.precedes($1) }.map(File.init)
  }

  /// What the tree's leaves are made of.
  package var leafKind: LeafKind { leaf ?? .normalised }

  /// The bytes of manifest.json, for people to read as well: indented, keys sorted, a newline at the end.
  ///
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  package func encoded() throws -> [UInt8] {
    try JSONFile.bytes(self)
  }
}

extension ManifestDocument: CountedDocument {
  /// Every size and count in it.
  package var boundedCounts: [(member: String, count: Int)] {
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
package struct PublishedManifest: Decodable, Sendable, Equatable {
  /// The root over the rows, lower-case hexadecimal.
  package var merkleRoot: String
  /// What the tree's leaves are made of.
  private var leaf: LeafKind?
  /// The digest of the options that were asked for, lower-case hexadecimal.
  package var optionsSha256: String
  /// Who signs it; a pack that is to be signed is not the same as one that is not.
  package var signer: SignerDocument?
  /// Whether it begins a new chain.
  private var chainRestart: ManifestDocument.ChainRestart?
  /// Every file, of which those with what is kept of definitions count.
  private var files: [ManifestDocument.File]?

  /// What is kept of the definitions.
  private var definitions: [ManifestDocument.File] {
    (files ?? []).filter { $0.path.begins(with: "\(DefinitionRecord.folder)/") }
  }

  /// Reads manifest.json.
  ///
  /// - Throws: why the bytes are not a manifest.
  package init(decoding bytes: [UInt8]) throws(JSONDocumentError) {
    self = try JSONDocument.read(PublishedManifest.self, from: bytes)
  }

  /// Whether a published pack has the same rows, definitions, options and signer, and is a restart where this is one.
  package func isCovered(by published: PublishedManifest) -> Bool {
    merkleRoot == published.merkleRoot && leaf == published.leaf
      && optionsSha256 == published.optionsSha256 && signer == published.signer
      && definitions == published.definitions
      && (chainRestart == nil || published.chainRestart != nil)
  }
}
