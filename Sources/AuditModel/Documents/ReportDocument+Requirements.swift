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
  /// The versions of workflow definitions that were read; none where nobody asked.
  private let definitions: [ControlDesignDocument.Definition]
  let titlesWithoutUser: Int

  init(_ report: ReportDocument) {
    self.report = report
    population = report.metrics.population
    decisions = report.metrics.results.lazy.compactMap { $0 as? any DecisionEvidence }.first
    definitions = report.metrics[ControlDesignDocument.self]?.definitions.filter(\.found) ?? []
    titlesWithoutUser = report.metrics.normalisation.unrecognised
  }

  var isProved: Bool { report.completeness.verdict <= .provedWithChanges }
  var isMerged: Bool { report.servers != nil }
  var pack: PackDocument? { report.cover.pack }

  func has(_ metric: String) -> Bool {
    report.metrics.results.contains { $0.key.isSame(as: metric) }
  }

  /// What is recorded of each request.
  var ofRecords: [Requirement] {
    [
      Requirement(
        "R1", "Requests and outcomes are recorded",
        "CA/B Forum BR 5.4.1 (2)", isProved ? .shown : .partly, in: "population",
        (population.instances == 0
          ? "No instance started in this period."
          : "\(Counted(population.instances, "instance").phrase), each with its workflow type and what became of it, "
            + "from rejected to issued and revoked.")
          + (isProved ? "" : " Nothing shows that these are all.")),
      Requirement(
        "R2", "A record has time, description and person", "CA/B Forum BR 5.4.1",
        ofPeople, in: placeOfDecisions,
        "Each row has start, last activity, requester and message. \(decided)\(unread)"
      ),
      Requirement(
        "R3", "Times and people of processing are known", "CA/B Forum BR 5.4.1",
        ofPeople, in: placeOfDecisions,
        decisions == nil
          ? "As R2: the approver, and the times between start and last activity, are not in the API."
          : "As R2: the decisions add people and times between start and last activity."),
      Requirement(
        "R4", "A record has event, outcome and identities",
        "NIST SP 800-53 AU-3", ofPeople, in: placeOfDecisions,
        "Type, times, server, workflow definition, step, outcome and requester are in each row; the approver is "
          + (decisions == nil ? "in none." : "in the file of decisions, as for R2.")),
      Requirement(
        "R5", "Nobody can deny an approval", "NIST SP 800-53 AU-10",
        decisions == nil ? .notInData : .partly, in: placeOfDecisions,
        decisions == nil
          ? "The API gives neither the approver nor the time, and nothing that binds a person to it."
          : "The file of decisions gives the approver. Nothing binds a decision to a person, and kfaudit cannot check the "
            + "file."),
    ]
  }

  /// How far both people of a request are known.
  private var ofPeople: Requirement.State {
    guard let decisions, decisions.decided == decisions.required else { return .partly }
    return titlesWithoutUser == 0 ? .shown : .partly
  }

  private var placeOfDecisions: String { decisions == nil ? "limitations" : "approvals" }

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

  var unread: String {
    let titles = Counted(titlesWithoutUser, "title")
    return titles.number == 0
      ? "" : " \(titles.start) \(titles.choose("names", "name")) no requester."
  }

  /// Who may do what, and who did.
  var ofDuties: [Requirement] {
    let isKnown = !definitions.isEmpty || decisions != nil
    let place =
      !definitions.isEmpty ? "control-design" : decisions != nil ? "approvals" : "limitations"
    return [
      Requirement(
        "R6", "Duties are separated",
        "NIST SP 800-53 AC-5; CA/B Forum NSR 1.7, 2 b", isKnown ? .partly : .notInData, in: place,
        isKnown
          ? "Design: \(design). Operation: \(own)."
          : "Neither approval steps nor decisions were read: --control-design and --approvals add them."
      ),
      Requirement(
        "R7", "A second person approves an EV certificate", "CA/B Forum EVG 5.2.4",
        isKnown ? .partly : .notInData, in: place,
        isKnown
          ? "As R6, by the names of accounts and roles. Which certificates are EV is not in the data."
          : "As R6: nothing about approval was read."),
      Requirement(
        "R8", "Accounts are personal and not shared", "CA/B Forum NSR 1.7, 2 f",
        .partly, in: placeOfUsers,
        "Each requester is known by name and kind of account. Whether several people use an account is not in the data."
      ),
    ]
  }

  var placeOfUsers: String { has("concentration") ? "patterns" : "data-quality" }

  /// How approval is designed.
  private var design: String {
    if definitions.isEmpty { return "not read" }
    let always = definitions.count { version in
      version.approvalSteps.contains { $0.enabled && !$0.conditional }
    }
    let versions = Counted(
      definitions.count, "version of a workflow definition",
      plural: "versions of workflow definitions")
    return "\(DisplayFormat.count(always)) of \(versions.phrase) "
      + "\(always == 1 ? "has" : "have") an approval step that always applies"
  }

  /// Who decided on requests of their own.
  private var own: String {
    guard let decisions else {
      return "who decided, and who belonged to a role, is not in the data"
    }
    let requests = Counted(decisions.decided, "request")
    let own =
      requests.number == 0
      ? "no request has a decision"
      : "the requester decided on \(DisplayFormat.count(decisions.ownDecisions)) of \(requests.phrase) with a decision"
    return "\(own); who belonged to a role is not recorded"
  }
}
