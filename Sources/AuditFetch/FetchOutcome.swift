public import AuditModel

/// What a fetch found: the pages to reduce, how complete they are, and how that is known.
public struct FetchOutcome: Sendable, Equatable {
  /// How much is known about completeness.
  public var verdict: CompletenessDocument.Verdict
  /// Why, a sentence each.
  public var reasons: [String] = []
  /// The numbers of the contents to reduce, pages of the first read first, in the order of their rows.
  public var contents: [Int] = []
  /// The contents with open instances from before the window.
  public var openContents: [Int] = []
  /// The total that the server announced for the range that was read.
  public var announcedTotal: Int?
  /// Rows of the first read.
  public var rows = 0
  /// How often the whole range was read.
  public var reads = 0
  /// What changed while it was read.
  public var changes: [RowChange] = []
  /// What deserves to be known whatever the verdict.
  public var findings: [Finding] = []
  /// What was asked before the first page, and what the server answered.
  public var preflight: [PreflightCheck] = []
  /// What is known of the server and the requests to it.
  public var facts = ServerFacts()
  /// Path and query of the first page's request, exactly as sent.
  public var query = ""

  /// What is left of a fetch that ended before its end.
  public init(incomplete reason: String, contents: [Int]) {
    self.init(verdict: .incomplete)
    reasons = [reason]
    self.contents = contents
    reads = 1
  }

  init(verdict: CompletenessDocument.Verdict, reasons: [String] = []) {
    self.verdict = verdict
    self.reasons = reasons
  }
}
