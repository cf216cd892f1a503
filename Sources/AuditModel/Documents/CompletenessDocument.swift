/// Whether the population is all there is, and how that is known.
public struct CompletenessDocument: Encodable, Sendable, Equatable {
  /// How much is known.
  public enum Verdict: String, Encodable, Sendable {
    case proved
    case provedWithChanges
    case unproved
    case incomplete
  }

  /// A range of reference ids, both ends included, that no row has.
  public struct Gap: Encodable, Sendable, Equatable {
    /// The first missing id.
    public var first: Int64
    /// The last missing id.
    public var last: Int64

    /// Makes a gap.
    public init(first: Int64, last: Int64) {
      self.first = first
      self.last = last
    }
  }

  /// How much is known.
  public var verdict: Verdict
  /// The total the server announced; `null` when it announced none.
  @WrittenNull public var announcedTotal: Int?
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
  /// The reference ids whose rows changed while being read.
  public var volatile: [Int64]
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
