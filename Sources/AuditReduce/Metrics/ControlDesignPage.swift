package import AuditModel

extension ControlDesignDocument: MetricResult {
  /// Its key in report.json.
  package var key: String { ControlDesignMetric.key.rawValue }

  /// The values of a figure of this metric.
  package func values(of figure: ReportFigure) -> [ReportedFigure] {
    guard let index = ControlDesignMetric.figures.firstIndex(of: figure) else { return [] }
    let values = [
      withoutApproval.instances, withoutApproval.complete, notFound.definitions, notFound.instances,
    ]
    return [ReportedFigure(figure, value: values[index].map(Double.init))]
  }

  /// Every version, with what changed since the one before.
  package var tables: [MetricTable] {
    [
      MetricTable(
        .init(key: nil, file: "control_design"), title: "How approval is designed",
        columns: Self.columns, rows: rows)
    ]
  }

  /// What the design shows, and what it does not.
  package var limitation: String? {
    let reach =
      "The control design shows which approval steps the workflow definitions have, not that anybody decided."
    guard let refused else {
      return notFound.definitions == 0
        ? reach
        : "\(reach) \(Counted(notFound.definitions, "version").start) of workflow definitions could not be read."
    }
    return "The control design is not complete: \(refused)."
  }

  /// The versions by definition, what changed, and the limits of both.
  package func pages(in report: ReportDocument) -> [MetricPage] {
    let found = rows.filter(\.version.found)
    let blocks: [PageBlock] =
      refusal
      + [.sentence(summary(of: found)), .sentence(withoutWords)].filter { _ in
        !found.isEmpty
      } + changeWords.map { .sentence($0) }
      + [
        .table(
          PageTable(
            "control-design-table",
            MetricTable(
              .init(key: nil, file: "control_design"), title: "Approval steps by version",
              columns: Self.columns.named(
                "definition_name", "definition_version", "design", "instances", "complete",
                "first_start"),
              rows: inReadingOrder)
          ).limitedBySlot())
      ] + parameterBlocks
    return [
      MetricPage(
        slot: "control-design", id: "control-design", title: "Control design",
        blocks: definitions.isEmpty ? [] : blocks + [.note(Self.caption)])
    ]
  }

  private static let caption =
    "Read from the server's workflow definitions: it shows how the control was designed, not that it worked. “Always” is an "
    + "approval step that is enabled and has no conditions; a conditional one runs only for instances that meet its conditions, "
    + "which this report does not evaluate. Who belonged to a role is not recorded. Source: tables/control_design.csv and "
    + "evidence/definitions/."

  private var refusal: [PageBlock] {
    refused.map { [.sentence("Not all workflow definitions were read: \($0).")] } ?? []
  }

  private func summary(of found: [Row]) -> Sentence {
    let always = found.count { $0.version.approval == .always }
    let unread = notFound.definitions
    return """
      \(Counted(found.count, "version").start) of workflow definitions \
      \(Counted(found.count, "").pastVerb) read: \(Counted(always, "version").phrase) \
      \(Counted(always, "").choose("asks", "ask")) for approval always, \
      \(String(found.count { $0.version.approval == .conditional })) on conditions, \
      \(String(found.count { $0.version.approval == .never })) never.\
      \(unread == 0 ? "" : " \(Counted(unread, "version").start) could not be read.")
      """
  }

  private var withoutWords: Sentence {
    let instances = Counted(withoutApproval.instances ?? 0, "instance")
    let complete = withoutApproval.complete ?? 0
    let completed =
      instances.number == 1
      ? (complete == 1 ? "it completed" : "it did not complete")
      : "\(complete == 0 ? "none" : DisplayFormat.count(complete)) of them completed"
    return """
      \(instances.start) ran on a version without an approval step that always applies\
      \(instances.number == 0 ? "" : "; \(completed)").
      """
  }

  /// A sentence for each pair of versions that differ.
  private var changeWords: [Sentence] {
    var sentences: [Sentence] = []
    var rest = changes[...]
    while let first = rest.first {
      let same = rest.prefix {
        $0.definitionId.isSame(as: first.definitionId) && $0.from == first.from
      }
      rest = rest.dropFirst(same.count)
      let version = definitions.first {
        $0.definitionId?.isSame(as: first.definitionId) == true && $0.version == first.to
      }
      let since = version?.firstStart.map { start in
        let (day, time) = DisplayFormat.second(of: start)
        return ", first used \(day) \(time)"
      }
      let changes = same.map { $0.words(in: version?.approvalSteps ?? []) }
      sentences.append(
        """
        Changed in \(name: version?.name) from version \(String(first.from)) to \(String(first.to))\(since ?? ""): \
        \(sentence: changes.enumeration).
        """)
    }
    return sentences
  }

