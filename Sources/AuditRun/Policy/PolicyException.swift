import AuditModel

/// A breach that somebody answers for, until a day.
struct PolicyException: Sendable, Equatable {
  /// The gate's id.
  var gate: String
  /// The group of the gate's figure; `nil` for all of them.
  var group: String?
  var owner: String
  var reason: String
  var ticket: String
  var created: Instant
  var expires: Instant

  /// Whether both answer for some breach at some time.
  func overlaps(_ other: PolicyException) -> Bool {
    gate == other.gate
      && (group.map { Name($0) } == other.group.map { Name($0) } || group == nil
        || other.group == nil)
      && created < other.expires && other.created < expires
  }

  /// `until 2026-12-31T00:00:00.000Z by A. Auditor (TICKET-1): reason`.
  var words: String { "until \(expires) by \(owner) (\(ticket)): \(reason)" }
}

extension PolicyException {
  static let expired = figure("expired")
  static let unused = figure("unused")
  static let overlapping = figure("overlapping")
  static let used = figure("used")
  /// What gates can ask of the exceptions themselves.
  static let figures = [expired, unused, overlapping, used]

  private static func figure(_ name: String) -> ReportFigure {
    .single("exceptions", name, .count, isComparable: false)
  }
}
