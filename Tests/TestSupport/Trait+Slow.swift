import Foundation
package import Testing

extension Trait where Self == ConditionTrait {
  /// A test that takes long, which `Tests/run.sh --fast` leaves out.
  package static var slow: Self {
    .enabled(
      if: ProcessInfo.processInfo.environment["KFAUDIT_FAST"] == nil,
      "slow: Tests/run.sh without --fast runs it")
  }
}
