/// How an instance goes, once the end of the population is left out of account.
struct Course {
  /// What it comes to.
  enum Result {
    case complete
    case failed(Mishap)
    case rejected
    /// It failed and was started again.
    case restarted(Mishap)
    /// Nobody ever decides, or the server lost it.
    case abandoned
  }

  var result: Result
  /// From start to last change, in milliseconds.
  var duration: Int64

  /// Draws a course; a struggling request fails more often.
  static func draw(
    _ workflow: Workflow, _ assignment: Assignment, isStruggling: Bool,
    _ random: inout SeededRandom
  ) -> Course {
    let mishap = Mishap.draw(workflow, assignment.subject, &random)
    let result = result(workflow, mishap, isStruggling: isStruggling, &random)
    let seconds = random.logNormal(
      median: workflow.medianSeconds, deviation: workflow.deviation)
    let early = random.logNormal(median: 3, deviation: 0.8)
    let isEarly: Bool =
      switch result {
      case .failed(let mishap), .restarted(let mishap): mishap.place != .work
      case .complete, .rejected, .abandoned: false
      }
    return Course(
      result: result, duration: Int64(min(isEarly ? early : seconds, 45 * 86_400) * 1000) + 120)
  }

  private static func result(
    _ workflow: Workflow, _ mishap: Mishap, isStruggling: Bool, _ random: inout SeededRandom
  ) -> Result {
    let point = random.unit()
    let failing = isStruggling ? 0.45 : 0.05
    if point < failing { return .failed(mishap) }
    if point < failing + 0.015 { return .restarted(mishap) }
    if point > (workflow.approvals > 0 ? 0.975 : 0.999) { return .abandoned }
    if workflow.approvals > 0, point > 0.89 { return .rejected }
    return .complete
  }
}
