/// Where an instance stands when the population ends.
struct RowState {
  var status: SandboxRow.Status
  var message: String?
  var step: SandboxRow.Step
  var lastModified: Int64

  /// The state a course has led to; what is not over by `end` is still open.
  static func draw(
    _ workflow: Workflow, _ course: Course, start: Int64, end: Int64, _ random: inout SeededRandom
  ) -> RowState {
    let over = start + course.duration
    if case .abandoned = course.result {
      return open(workflow, start: start, until: end, &random)
    }
    guard over <= end else { return open(workflow, start: start, until: end, &random) }
    switch course.result {
    case .failed(let mishap):
      return RowState(
        status: .failed, message: mishap.message, step: step(of: mishap, workflow),
        lastModified: over)
    case .restarted(let mishap):
      return RowState(
        status: .canceledForRestart, message: random.happens(0.5) ? mishap.message : nil,
        step: step(of: mishap, workflow), lastModified: over)
    case .rejected:
      return RowState(
        status: .rejected,
        message: "Workflow rejected by user with Id \(random.index(below: 6) + 2).",
        step: workflow.approval, lastModified: over)
    case .complete, .abandoned:
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

  private static func step(of mishap: Mishap, _ workflow: Workflow) -> SandboxRow.Step {
    switch mishap.place {
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
