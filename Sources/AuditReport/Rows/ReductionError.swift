package import AuditModel

/// Why rows could not be reduced.
package enum ReductionError: AuditFailure {
  /// Saved pages without rows, and no window was given.
  case noWindow

  /// What is missing, and what to do.
  package var message: Message { Message(.noPeriodInPages) }
}

/// Why decisions from elsewhere do not fit the rows.
package enum DecisionError: AuditFailure {
  /// Lines of a file give the GUID of one instance and the reference id of another.
  case severalInstances(file: String, lines: [Int])

  /// Which lines, and what to do.
  package var message: Message {
    switch self {
    case .severalInstances(let file, let lines):
      let first = Set(lines).sorted().prefix(10).map(String.init).joined(separator: ", ")
      return Message(
        .decisionsContradict, TerminalText.sanitized(file),
        Counted(Set(lines).count, "line").phrase, first)
    }
  }
}

/// Why the rows of a read are no population.
package enum PopulationError: AuditFailure {
  case sharedID(InstanceID, first: Int64, second: Int64)
  case sharedReferenceID(Int64, first: InstanceID, second: InstanceID)
  case unequalTotals([String])

  /// What is wrong, and what to do.
  package var message: Message {
    switch self {
    case .sharedID(let id, let first, let second):
      Message(.sharedGUID, "\(id)", "\(first)", "\(second)")
    case .sharedReferenceID(let referenceID, let first, let second):
      Message(.sharedReferenceID, "\(referenceID)", "\(first)", "\(second)")
    case .unequalTotals(let totals):
      Message(.unequalTotals, totals.joined(separator: ", "))
    }
  }
}
