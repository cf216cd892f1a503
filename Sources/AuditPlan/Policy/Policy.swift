import AuditModel

/// What a report must fulfil: gates, and the exceptions that somebody answers for.
package struct Policy: Sendable, Equatable {
  /// The file as read, kept as evidence.
  package var bytes: [UInt8]
  /// The gates, in the file's order.
  package var gates: [Gate] = []
  /// The exceptions, in the file's order.
  package var exceptions: [PolicyException] = []
}
