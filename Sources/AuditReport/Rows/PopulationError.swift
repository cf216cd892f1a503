package import AuditModel

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
