/// Whether the population is all there is, and how that is known.
public struct CompletenessDocument: Codable, Sendable, Equatable {
  /// How much is known.
  ///
  /// From best to worst.
  public enum Verdict: String, Codable, Sendable, CaseIterable, Comparable {
    /// Two equal reads: a snapshot of all that the account may see.
    case proved
    /// The same but for instances that changed between the reads, each of which is named.
    case provedWithChanges
    /// Published and watermarked: nothing shows that these are all instances.
    case unproved
    /// A part could not be read; only `--keep-partial` keeps it.
    case incomplete

    /// What it means, in a sentence or two.
    public var meaning: String {
      switch self {
      case .proved:
        "Two reads returned the same records: all workflow instances that the account may see."
      case .provedWithChanges:
        "The same as proved, but for records that changed between the reads; each is listed."
      case .unproved:
        "Published and watermarked: nothing shows that these are all instances. The report gives the reason; the figures are right for the records that were read."
      case .incomplete:
        "A part could not be read. Nothing is published; with --keep-partial a folder that ends in .INCOMPLETE is kept, which is not evidence."
      }
    }

    /// Whether this is the better one.
    public static func < (left: Verdict, right: Verdict) -> Bool {
      (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
  }

  /// A range of reference ids, both ends included, that no row has.
  public struct Gap: Codable, Sendable, Equatable {
    /// The first missing id.
    public var first: Int64
    /// The last missing id.
    public var last: Int64

    /// Makes a gap.
    public init(first: Int64, last: Int64) {
      (self.first, self.last) = (first, last)
    }
  }

  /// How much is known.
  public var verdict: Verdict
  /// The total the server announced; `null` when it announced none.
  @ExplicitNull public var announcedTotal: Int?
  /// Rows received, duplicates and rows outside the window included.
  public var rows: Int
  /// Distinct ids among them.
  public var distinct: Int
  /// Times the whole range was read.
  public var reads: Int
  /// Requests that the answers needed, token requests not counted.
  public var requests: Int
  /// Ranges of reference ids between the lowest and the highest that no row has; the first 100.
  public var gaps: [Gap]
  /// How many such ranges there are.
  public var gapCount = 0
  /// How many reference ids lie in them.
  public var missingIds: Int64 = 0
  /// What changed between the reads, by reference id.
  public var changes: [RowChange<String>] = []
  /// The reference ids whose rows changed in the last read too; of saved pages, those that came in several versions.
  public var volatile: [Int64]
  /// Open instances that started before the window: fetched for the backlog, outside the cohort.
  public var openBefore = 0
  /// What deserves to be known whatever the verdict.
  public var findings: [Notice] = []
  /// Why the verdict is what it is, a sentence each.
  public var reasons: [String]

  /// Makes a statement of completeness.
  public init(
    verdict: Verdict, announcedTotal: Int?, rows: Int, distinct: Int, reads: Int, requests: Int,
    gaps: [Gap], volatile: [Int64], reasons: [String]
  ) {
    self.verdict = verdict
    self.announcedTotal = announcedTotal
    self.rows = rows
    self.distinct = distinct
    self.reads = reads
    self.requests = requests
    self.gaps = gaps
    self.volatile = volatile
    self.reasons = reasons
  }
}

extension CompletenessDocument {
  /// Why there is no total of the server.
  public var withoutTotal: String {
    verdict == .incomplete
      ? "no total is recorded, as the read ended early" : "no total was announced"
  }

  /// What missing ids are, and what they are not; `nil` where there are none.
  public var gapWords: String? {
    guard missingIds > 0 else { return nil }
    let ids = Counted(Int(missingIds), "reference ID")
    return
      "\(ids.start) between the lowest and the highest \(ids.verb) not in this period. IDs also skip when a workflow is "
      + "deleted, belongs to another period or is hidden from the account: this is not by itself a sign of loss."
  }
}

/// An instance that was not the same in all reads.
///
/// A page is identified by the number of its content while it is fetched, by its path in a pack.
public struct RowChange<Page: Codable & Sendable & Equatable>: Codable, Sendable, Equatable {
  /// One version of it.
  public struct Version: Codable, Sendable, Equatable {
    /// The read that saw it, from 1.
    public var read: Int
    /// The page that holds it; `null` when the read did not find it.
    @ExplicitNull public var page: Page?

