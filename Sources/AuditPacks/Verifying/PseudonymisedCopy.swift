import AuditEvidence
import AuditModel
import AuditPlan
import AuditReduce
import AuditReport

/// A report with tokens in the place of names, for readers who need the figures and not the people.
struct PseudonymisedCopy {
  private let pseudonyms: Pseudonyms

  init(_ pseudonyms: Pseudonyms) {
    self.pseudonyms = pseudonyms
  }

  private func token(_ kind: String, _ text: String) -> String {
    pseudonyms.token(kind, for: text.utf8)
  }

  private func token(_ kind: String, _ text: Name) -> Name {
    Name(pseudonyms.token(kind, for: text.bytes))
  }

  /// Users and workflow types that the configuration names, under their tokens; definitions are GUIDs there.
  func replacing(_ settings: MetricSettings) -> MetricSettings {
    var settings = settings
    settings.serviceUsers = Set(
      settings.serviceUsers.map { Name(pseudonyms.token(for: User(named: $0))) })
    settings.serviceLevels = Dictionary(
      settings.serviceLevels.map { (pseudonyms.workflowType($0.key), $0.value) },
      uniquingKeysWith: +)
    settings.rejectedBy = Dictionary(
      settings.rejectedBy.map { id, name in
        (pseudonyms.number(for: id), Name(pseudonyms.token(for: User(named: name))))
      }, uniquingKeysWith: min)
    return settings
  }

  /// The policy without the words of its authors; gates, rules, frameworks and controls are known by their ids.
  ///
  /// What a rule compares with stays: rules are asked of the rows under their own names.
  func replacing(_ policy: Policy) -> Policy {
    var replaced = policy
    for (index, gate) in policy.gates.enumerated() {
      replaced.gates[index].title = gate.id
      if case .figure(let figure, let group?, let side, let min, let max) = gate.question {
        replaced.gates[index].question = .figure(
          figure, group: self.group(group, of: figure), side, min: min, max: max)
      }
    }
    for (index, framework) in policy.frameworks.enumerated() {
      let content = framework.content
      replaced.frameworks[index].content = ControlFramework(
        id: content.id, title: content.id,
        source: token("source", content.source),
        controls: content.controls.map { control in
          .init(
            id: control.id, title: control.id,
            cannotShow: control.cannotShow.map { _ in
              "Left out of this copy: the framework's file describes it."
            })
        })
    }
    for (index, rule) in policy.rules.enumerated() { replaced.rules[index].title = rule.id }
    replaced.exceptions = policy.exceptions.map { exception in
      var replaced = exception
      replaced.owner = token("owner", exception.owner)
      replaced.reason = token("reason", exception.reason)
      replaced.ticket = token("ticket", exception.ticket)
      replaced.note = exception.note.map { token("note", $0) }
      if let group = exception.group,
        case .figure(let figure, _, _, _, _) = policy.gates.first(where: {
          Name($0.id) == Name(exception.gate)
        })?.question
      {
        replaced.group = self.group(group, of: figure)
      }
      return replaced
    }
    return replaced
  }

  /// Decisions with tokens for approvers and for what the file says in words; the ids of instances stay.
  func replacing(_ file: DecisionFile) -> DecisionFile {
    var replaced = file
    replaced.name = token("file", file.name)
    replaced.unusedColumns = file.unusedColumns.map {
      token("column", $0)
    }
    replaced.decisions = file.decisions.map { decision in
      var replaced = decision
      let approver = Name(pseudonyms.token(for: decision.approver))
      replaced.approver = User(spelling: approver, key: approver, kind: decision.approver.kind)
      replaced.comment = decision.comment.map { token("comment", $0) }
      replaced.source = decision.source.map { token("source", $0) }
      return replaced
    }
    return replaced
  }

  /// The earlier pack, its titles and groups under their tokens.
  func replacing(_ earlier: PreviousDocument) -> PreviousDocument {
    var earlier = earlier
    earlier.unrecognisedTitles = earlier.unrecognisedTitles.map {
      token("title", $0)
    }
    earlier.versions = earlier.versions.map { version in
      var version = version
      version.id = version.id.map { pseudonyms.definitionID(Name($0)).string }
      return version
    }
    let figures = MetricCatalogue.figures
    earlier.figures = earlier.figures?.map { reported in
      var reported = reported
      let figure = figures.first { $0.name == reported.figure }
      reported.group = reported.group.map { group in
        figure.map { self.group(group, of: $0) } ?? token("group", group)
      }
      return reported
    }
    return earlier
  }

