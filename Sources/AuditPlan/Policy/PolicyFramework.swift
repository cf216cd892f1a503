package import AuditModel

/// A framework that a policy declares, and the file that lists its controls.
package struct PolicyFramework: Sendable, Equatable {
  /// The file as read, kept as evidence.
  package var bytes: [UInt8]
  /// What it says.
  package var content: ControlFramework
}
