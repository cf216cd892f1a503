import AuditModel

extension ControlDesignDocument {
  /// A version, and what changed since the one before.
  struct Row: Sendable {
    var version: Definition
    var changes: [Change.What]
  }

  var rows: [Row] {
    definitions.map { version in
      Row(
        version: version,
        changes: changes.filter { change in
          change.to == version.version
            && version.definitionId?.isSame(as: change.definitionId) == true
        }.map(\.what))
    }
  }

  /// The versions of a definition under each other, by the definition's name.
  var inReadingOrder: [Row] {
    rows.enumerated().sorted { left, right in
      let names = (
        Name(left.element.version.name ?? ""), Name(right.element.version.name ?? "")
      )
      return names.0 == names.1 ? left.offset < right.offset : names.0 < names.1
    }.map(\.element)
  }

  static let columns: [Column<Row>] = [
    Column("definition_id", "Definition ID", .text, about: "The definition's GUID.") {
      .text($0.version.definitionId)
    },
    Column("definition_version", "Version", .identifier, about: "The version's number.") {
      .identifier($0.version.version)
    },
    Column("definition_name", "Workflow definition", .text, about: "The definition's name.") {
      .text($0.version.name)
    },
    Column("workflow_type", "Workflow type", .text, about: "What the definition is about.") {
      .text($0.version.workflowType)
    },
    Column("found", "Read", .flag, about: "Whether the server showed it.") {
      .flag($0.version.found)
    },
    Column("reason", "Reason", .text, about: "Why it was not read.") { .text($0.version.reason) },
    Column(
      "approval", "Approval", .text,
      about: "always, conditional, or never: no approval step is enabled; missing if not read."
    ) { row in
      row.version.approval.map { .term($0.rawValue, label: $0.rawValue) } ?? .missing(.none)
    },
    Column(
      "design", "Approval steps", .text, about: "The approval steps in words, with their roles."
    ) { .text($0.version.words) },
    Column("instances", "Instances", .count, about: "Instances that ran under it.") {
      .count($0.version.instances)
    },
    Column("complete", "Completed", .count, about: "Those of them that completed.") {
      .count($0.version.complete)
    },
    Column("first_start", "First used", .instant, about: "The first usable start under it.") {
      .instant($0.version.firstStart)
    },
    Column(
      "changes", "Changes", .text,
      about: "What differs from the version before that instances ran under, joined by ;."
    ) { row in
      row.changes.isEmpty
        ? .missing(.none) : .text(row.changes.map(\.rawValue).joined(separator: ";"))
    },
    Column(
      "parameters", "Parameters", .text,
      about: "The parameters of its approval steps as received, a JSON array."
    ) { row in
      let values = row.version.approvalSteps.map(\.parameters)
      return values.isEmpty ? .missing(.none) : .text(ReceivedJSON.array(values).line)
    },
    Column(
      "other_steps", "Other steps", .text, about: "The kinds of its other steps, joined by ;."
    ) { row in
      row.version.found ? .text(row.version.otherSteps.joined(separator: ";")) : .missing(.none)
    },
    Column(
      "sha256", "SHA-256", .text, about: "The digest of the server's answer, which is not kept."
    ) { .text($0.version.sha256) },
  ]
}
