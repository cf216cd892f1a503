package import AuditModel

/// What a fetch found: the pages to reduce, how complete they are, and how that is known.
package struct FetchOutcome: Sendable, Equatable {
  /// How much is known about completeness.
  package var verdict: CompletenessDocument.Verdict
  /// Why, a sentence each.
  package var reasons: [String] = []
  /// The numbers of the contents to reduce, pages of the first read first, in the order of their rows.
  package var contents: [Int] = []
  /// The contents with open instances from before the window.
  package var openContents: [Int] = []
  /// The total that the server announced for the range that was read.
  package var announcedTotal: Int?
  /// Rows of the first read.
  package var rows = 0
  /// How often the whole range was read.
  package var reads = 0
  /// What changed while it was read.
  package var changes: [RowChange] = []
  /// What deserves to be known whatever the verdict.
  package var findings: [Finding] = []
  /// What was asked before the first page, and what the server answered.
  package var preflight: [PreflightCheck] = []
  /// What is known of the server and the requests to it.
  package var facts = ServerFacts()
  /// Path and query of the first page's request, exactly as sent.
  package var query = ""

  /// What is left of a fetch that ended before its end.
  package init(incomplete reason: String, contents: [Int]) {
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
package struct RowChange: Sendable, Equatable {
  /// What happened to it.
  package enum Kind: String, Sendable {
    /// It was not in the first read, but in a later one.
    case appeared
    /// It was in the first read, but not in the last.
    case deleted
    /// Its row changed between the reads.
    case updated
  }

  /// One version of it.
  package struct Version: Sendable, Equatable {
    /// The read that saw it, from 1.
    package var read: Int
    /// The content that holds it; `nil` when the read did not find it.
    package var content: Int?
  }

  /// Which instance.
  package var referenceID: Int64
  /// What happened first.
  package var kind: Kind
  /// Its versions, in the order of the reads.
  package var versions: [Version]
  /// Whether it differed still when it was read for the last time.
  package var isVolatile: Bool
}

/// Something that deserves to be known whatever the verdict, with a code for machines.
package struct Finding: Sendable, Equatable {
  /// Upper case with underscores, such as `SCOPE`.
  package var code: String
  /// A sentence.
  package var text: String

  /// Makes a finding.
  package init(_ code: String, _ text: String) {
    self.code = code
    self.text = text
  }
}

/// What answers tell about a server and about the way to it.
package struct ServerFacts: Sendable, Equatable {
  /// Answers that were accepted.
  package var requests = 0
  /// Requests that were sent again, by the reason in a word: a status, `timeout`, `connection`, `unreadable`.
  package var retries: [String: Int] = [:]  // text: our words
  /// Tokens that were renewed because the server refused them.
  package var refusedTokens = 0
  /// What the server says in `X-Keyfactor-Product-Version`.
  package var productVersion: String?
  /// The server's clock at the last answer.
  package var serverDate: Instant?
  /// What the server returned at most where more was asked for and there was more.
  package var clamp: Clamp?
  /// The certificate that the server showed, in DER; `nil` without TLS.
  package var peerCertificate: [UInt8]?

  /// A page size that a server cuts to without saying so.
  package struct Clamp: Sendable, Equatable {
    /// How many rows it returned at most.
    package var returned: Int
    /// How many had been asked for.
    package var asked: Int
  }
}
