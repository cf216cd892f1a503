/// Something that readers of audit evidence ask for, and how much of it a report shows.
public struct Requirement: Encodable, Sendable, Equatable {
  /// How much of it a report shows.
  public enum State: String, Encodable, Sendable, CaseIterable {
    /// All of it.
    case shown
    /// A part; the text explains which.
    case partly
    /// Nothing: it is not in the data that the report is made of.
    case notInData

    /// It as people read it.
    public var label: String {
      switch self {
      case .shown: "Shown"
      case .partly: "Partly"
      case .notInData: "Not in this data"
      }
    }
  }

  /// `R1` to `R16`.
  public var id: String
  /// What is asked for, in our words.
  public var title: String
  /// Where it is asked for.
  public var source: String
  /// How much of it the report shows.
  public var state: State
  /// The id of the section of the page that shows it; `null` where none does.
  @ExplicitNull public var section: String?
  /// What is shown and what is not, in a sentence or two.
  public var text: String

  /// States how much of a requirement is shown.
  package init(
    _ entry: RequirementEntry, _ state: State, in section: String?, _ text: String
  ) {
    id = entry.rawValue
    title = entry.title
    source = entry.source
    self.state = state
    self.section = section
    self.text = text
  }
}

/// What a metric knows of decisions from elsewhere, for what is said of the report as a whole.
package protocol DecisionEvidence: MetricResult {
  /// Finished instances that asked for approval.
  var required: Int { get }
  /// Those of the required ones that have a decision.
  var decided: Int { get }
  /// Those of the decided ones that their own requester decided.
  var ownDecisions: Int { get }
  /// Those of the decided ones whose requester is not known.
  var withoutUser: Int { get }
}

extension ReportDocument {
  /// What readers of audit evidence ask for, and how much of it this report shows.
  ///
  /// Each state follows from what the report has, by a fixed rule. None is a statement of compliance: that is the
  /// auditor's. The titles are our words; the sources have the text.
  public var requirements: [Requirement] {
    let states = RequirementStates(self)
    return states.ofRecords + states.ofDuties + states.ofOperation + states.ofEvidence
  }
}

/// The rules by which requirements are shown or not.
struct RequirementStates {
  let report: ReportDocument
  let population: PopulationDocument
  private let decisions: (any DecisionEvidence)?
  private let design: ControlDesignDocument?

  init(_ report: ReportDocument) {
    self.report = report
    population = report.metrics.population
    decisions = report.metrics.results.lazy.compactMap { $0 as? any DecisionEvidence }.first
    design = report.metrics[ControlDesignDocument.self]
  }

  var isProved: Bool { report.completeness.verdict <= .provedWithChanges }
  var isMerged: Bool { report.servers != nil }
  var isCopy: Bool { report.cover.twinOf != nil }
  var pack: PackDocument? { report.cover.pack }

  func has(_ metric: String) -> Bool {
    report.metrics.results.contains { $0.key.isSame(as: metric) }
  }

  /// What is asked of instances, as far as there are any.
  func each(_ requirement: Requirement) -> Requirement {
    if population.instances > 0 { return requirement }
    var empty = requirement
    (empty.state, empty.section) = (.notInData, "population")
    empty.text = "No instance started in this period."
    return empty
  }

  /// What is recorded of each request.
  var ofRecords: [Requirement] {
    [
      Requirement(
        .r1, isProved && withoutOutcome.isEmpty ? .shown : .partly,
        in: "population",
        having(
          "a workflow type and an outcome, from rejected to issued and revoked", withoutOutcome)
          + unproved),
      Requirement(
        .r2, ofPeople, in: placeOfDecisions,
        "\(having("type, outcome, times, requester and workflow definition", lacking)) \(decided)\(unproved)"
      ),
      Requirement(
        .r3, ofPeople, in: placeOfDecisions,
        hasDecisions
          ? "As R2: the decisions add people and times between start and last activity."
          : "As R2: the approver, and the times between start and last activity, are not in the data."
      ),
      Requirement(
        .r4, ofPeople, in: placeOfDecisions,
        hasDecisions
          ? "As R2, with the server and the step. The approver is in the file of decisions."
          : "As R2, with the server and the step. The approver is not in the data."),
      Requirement(
        .r5, hasDecisions ? .partly : .notInData, in: placeOfDecisions,
        hasDecisions
          ? "The file of decisions gives the approver. Nothing binds a decision to a person, and kfaudit cannot check the "
            + "file."
          : "Neither the approver nor the time is in the data, and nothing that binds a person to it."
      ),
    ].map(each)
  }

  /// How far both people of a request are known, and what became of it when.
  private var ofPeople: Requirement.State {
    guard isProved, lacking.isEmpty, hasDecisions, let decisions else { return .partly }
    return decisions.decided == decisions.required ? .shown : .partly
  }

  private var hasDecisions: Bool { decisions.map { $0.decided > 0 } ?? false }
  private var placeOfDecisions: String { decisions == nil ? "limitations" : "approvals" }
  private var unproved: String { isProved ? "" : " Nothing shows that these are all." }

