package import AuditModel

/// What the server's audit log has around the start and the last activity of an instance.
package struct AuditLogFindings: Sendable {
  /// Rows that name the instance in the same fields, of one category and operation.
  package struct Kind: Sendable, Hashable {
    /// The category's number.
    package var category: Int64?
    /// The server's word for what the row is about.
    package var entityType: String?
    /// The operation's number.
    package var operation: Int64?
    /// The fields that hold the instance's GUID.
    package var withID: [String] = []
    /// The fields that hold its reference id and not its GUID.
    package var withReferenceID: [String] = []

    /// Whether some field names the instance.
    var namesInstance: Bool { !withID.isEmpty || !withReferenceID.isEmpty }
  }

  /// The instance's integer id.
  package var referenceID: Int64
  /// When it started.
  package var start: Instant
  /// Its last activity.
  package var lastModified: Instant
  /// The rows around these times.
  package var rows = 0
  /// Those that name it by kind, with how many there are.
  package var kinds: [(kind: Kind, rows: Int)] = []
  /// Whether there are more rows than were looked at.
  package var isCut = false
}

/// Why the audit log says nothing about an instance.
package enum AuditLogError: AuditFailure, Equatable {
  /// The account sees no instance with this GUID.
  case noInstance(InstanceID, place: String)
  /// The instance has no start or no last activity that can be read.
  case noTimes(InstanceID)
  /// The account may not read the audit log.
  case forbidden(place: String, reason: String)
  /// The answer is no list of rows.
  case unreadable(place: String, reason: String)

  /// What is missing or refused, and what to do.
  package var message: Message {
    switch self {
    case .noInstance(let id, let place): Message(.unseenInstance, "\(id)", place)
    case .noTimes(let id): Message(.instanceWithoutTimes, "\(id)")
    case .forbidden(let place, let reason): Message(.auditLogForbidden, place, reason)
    case .unreadable(let place, let reason):
      Message(.unreadableAuditLog, place, TerminalText.sanitized(reason))
    }
  }
}