    /// Names a version.
    public init(read: Int, page: Page?) {
      (self.read, self.page) = (read, page)
    }
  }

  /// Which instance.
  public var referenceId: Int64
  /// What happened first.
  public var kind: RowChangeKind
  /// Whether it differed still when it was read for the last time.
  public var isVolatile: Bool
  /// Its versions, in the order of the reads.
  public var versions: [Version]

  /// Describes a change.
  public init(referenceId: Int64, kind: RowChangeKind, isVolatile: Bool, versions: [Version]) {
    self.referenceId = referenceId
    self.kind = kind
    self.isVolatile = isVolatile
    self.versions = versions
  }

  /// The same change with other names for the pages.
  public func mapPages<Other>(_ name: (Page) -> Other) -> RowChange<Other> {
    RowChange<Other>(
      referenceId: referenceId, kind: kind, isVolatile: isVolatile,
      versions: versions.map { .init(read: $0.read, page: $0.page.map(name)) })
  }
}

/// What happened to an instance between two reads; a pack of another version may name a kind that is not known here.
public struct RowChangeKind: RawRepresentable, Codable, Sendable, Hashable {
  /// The name in documents.
  public var rawValue: String

  /// Takes a name as it is.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// It was not in the first read, but in a later one.
  public static let appeared = RowChangeKind(rawValue: "appeared")
  /// It was in the first read, but not in the last.
  public static let deleted = RowChangeKind(rawValue: "deleted")
  /// Its row changed between the reads.
  public static let updated = RowChangeKind(rawValue: "updated")
}

/// How the conversation with a server went: what it was asked before the pages, and what had to be sent again.
public struct ConversationDocument: Codable, Sendable, Equatable {
  /// One thing that was found out before the first page.
  public struct Check: Codable, Sendable, Equatable {
    /// How a check went.
    public struct Result: RawRepresentable, Codable, Sendable, Hashable {
      /// The name in documents.
      public var rawValue: String

      /// Takes a name as it is: a pack of another version may have one that is not known here.
      public init(rawValue: String) {
        self.rawValue = rawValue
      }

      /// As documented.
      public static let passed = Result(rawValue: "passed")
      /// Not as documented, or not known; the read goes another way or notes it.
      public static let noted = Result(rawValue: "noted")
    }

    /// What was looked at, in a word or two.
    public var name: String
    /// How it went.
    public var result: Result
    /// What was found, in words.
    public var detail: String

    /// Makes a check.
    public init(name: String, result: Result, detail: String) {
      (self.name, self.result, self.detail) = (name, result, detail)
    }
  }

  /// Requests that were sent again for one reason.
  public struct Retry: Codable, Sendable, Equatable {
    /// A status, `timeout`, `connection` or `unreadable`.
    public var reason: String
    /// How often.
    public var count: Int

    /// Makes an entry.
    public init(reason: String, count: Int) {
      (self.reason, self.count) = (reason, count)
    }
  }

  /// What was found out before the first page, and counts that must add up.
  public var preflight: [Check]
  /// Requests that were sent again.
  public var retries: [Retry]
  /// Tokens that were renewed because the server refused them.
  public var refusedTokens: Int
  /// The server's clock at the last answer, RFC 3339 UTC.
  @ExplicitNull public var serverDate: String?

  /// Describes a conversation.
  public init(
    preflight: [Check], retries: [Retry], refusedTokens: Int, serverDate: String?
  ) {
    self.preflight = preflight
    self.retries = retries
    self.refusedTokens = refusedTokens
    self.serverDate = serverDate
  }
}
