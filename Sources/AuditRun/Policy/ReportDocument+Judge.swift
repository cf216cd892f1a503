import AuditModel

extension ReportDocument {
  /// Enters what a policy says of the report.
  ///
  /// - Returns: The judgement; `nil` without a policy.
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  mutating func judge(by policy: Policy?, asOf: Instant) throws -> PolicyJudgement? {
    guard let policy else { return nil }
    let judgement = try PolicyJudgement(policy, of: self, asOf: asOf)
    gates = judgement.gates
    completeness.findings += judgement.findings
    return judgement
  }
}
