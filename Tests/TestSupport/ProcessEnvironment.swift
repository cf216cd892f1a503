import Foundation

/// Settings of a test run.
package enum ProcessEnvironment {
  /// A number that a variable holds.
  package static func number(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap(UInt64.init)
  }
}
