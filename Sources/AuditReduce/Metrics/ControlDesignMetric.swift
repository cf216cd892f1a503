import AuditModel

/// `controlDesign`: which approval steps the definitions have that the cohort ran under.
///
/// Definition: every (definition, version) of the cohort with its approval steps as the server describes them;
/// `withoutApproval` = instances whose version has no approval step that is enabled and has no conditions; changes between
/// consecutive versions of the cohort, both of which were read. Limits: it shows how the control is designed, not that it
/// worked; a version that was not read is in no count but its own.
struct ControlDesignMetric: Metric {
  static let key = MetricKey("controlDesign")
  static let about =
    "Which approval steps, roles and conditions the workflow definitions have, and what changed."
  static let needs: Set<MetricNeed> = [.definitions]
  static let figures = [
    figure("withoutApproval", "instances"), figure("withoutApproval", "complete"),
    figure("notFound", "definitions"), figure("notFound", "instances"),
  ]

  init(plan: ReductionPlan) {}

  func finish(_ cohort: Cohort) -> ControlDesignDocument {
    let design = cohort.context.design ?? ControlDesign()
    let versions = Self.versions(of: cohort)
    return ControlDesignDocument(
      apiVersion: design.apiVersion, refused: design.refused,
      definitions: versions.map { definition($0, in: design) },
      changes: changes(between: versions, in: design))
  }

  private static func figure(_ group: String, _ member: String) -> ReportFigure {
    ReportFigure(
      "controlDesign.\(group).\(member)", .count, in: "controlDesign.\(group)", .init(member))
  }

  /// The versions of the cohort, whatever their workflow type, by id and version.
  private static func versions(of cohort: Cohort) -> [DefinitionVersion] {
    Dictionary(grouping: cohort.versions, by: \.definition).values
      .compactMap { parts in
        parts.dropFirst().reduce(parts.first) { whole, part in
          guard var whole else { return part }
          whole.instances += part.instances
          whole.complete += part.complete
          if let starts = part.starts { whole.starts = whole.starts.union(starts) }
          return whole
        }
      }
      .sorted { $0.definition.precedes($1.definition) }
  }

  private func definition(
    _ version: DefinitionVersion, in design: ControlDesign
  ) -> ControlDesignDocument.Definition {
    var row = ControlDesignDocument.Definition(
      definitionId: version.id?.string, version: version.version, instances: version.instances,
      complete: version.complete, firstStart: version.starts?.lowerBound)
    row.name = version.name?.string
    row.workflowType = version.workflowType?.string
    let record = design.records[version.definition]
    row.sha256 = record?.body.sha256
    switch record?.outcome {
    case .found(let found)?:
      row.found = true
      row.name = found.name?.string ?? row.name
      row.workflowType = found.workflowType?.string ?? row.workflowType
      row.approvalSteps = found.approvalSteps.map { .init($0.step, $0.approval) }
      row.otherSteps = found.steps.filter { $0.approval == nil }.map(\.extensionName.string)
    case .notFound(let reason)?: row.reason = reason
    case nil: row.reason = Self.reason(version.definition, design)
    }
    return row
  }

  /// Why nobody asked for a version.
  private static func reason(_ version: VersionedDefinition, _ design: ControlDesign) -> String {
    guard let id = version.id else { return "the instances name no definition" }
    guard id.isGUID else { return "the definition's id is not a GUID" }
    guard let number = version.version else { return "the instances name no version" }
    guard DefinitionRecord.versions.contains(number) else {
      return "the version is not a number that the server takes"
    }
    return design.refused == nil ? "no pack has it" : "not asked for"
  }

  private func changes(
    between versions: [DefinitionVersion], in design: ControlDesign
  ) -> [ControlDesignDocument.Change] {
    zip(versions, versions.dropFirst()).flatMap { earlier, later in
      guard let id = earlier.id, later.id == id, let from = earlier.version,
        let to = later.version, let old = design.design(of: earlier.definition),
        let new = design.design(of: later.definition)
      else { return [ControlDesignDocument.Change]() }
      return DesignChange.all(from: old, to: new).map { change in
        .init(
          definitionId: id.string, from: from, to: to, what: change.what,
          step: change.step?.string, firstStart: later.starts?.lowerBound.description)
      }
    }
  }
}

/// A difference between two designs.
private struct DesignChange {
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