  /// What some instances do not have.
  private typealias Lack = (instances: Int, what: String)

  /// What some instances do not have of type and outcome.
  private var withoutOutcome: [Lack] {
    let types = population.byWorkflowType.filter { $0.workflowType == nil }
    let all: [Lack] = [
      (types.reduce(0) { $0 + $1.instances }, "a workflow type"),
      (population.byStatus[.unknown], "a known status"),
    ]
    return all.filter { $0.instances > 0 }
  }

  /// What some instances do not have of all that is asked for.
  private var lacking: [Lack] {
    let definitions = population.byDefinition.filter { $0.definitionId == nil }
    let others: [Lack] = [
      (report.metrics.normalisation.withoutTimes, "usable dates"),
      (report.metrics.normalisation.withoutUser, "a requester"),
      (definitions.reduce(0) { $0 + $1.instances }, "a workflow definition"),
    ]
    return withoutOutcome + others.filter { $0.instances > 0 }
  }

  /// Which instances have something, or how many of them do not have what.
  private func having(_ fields: String, _ lacking: [Lack]) -> String {
    let instances = Counted(population.instances, "instance")
    if lacking.isEmpty {
      return "\(instances.all) \(instances.choose("has", "have")) \(fields)."
    }
    let lacks = lacking.map { "\(DisplayFormat.count($0.instances)) without \($0.what)" }
    return "Of \(instances.phrase): \(lacks.enumeration)."
  }

  /// How many decisions are known.
  private var decided: String {
    guard let decisions else {
      return "The approver is not in the API; a file of decisions (--approvals) adds it."
    }
    let required = Counted(decisions.required, "finished request")
    if required.number == 0 { return "No finished request asked for approval." }
    let covered =
      decisions.decided == required.number
      ? required.number == 1 ? "the only finished request" : "each of the \(required.phrase)"
      : "\(DisplayFormat.count(decisions.decided)) of \(required.phrase)"
    return "The file of decisions has approver and time for \(covered) that asked for approval."
  }

  /// How many instances have no requester, after what is said of requesters.
  var unknownUsers: String {
    let instances = Counted(report.metrics.normalisation.withoutUser, "instance")
    return instances.number == 0
      ? "" : " \(instances.start) \(instances.choose("has", "have")) no requester."
  }

  /// Who may do what, and who did.
  var ofDuties: [Requirement] {
    let isKnown = !definitions.isEmpty || hasDecisions
    let place = design?.definitions.isEmpty == false ? "control-design" : placeOfDecisions
    return [
      Requirement(
        .r6, isKnown ? .partly : .notInData, in: place,
        "Design: \(designed). Operation: \(own)."),
      Requirement(
        .r7, isKnown ? .partly : .notInData, in: place,
        isKnown
          ? "As R6, by the names of accounts and roles. Which certificates are EV is not in the data."
          : "As R6: nothing about approval is in the data."),
      Requirement(
        .r8, .partly, in: placeOfUsers,
        "Requesters are known by the \(isCopy ? "token" : "name") and the kind of their account.\(unknownUsers) Whether "
          + "several people use an account is not in the data."),
    ].map(each)
  }

  var placeOfUsers: String { has("concentration") ? "patterns" : "data-quality" }

  /// The versions of workflow definitions that were read.
  private var definitions: [ControlDesignDocument.Definition] {
    design?.definitions.filter(\.found) ?? []
  }

  /// How approval is designed.
  private var designed: String {
    guard let design else { return "not read; --control-design adds it" }
    if definitions.isEmpty { return "no workflow definition could be read with --control-design" }
    let always = definitions.count(where: \.alwaysAsksForApproval)
    let versions = Counted(
      definitions.count, "version of a workflow definition",
      plural: "versions of workflow definitions")
    let unread = design.notFound.definitions
    return "\(DisplayFormat.count(always)) of \(versions.phrase) "
      + "\(always == 1 ? "has" : "have") an approval step that always applies"
      + (unread == 0 ? "" : "; \(DisplayFormat.count(unread)) more could not be read")
  }

  /// Who decided on requests of their own.
  private var own: String {
    guard let decisions else {
      return
        "who decided, and who belonged to a role, is not in the data; --approvals adds decisions"
    }
    let compared = Counted(decisions.decided - decisions.withoutUser, "request")
    let unknown = Counted(decisions.withoutUser, "request")
    let own =
      !hasDecisions
      ? "no request has a decision"
      : compared.number == 0
        ? "no request with a decision has a requester"
        : "the requester decided on \(DisplayFormat.count(decisions.ownDecisions)) of \(compared.phrase) with a decision"
          + (unknown.number == 0
            ? ""
            : "; \(DisplayFormat.count(unknown.number)) more \(unknown.choose("has", "have")) no requester")
    return "\(own); who belonged to a role is not recorded"
  }
}
