/// How an instance goes, once the end of the population is left out of account.
struct WorkflowRun {
  /// What it comes to.
  enum Result {
    case complete
    case failed(InstanceFailure)
    case rejected
    /// It failed and was started again.
    case restarted(InstanceFailure)
    /// Nobody ever decides, or the server lost it.
    case abandoned
  }

  var result: Result
  /// From start to last change, in milliseconds.
  var duration: Int64

  /// Draws a run; a struggling request fails more often.
  static func draw(
    _ workflow: Workflow, _ assignment: Assignment, isStruggling: Bool,
    _ random: inout SeededRandom
  ) -> WorkflowRun {
    let failure = InstanceFailure.draw(workflow, assignment.subject, &random)
    let result = result(workflow, failure, isStruggling: isStruggling, &random)
    let seconds = random.logNormal(
      median: workflow.medianSeconds, deviation: workflow.deviation)
    let early = random.logNormal(median: 3, deviation: 0.8)
    let isEarly: Bool =
      switch result {
      case .failed(let failure), .restarted(let failure): failure.place != .work
      case .complete, .rejected, .abandoned: false
      }
    return WorkflowRun(
      result: result, duration: Int64(min(isEarly ? early : seconds, 45 * 86_400) * 1000) + 120)
  }

  private static func result(
    _ workflow: Workflow, _ failure: InstanceFailure, isStruggling: Bool,
    _ random: inout SeededRandom
  ) -> Result {
    let point = random.unit()
    let failing = isStruggling ? 0.45 : 0.05
    if point < failing { return .failed(failure) }
    if point < failing + 0.015 { return .restarted(failure) }
    if point > (workflow.approvals > 0 ? 0.975 : 0.999) { return .abandoned }
    if workflow.approvals > 0, point > 0.89 { return .rejected }
    return .complete
  }
}

/// How far an instance has come when the population ends.
struct RowState {
  var status: SandboxRow.Status
  var message: String?
  var step: SandboxRow.Step
  var lastModified: Int64

  /// The state a run has led to; what is not over by `end` is still open.
  static func draw(
    _ workflow: Workflow, _ run: WorkflowRun, start: Int64, end: Int64, _ random: inout SeededRandom
  ) -> RowState {
    let over = start + run.duration
    guard over <= end else { return open(workflow, start: start, until: end, &random) }
    switch run.result {
    case .abandoned: return open(workflow, start: start, until: end, &random)
    case .failed(let failure):
      return RowState(
        status: .failed, message: failure.message, step: step(of: failure, workflow),
        lastModified: over)
    case .restarted(let failure):
      return RowState(
        status: .canceledForRestart, message: random.happens(0.5) ? failure.message : nil,
        step: step(of: failure, workflow), lastModified: over)
    case .rejected:
      return RowState(
        status: .rejected,
        message: "Workflow rejected by user with Id \(random.index(below: 6) + 2).",
        step: workflow.approval, lastModified: over)
    case .complete:
      return RowState(
        status: .complete, message: success(workflow, &random), step: workflow.end,
        lastModified: over)
    }
  }

  /// Waiting for an approval, or for a server that is busy.
  private static func open(
    _ workflow: Workflow, start: Int64, until end: Int64, _ random: inout SeededRandom
  ) -> RowState {
    let moved = Int64(random.logNormal(median: 2, deviation: 0.6) * 1000)
    let outstanding = random.index(below: max(workflow.approvals, 1)) + 1
    let isHalfApproved = outstanding < workflow.approvals
    let lastModified = start + moved + (isHalfApproved ? random.whole(0..<86_400_000) : 0)
    let isWaiting = workflow.approvals > 0
    return RowState(
      status: isWaiting ? .suspended : .running,
      message: isWaiting
        ? "Awaiting \(outstanding) more approval(s) from approval roles." : nil,
      step: isWaiting ? workflow.approval : workflow.work, lastModified: min(lastModified, end))
  }

  private static func step(of failure: InstanceFailure, _ workflow: Workflow) -> SandboxRow.Step {
    switch failure.place {
    case .beginning, .work: workflow.work
    case .custom: workflow.custom
    }
  }

  private static func success(_ workflow: Workflow, _ random: inout SeededRandom) -> String? {
    switch workflow.kind {
    case .enrollment:
      switch random.index(below: 100) {
      case ..<55: "Issued"
      case ..<95: "Issued. The private key was successfully retained."
      default:
        """
        Taken Under Submission. The certificate template requires manager approval, \
        and is marked as pending.
        """
      }
    case .revocation: "Revoked"
    case .enteredCollection: nil
    case .expiration: "Issued"
    }
  }
}

/// What goes wrong in a failed instance.
struct InstanceFailure {
  /// Where it goes wrong.
  enum Place {
    /// Before anything was done.
    case beginning
    /// In the customer's own step.
    case custom
    /// In the step that enrols, revokes, renews or notifies, after approval.
    case work
  }

  var place: Place
  var message: String

  /// One of the documented kinds of failure, as often as they seem to occur.
  static func draw(
    _ workflow: Workflow, _ subject: SubjectGenerator.Subject, _ random: inout SeededRandom
  ) -> InstanceFailure {
    let step = workflow.work.name
    // The vendor's page has curly quotes, and no space after the colon of a failed revocation.
    let gap = workflow.kind == .revocation ? "" : " "
    return switch random.index(below: 100) {
    case ..<10: InstanceFailure(place: .work, message: "Access is denied")
    case ..<24:
      InstanceFailure(
        place: .work,
        message:
          "Either the credentials are invalid, or the CA on ca\(host(&random)) is not running")
    case ..<36:
      InstanceFailure(place: .beginning, message: "Pre-process failed: \(reason(subject, &random))")
    case ..<44:
      InstanceFailure(place: .work, message: "Post-process Failed: \(reason(subject, &random))")
    case ..<64:
      InstanceFailure(
        place: .work, message: "Step '\(step)' failed:\(gap)\(reason(subject, &random))")
    case ..<76:
      InstanceFailure(
        place: .work, message: "Step ‘\(step)’ failed:\(gap)\(reason(subject, &random))")
    case ..<94:
      InstanceFailure(
        place: .custom,
        message: "Step \(quoted(workflow.custom.name, &random)) failed: 502 Bad Gateway")
    default: InstanceFailure(place: .work, message: "The request timed out.")
    }
  }

  private static func host(_ random: inout SeededRandom) -> String {
    "0\(random.index(below: 3) + 1).keyexample.com"
  }

  private static func quoted(_ name: String, _ random: inout SeededRandom) -> String {
    random.pick(["'\(name)'", "‘\(name)’", name]) ?? name
  }

  private static func reason(
    _ subject: SubjectGenerator.Subject, _ random: inout SeededRandom
  ) -> String {
    let ordinary = random.pick([
      "The RPC server is unavailable. (0x800706BA)", "Denied by Policy Module",
      "The template 'WebServer' was not found.", "The orchestrator did not answer.",
      "The certificate's key is too small (1024 < 2048).",
    ])
    // A requester's words come back in messages.
    return subject.isHostile ? "The subject \(subject.text) was refused." : ordinary ?? ""
  }
}
