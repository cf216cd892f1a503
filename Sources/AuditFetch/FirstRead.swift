public import AuditModel

/// The first of two reads, complete: what can be worked on while the second one is under way.
public struct FirstRead: Sendable, Equatable {
  /// The numbers of its contents, in the order of their rows: those of ``FetchOutcome/contents`` unless rows change.
  public var contents: [Int]
  /// The server's clock at its end; `nil` when the answers carry no date.
  public var serverDate: Instant?
}
