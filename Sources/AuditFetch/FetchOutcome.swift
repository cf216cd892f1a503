package import AuditModel

/// What a fetch found: the pages to reduce, how complete they are, and how that is known.
@dynamicMemberLookup
package struct FetchOutcome: Sendable, Equatable {
  /// What is said of the read.
  package var summary: ReadSummary
  /// The numbers of the contents to reduce, pages of the first read first, in the order of their rows.
  package var contents: [Int] = []
  /// The contents with open instances from before the window.
  package var openContents: [Int] = []
  /// The server's clock when the rows were as they were read: at the end of the first read where the second one gave the
  /// same, else at the end of all; `nil` when the answers carry no date.
  package var asOf: Instant?
  /// What changed while it was read.
  package var changes: [RowChange<Int>] = []
  /// What was asked before the first page, and what the server answered.
  package var preflight: [ConversationDocument.Check] = []
  /// What is known of the server and the requests to it.
  package var facts = ServerFacts()

  /// A member of the summary.
  package subscript<Value>(dynamicMember member: WritableKeyPath<ReadSummary, Value>) -> Value {
    get { summary[keyPath: member] }
    set { summary[keyPath: member] = newValue }
  }
}

extension FetchOutcome {
  /// What is left of a fetch that ended before its end.
  package init(incomplete reason: String, contents: [Int]) {
    self.init(
      summary: ReadSummary(verdict: .incomplete, reasons: [reason], reads: 1), contents: contents)
  }
}

extension ConversationDocument.Check {
  /// A check that went as documented, unless it did not.
  static func passed(_ name: String, _ detail: String, if isPassed: Bool = true) -> Self {
    Self(name: name, result: isPassed ? .passed : .noted, detail: detail)
  }

  /// A check that did not go as documented, or whose result is not known.
  static func noted(_ name: String, _ detail: String) -> Self { passed(name, detail, if: false) }
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

/// Something that happens during a fetch, for whoever watches it.
package enum FetchEvent: Sendable {
  /// A page was accepted.
  case page(FetchProgress)
  /// The first read is complete, and a second one begins.
  case firstRead(FirstRead)
  /// A request failed and will be sent again after some milliseconds, as this attempt.
  case waiting(milliseconds: Int64, attempt: Int, reason: String)
}

/// How far a fetch has come.
package struct FetchProgress: Sendable {
  /// The read that is under way, from 1; 0 for the open instances from before the window.
  package var read: Int
  /// Pages of it that were accepted.
  package var pages: Int
  /// Rows in them.
  package var rows: Int
  /// How many rows the server counts; `nil` when it does not.
  package var total: Int?
  /// The page that was accepted last.
  package var page: RawPage
}

/// The first of two reads, complete: what can be worked on while the second one is under way.
package struct FirstRead: Sendable, Equatable {
  /// The numbers of its contents, in the order of their rows: those of ``FetchOutcome/contents`` unless rows change.
  package var contents: [Int]
  /// The contents with open instances from before the window.
  package var openContents: [Int]
  /// Why those could not be asked for.
  package var olderRefused: String?
  /// The server's clock at its end; `nil` when the answers carry no date.
  package var serverDate: Instant?
}
