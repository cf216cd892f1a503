import AuditEvidence

extension SealVerdict {
  /// What is wrong, in sentences: nothing of an unsigned pack, which must be called unsigned.
  var faults: [String] {
    var faults: [String] = []
    if case .invalid(let reasons) = signature { faults += reasons }
    if case .invalid(let reasons) = timestamp { faults += reasons }
    return faults
  }
}
