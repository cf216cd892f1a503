/// Something that happens during a fetch, for whoever watches it.
public enum FetchEvent: Sendable {
  /// A page was accepted.
  case page(FetchProgress)
  /// The first read is complete, and a second one begins.
  case firstRead(FirstRead)
  /// A request failed and will be sent again after some milliseconds, as this attempt.
  case waiting(milliseconds: Int64, attempt: Int, reason: String)
}
