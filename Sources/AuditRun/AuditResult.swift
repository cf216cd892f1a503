package import AuditModel
import AuditReport

/// How a run ended.
package struct AuditResult: Sendable, Equatable {
  /// The published pack.
  package var pack: String
  /// Whether a pack with the same rows and the same options was there already, and nothing was written.
  package var wasAlreadyPublished: Bool
  /// Whether the population is all there is.
  package var verdict: CompletenessDocument.Verdict
  /// What the program answers.
  package var exitStatus: ExitStatus

  init(
    pack: String, wasAlreadyPublished: Bool, verdict: CompletenessDocument.Verdict,
    acceptUnproved: Bool, judgement: PolicyJudgement?
  ) {
    self.pack = pack
    self.wasAlreadyPublished = wasAlreadyPublished
    self.verdict = verdict
    let completeness: ExitStatus =
      switch verdict {
      case .proved, .provedWithChanges: .complete
      case .unproved: acceptUnproved ? .complete : .unproved
      case .incomplete: .unproved
      }
    exitStatus = max(completeness, judgement?.exitStatus ?? .complete)
  }
}
