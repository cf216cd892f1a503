import Foundation

/// The tests that take longest, which `Tests/run.sh --fast` leaves out.
package enum SlowTests {
  /// Whether they run.
  package static var areWanted: Bool {
    ProcessInfo.processInfo.environment["KFAUDIT_FAST"] == nil
  }
}
