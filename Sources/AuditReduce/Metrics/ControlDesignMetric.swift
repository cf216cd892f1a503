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
