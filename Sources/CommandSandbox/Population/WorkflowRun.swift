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
