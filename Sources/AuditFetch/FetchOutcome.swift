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

/// An instance that was not the same in all reads.
public struct RowChange: Sendable, Equatable {
  /// What happened to it.
  public enum Kind: String, Sendable {
    /// It was not in the first read, but in a later one.
    case appeared
    /// It was in the first read, but not in the last.
    case deleted
    /// Its row changed between the reads.
    case updated
  }

  /// One version of it.
  public struct Version: Sendable, Equatable {
    /// The read that saw it, from 1.
    public var read: Int
    /// The content that holds it; `nil` when the read did not find it.
    public var content: Int?
  }

  /// Which instance.
  public var referenceID: Int64
  /// What happened first.
  public var kind: Kind
  /// Its versions, in the order of the reads.
  public var versions: [Version]
  /// Whether it differed still when it was read for the last time.
  public var isVolatile: Bool
}

/// Something that deserves to be known whatever the verdict, with a code for machines.
public struct Finding: Sendable, Equatable {
  /// Upper case with underscores, such as `SCOPE`.
  public var code: String
  /// A sentence.
  public var text: String

  /// Makes a finding.
  public init(_ code: String, _ text: String) {
    self.code = code
    self.text = text
  }
}

/// What answers tell about a server and about the way to it.
public struct ServerFacts: Sendable, Equatable {
  /// Answers that were accepted.
  public var requests = 0
  /// Requests that were sent again, by the reason in a word: a status, `timeout`, `connection`, `unreadable`.
  public var retries: [String: Int] = [:]  // text: our words
  /// Tokens that were renewed because the server refused them.
  public var refusedTokens = 0
  /// What the server says in `X-Keyfactor-Product-Version`.
  public var productVersion: String?
  /// The server's clock at the last answer.
  public var serverDate: Instant?
  /// What the server returned at most where more was asked for and there was more.
  public var clamp: Clamp?
  /// The certificate that the server showed, in DER; `nil` without TLS.
  public var peerCertificate: [UInt8]?

  /// A page size that a server cuts to without saying so.
  public struct Clamp: Sendable, Equatable {
    /// How many rows it returned at most.
    public var returned: Int
    /// How many had been asked for.
    public var asked: Int
  }
}
