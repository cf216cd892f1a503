/// The outside world of a fetch: how to reach a server, and what time it is meanwhile.
public struct Network: Sendable {
  /// Reaches servers, each for as long as a body runs.
  package var reach: any NetworkReach
  /// Waits and tells the time.
  package var patience: Patience

  /// The real one.
  public static let real = Network(reach: RealReach(), patience: .real)

  package init(reach: any NetworkReach, patience: Patience) {
    self.reach = reach
    self.patience = patience
  }
}
