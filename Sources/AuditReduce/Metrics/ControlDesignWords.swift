import AuditModel

extension ControlDesignDocument.Definition {
  /// When instances are asked for approval.
  enum Approval: String {
    /// An approval step is enabled and has no conditions.
    case always
    /// Every approval step that is enabled has conditions.
    case conditional
    /// No approval step is enabled.
    case never
  }

  /// When its instances are asked for approval; `nil` where it was not read.
  var approval: Approval? {
    guard found else { return nil }
    let enabled = approvalSteps.filter(\.enabled)
    return enabled.isEmpty
      ? .never : enabled.allSatisfy(\.conditional) ? .conditional : .always
  }

  /// Its approval steps, as a reader understands them: `one approval step, always; role PKI Approvers`.
  var words: String {
    guard found else { return "not known: \(reason ?? "no reason is given")" }
    switch approvalSteps.count {
    case 0: return "no approval step"
    case 1: return "one approval step, \(approvalSteps[0].when); \(approvalSteps[0].roles)"
    case let count:
      return "\(count) approval steps: "
        + approvalSteps.map { "\($0.when), \($0.roles)" }.joined(separator: "; ")
    }
  }
}

extension ControlDesignDocument.ApprovalStep {
  /// When it runs.
  fileprivate var when: String {
    enabled ? conditional ? "conditional" : "always" : "disabled"
  }

  /// Who may decide: names of roles, their numbers where there are no names, and what is resolved only at run time.
  fileprivate var roles: String {
    let all = signals.flatMap(\.roles)
    var seen: Set<Int64> = []
    let named = all.filter { seen.insert($0.id).inserted }
      .map { $0.name?.string ?? "ID \($0.id)" }
    let dynamic = signals.contains { !$0.roleTokens.isEmpty }
    let words =
      (named.isEmpty ? [] : ["\(named.count == 1 ? "role" : "roles") \(named.enumeration)"])
      + (dynamic ? ["a role resolved at run time"] : [])
    return words.isEmpty ? "no role named" : words.joined(separator: ", ")
  }
}
