package import AuditModel
package import AuditPlan

extension ReportDocument {
  /// Enters what a policy says of the report.
  ///
  /// - Returns: The judgement; `nil` without a policy.
  package mutating func judge(by policy: Policy?, asOf: Instant) -> PolicyJudgement? {
    guard let policy else { return nil }
    let judgement = PolicyJudgement(policy, of: self, asOf: asOf)
    gates = judgement.gates
    frameworks = policy.frameworks.map(\.content)
    completeness.findings += judgement.findings
    return judgement
  }
}
