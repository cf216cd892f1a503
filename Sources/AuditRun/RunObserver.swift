package import AuditFetch
package import AuditModel
import AuditPlan
import AuditReport

/// What hears of a job while it works: a log, or nothing.
///
/// The jobs themselves neither print nor log, so that they run the same in a test and behind a terminal.
package struct RunObserver: Sendable {
  /// Something that deserves a look; the job continues.
  package var warning: @Sendable (Message) -> Void
  /// What the user should know.
  package var info: @Sendable (String) -> Void
  /// What helps when looking for a fault.
  package var detail: @Sendable (String) -> Void
  /// What happens during a fetch.
  package var fetch: @Sendable (FetchEvent) -> Void
  /// The end of the fetch.
  package var fetchEnded: @Sendable () -> Void

  /// Makes an observer; what is left out is not heard.
  package init(
    warning: @escaping @Sendable (Message) -> Void = { _ in },
    info: @escaping @Sendable (String) -> Void = { _ in },
    detail: @escaping @Sendable (String) -> Void = { _ in },
    fetch: @escaping @Sendable (FetchEvent) -> Void = { _ in },
    fetchEnded: @escaping @Sendable () -> Void = {}
  ) {
    self.warning = warning
    self.info = info
    self.detail = detail
    self.fetch = fetch
    self.fetchEnded = fetchEnded
  }
}

extension RunObserver {
  /// Tells how the checks of a policy ended.
  func tell(_ judgement: PolicyJudgement, of policy: Policy?) {
    for gate in judgement.gates where gate.result != .passed {
      if gate.result == .notJudged {
        let asked = policy?.gates.first { $0.id.isSame(as: gate.id) }
        let note =
          asked?.needsEarlierPack == true
          ? " It compares with an earlier pack; this is expected on a first run." : ""
        warning(Message(.policyCheckNotEvaluated, gate.id, gate.reason, note))
      } else {
        warning(
          Message(.policyCheckNotPassed, gate.id, gate.result.label, gate.reason, gate.observed))
      }
    }
    info("policy: \(PolicyTally(judgement.gates).words)")
    if !judgement.unjudgedRequired.isEmpty {
      warning(
        Message(.requiredCheckNotEvaluated, judgement.unjudgedRequired.joined(separator: ", ")))
    }
  }
}
