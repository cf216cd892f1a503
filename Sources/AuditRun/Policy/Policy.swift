import AuditModel

/// What a report must fulfil: gates, and the exceptions that somebody answers for.
public struct Policy: Sendable, Equatable {
  /// The file as read, kept as evidence.
  var bytes: [UInt8]
  /// The gates, in the file's order.
  var gates: [Gate] = []
  /// The exceptions, in the file's order.
  var exceptions: [PolicyException] = []
}
