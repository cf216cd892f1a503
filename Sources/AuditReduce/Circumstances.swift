package import AuditModel

/// What is known only after the last instance.
package struct Circumstances: Sendable {
  /// The as-of instant: open instances are watched until then.
  package var asOf: Instant
  /// The window; its days are listed in the zone of the plan.
  package var window: Window
  /// Why open instances from before the window could not be asked for; `nil` when they could.
  package var olderRefused: String?

  /// Names the circumstances.
  package init(asOf: Instant, window: Window, olderRefused: String? = nil) {
    self.asOf = asOf
    self.window = window
    self.olderRefused = olderRefused
  }
}
