package import AuditModel

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
