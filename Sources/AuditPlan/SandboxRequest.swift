/// What `run --sandbox` asks of the stand-in server; `nil` leaves the choice to it.
package struct SandboxRequest: Sendable, Equatable {
  /// How many instances it holds.
  package var instances: Int?
  /// What its data is drawn from.
  package var seed: UInt64?
  /// The percentage of hostile names, 0 to 100.
  package var hostilePercent: Int?

  /// Asks for nothing in particular.
  package init() {}
}
