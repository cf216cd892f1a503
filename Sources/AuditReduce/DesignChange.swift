import AuditModel

/// A difference between two designs.
struct DesignChange: Equatable {
  /// What changed.
  var what: ControlDesignDocument.Change.What
  /// The approval step, by its unique name.
  var step: Name?

  /// An approval step is known again by its unique name, and among several of one name by its place.
  private struct StepKey: Hashable {
    var name: Name?
    var number: Int
  }

  private struct Right: Hashable {
    var signal: Name?
    var role: Int64?
    var token: Name?
  }

  private typealias Steps = [(
    key: StepKey, step: DefinitionDesign.Step, approval: DefinitionDesign.Approval
  )]

  /// What changed, in the order of the earlier steps, then of the new ones.
  static func all(from old: DefinitionDesign, to new: DefinitionDesign) -> [DesignChange] {
    let (before, after) = (steps(of: old), steps(of: new))
    var changes: [DesignChange] = []
    for step in before {
      let name = step.key.name
      guard let other = after.first(where: { $0.key == step.key }) else {
        changes.append(.init(what: .approvalStepRemoved, step: name))
        continue
      }
      if step.step.isEnabled != other.step.isEnabled {
        let isOn = other.step.isEnabled == true
        changes.append(
          .init(what: isOn ? .approvalStepEnabled : .approvalStepDisabled, step: name))
      }
      if step.step.isConditional != other.step.isConditional {
        changes.append(
          .init(
            what: other.step.isConditional ? .conditionAdded : .conditionRemoved, step: name))
      }
      let (could, can) = (rights(of: step.approval), rights(of: other.approval))
      if !can.isSubset(of: could) { changes.append(.init(what: .rolesWidened, step: name)) }
      if !could.isSubset(of: can) { changes.append(.init(what: .rolesNarrowed, step: name)) }
      if step.approval.parameters != other.approval.parameters {
        changes.append(.init(what: .parametersChanged, step: name))
      }
    }
    for step in after where !before.contains(where: { $0.key == step.key }) {
      changes.append(.init(what: .approvalStepAdded, step: step.key.name))
    }
    return changes
  }

  private static func steps(of design: DefinitionDesign) -> Steps {
    var numbers: [Name?: Int] = [:]
    return design.approvalSteps.map { step, approval in
      let number = numbers[approval.uniqueName, default: 0]
      numbers[approval.uniqueName] = number + 1
      return (StepKey(name: approval.uniqueName, number: number), step, approval)
    }
  }

  /// Who may send what.
  private static func rights(of approval: DefinitionDesign.Approval) -> Set<Right> {
    var rights: Set<Right> = []
    for signal in approval.signals {
      for role in signal.roles { rights.insert(.init(signal: signal.name, role: role.id)) }
      for token in signal.roleTokens { rights.insert(.init(signal: signal.name, token: token)) }
    }
    return rights
  }
}
