package import AuditModel

/// Why rows cannot be reduced.
package enum ReductionError: AuditFailure {
  /// Saved pages have no rows, and no window was given.
  case noWindow
  /// A GUID is that of two reference ids.
  case sharedID(InstanceID, first: Int64, second: Int64)
  /// A reference id is that of two GUIDs.
  case sharedReferenceID(Int64, first: InstanceID, second: InstanceID)
  /// Control totals differ: a fault of the program.
  case unequalTotals([String])
  /// Lines of a file give the GUID of one instance and the reference id of another.
  case severalInstances(file: String, lines: [Int])

  /// What is wrong, and what to do.
  package var message: Message {
    switch self {
    case .noWindow: Message(.noPeriodInPages)
    case .sharedID(let id, let first, let second):
      Message(.sharedGUID, "\(id)", "\(first)", "\(second)")
    case .sharedReferenceID(let referenceID, let first, let second):
      Message(.sharedReferenceID, "\(referenceID)", "\(first)", "\(second)")
    case .unequalTotals(let totals): Message(.unequalTotals, totals.joined(separator: ", "))
    case .severalInstances(let file, let lines):
      Message(
        .decisionsContradict, TerminalText.sanitized(file),
        Counted(Set(lines).count, "line").phrase,
        Set(lines).sorted().prefix(10).map(String.init).joined(separator: ", "))
    }
  }
}