  /// A parameter of an approval step.
  private struct Parameter: Sendable {
    var version: Definition
    var step: String?
    var name: String
    var value: String
  }

  /// What the approval steps are configured with, in place; names and values are the server's.
  private var parameterBlocks: [PageBlock] {
    let parameters = inReadingOrder.flatMap { row in
      row.version.approvalSteps.flatMap { step -> [Parameter] in
        guard case .object(let members) = step.parameters else { return [] }
        return members.map { member in
          Parameter(
            version: row.version, step: step.uniqueName, name: member.name.string,
            value: member.value.line)
        }
      }
    }
    if parameters.isEmpty { return [] }
    let columns: [Column<Parameter>] = [
      .text("definition", "Workflow definition", about: "Its name.") { $0.version.name },
      .identifier("version", "Version", about: "The version's number.") { $0.version.version },
      .text("step", "Approval step", about: "Its unique name.") { $0.step },
      .text("parameter", "Parameter", about: "Its name at the server.") { $0.name },
      .text("value", "Value", about: "Its value, as JSON.") { $0.value },
    ]
    return [
      .details(
        "Parameters of the approval steps",
        [
          .table(
            PageTable(
              "control-design-parameters", "Parameters as the server has them", columns: columns,
              rows: parameters, file: "control_design"
            ).limitedBySlot())
        ])
    ]
  }
}

extension ControlDesignDocument.Change {
  /// What changed, in words; what is added may be disabled in the later version, which has these steps.
  fileprivate func words(in steps: [ControlDesignDocument.ApprovalStep]) -> Sentence {
    switch what {
    case .approvalStepAdded:
      """
      \(steps.last { $0.uniqueName.map(Name.init) == step.map(Name.init) }?.enabled == false ? "disabled " : "")\
      approval step \(name: step) added
      """
    case .approvalStepRemoved: "approval step \(name: step) removed"
    case .approvalStepEnabled: "approval step \(name: step) enabled"
    case .approvalStepDisabled: "approval step \(name: step) disabled"
    case .conditionAdded: "conditions added to approval step \(name: step)"
    case .conditionRemoved: "conditions removed from approval step \(name: step)"
    case .rolesWidened: "more roles for approval step \(name: step)"
    case .rolesNarrowed: "fewer roles for approval step \(name: step)"
    case .parametersChanged: "parameters of approval step \(name: step) changed"
    }
  }
}

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
  private var inReadingOrder: [Row] {
    rows.enumerated().sorted { left, right in
      let names = (
        Name(left.element.version.name ?? ""), Name(right.element.version.name ?? "")
      )
      return names.0 == names.1 ? left.offset < right.offset : names.0 < names.1
    }.map(\.element)
  }

  static let columns: [Column<Row>] = [
    .text("definition_id", "Definition ID", about: "The definition's GUID.") {
      $0.version.definitionId
    },
    .identifier("definition_version", "Version", about: "The version's number.") {
      $0.version.version
    },
    .text("definition_name", "Workflow definition", about: "The definition's name.") {
      $0.version.name
    },
    .text("workflow_type", "Workflow type", about: "What the definition is about.") {
      $0.version.workflowType
    },
    .flag("found", "Read", about: "Whether the server showed it.") { $0.version.found },
    .text("reason", "Reason", about: "Why it was not read.") { $0.version.reason },
    .word(
      "approval", "Approval",
      about: "always, conditional, or never: no approval step is enabled; missing if not read."
    ) { $0.version.approval?.rawValue },
    .text("design", "Approval steps", about: "The approval steps in words, with their roles.") {
      $0.version.words
    },
    .count("instances", "Instances", about: "Instances that ran under it.") {
      $0.version.instances
    },
    .count("complete", "Completed", about: "Those of them that completed.") { $0.version.complete },
    .instant("first_start", "First used", about: "The first usable start under it.") {
      $0.version.firstStart
    },
    .text(
      "changes", "Changes",
      about: "What differs from the version before that instances ran under, joined by ;."
    ) { $0.changes.isEmpty ? nil : $0.changes.map(\.rawValue).joined(separator: ";") },
    .text(
      "parameters", "Parameters",
      about: "The parameters of its approval steps as received, a JSON array."
    ) { row in
      let values = row.version.approvalSteps.map(\.parameters)
      return values.isEmpty ? nil : ReceivedJSON.array(values).line
    },
    .text("other_steps", "Other steps", about: "The kinds of its other steps, joined by ;.") {
      $0.version.found ? $0.version.otherSteps.joined(separator: ";") : nil
    },
    .text("sha256", "SHA-256", about: "The digest of the server's answer, which is not kept.") {
      $0.version.sha256
    },
  ]
}
