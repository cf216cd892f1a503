package import AuditModel

/// Why the rows of a read are no population.
package enum PopulationError: AuditFailure {
  case sharedID(InstanceID, first: Int64, second: Int64)
  case sharedReferenceID(Int64, first: InstanceID, second: InstanceID)
  case unequalTotals([String])

  /// 65 for rows that contradict each other, 70 for a fault of kfaudit.
  package var exitStatus: ExitStatus {
    switch self {
    case .sharedID, .sharedReferenceID: .brokenData
    case .unequalTotals: .internalError
    }
  }

  /// What is wrong, and what to do.
  package var description: String {
    switch self {
    case .sharedID(let id, let first, let second):
      "two instances share the GUID \(id): reference ids \(first) and \(second). "
        + "Every figure counts instances by these ids, so none can be given; ask whoever runs the server."
    case .sharedReferenceID(let referenceID, let first, let second):
      "two instances share the reference id \(referenceID): \(first) and \(second). "
        + "Every figure counts instances by these ids, so none can be given; ask whoever runs the server."
    case .unequalTotals(let totals):
      "the control totals differ (\(totals.joined(separator: ", "))). This is a fault of kfaudit; "
        + "nothing was published. Please report it with the pages."
    }
  }
}
