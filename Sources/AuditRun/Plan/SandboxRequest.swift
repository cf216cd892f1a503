/// What `run --sandbox` asks of the stand-in server; `nil` leaves the choice to it.
public struct SandboxRequest: Sendable, Equatable {
  /// How many instances it holds.
  public var instances: Int?
  /// What its data is drawn from.
  public var seed: UInt64?
  /// The percentage of hostile names, 0 to 100.
  public var hostilePercent: Int?

  /// Asks for nothing in particular.
  public init() {}
}