  /// The name of a group of a figure under its token.
  private func group(_ group: String, of figure: ReportFigure) -> String {
    figure.group(group) { member, text in
      switch member {
      case "user": pseudonyms.token(for: User(named: Name(text)))
      case "definitionId": pseudonyms.definitionID(Name(text)).string
      case "step": pseudonyms.step(Name(text)).string
      case "workflowType": pseudonyms.workflowType(Name(text)).string
      case "failureClass" where !FailureClass.builtInNames.contains(text):
        token("category", text)
      default: text
      }
    }
  }

  /// The definitions with tokens in the place of names, of roles' numbers and of all that parameters say.
  func replacing(_ design: ControlDesign) -> ControlDesign {
    ControlDesign(
      apiVersion: design.apiVersion, refused: design.refused,
      records: design.records.values.map { record in
        var replaced = record
        replaced.body.sha256 = token("body", record.body.sha256)
        if case .found(let design) = record.outcome {
          replaced.outcome = .found(replacing(design))
        }
        return replaced
      })
  }

  private func replacing(_ design: DefinitionDesign) -> DefinitionDesign {
    DefinitionDesign(
      name: design.name.map { token("definition", $0) },
      workflowType: design.workflowType.map(pseudonyms.workflowType),
      steps: design.steps.map { step in
        var replaced = step
        replaced.extensionName = pseudonyms.step(step.extensionName)
        replaced.approval = step.approval.map(replacing)
        return replaced
      })
  }

  private func replacing(_ approval: DefinitionDesign.Approval) -> DefinitionDesign.Approval {
    DefinitionDesign.Approval(
      uniqueName: approval.uniqueName.map(pseudonyms.step),
      displayName: approval.displayName.map(pseudonyms.step),
      signals: approval.signals.map { signal in
        DefinitionDesign.Signal(
          name: signal.name.map { token("signal", $0) },
          roles: signal.roles.map { role in
            .init(
              id: pseudonyms.number(for: role.id),
              name: role.name.map { token("role", $0) })
          },
          roleTokens: signal.roleTokens.map { token("role", $0) })
      }, parameters: replacing(approval.parameters))
  }

  /// A value of the same shape: what differs between two versions still does.
  private func replacing(_ value: ReceivedJSON) -> ReceivedJSON {
    switch value {
    case .null, .boolean: value
    case .number(let text), .text(let text):
      .text(token("parameter", text))
    case .array(let values): .array(values.map(replacing))
    case .object(let members):
      .object(
        members.map { member in
          .init(
            name: token("parameter", member.name),
            value: replacing(member.value))
        }.sorted { $0.name < $1.name })
    }
  }

  /// How reasons begin that contain nothing but our words and numbers.
  private static let ownReasons = [
    "APPEARED_DURING_RUN", "DELETED_DURING_RUN", "UPDATED_DURING_RUN", "VOLATILE", "Pass 1",
    "Pass 2",
    "The server", "The window's", "Two reads", "counted:", "saved pages:",
  ]

  /// The server and the account under their tokens, without sentences that may hold what somebody else wrote.
  func replacing(_ acquisition: Acquisition) -> Acquisition {
    var replaced = acquisition
    let source = acquisition.source
    replaced.source.server = source.server.map { token("host", $0) }
    replaced.source.productVersion = source.productVersion.map(pseudonyms.version)
    replaced.source.principal = source.principal.map { principal in
      pseudonyms.token(for: User(named: Name(principal)))
    }
    replaced.source.tlsPeer = source.tlsPeer.map { token("certificate", $0) }
    replaced.query = acquisition.query.map(Self.withoutPath)
    replaced.reasons = acquisition.reasons.map { reason in
      let isOwn = Self.ownReasons.contains { reason.utf8.starts(with: $0.utf8) }
      return isOwn ? reason : "One more reason is in the original report."
    }
    replaced.notices = acquisition.notices.filter { !$0.has(.scope) }.map {
      .init(code: $0.code, text: "What this notice says is in the original report.")
    }
    return replaced
  }

  /// A query without what comes before the name of the resource: the path is part of the server's address.
  private static func withoutPath(_ query: String) -> String {
    let resource = Array("/Workflow/".utf8)
    let bytes = Array(query.utf8)
    let start = bytes.indices.first { bytes[$0...].starts(with: resource) } ?? bytes.count
    return String(decoding: bytes[start...], as: UTF8.self)
  }

  /// Checks that every number of the copy's metrics is the original's.
  ///
  /// - Throws: ``ReductionError/unequalTotals(_:)`` with the first place whose numbers differ.
  static func checkFigures(
    of copy: MetricsDocument, equal original: MetricsDocument
  ) throws {
    let (left, right) = (
      try MetricNumbers(of: copy).byPlace, try MetricNumbers(of: original).byPlace
    )
    let differing = Set(left.keys).union(right.keys).filter { left[$0] != right[$0] }
    guard let place = differing.min() else { return }
    throw ReductionError.unequalTotals(["original\(place)", "copy\(place)"])
  }
}
