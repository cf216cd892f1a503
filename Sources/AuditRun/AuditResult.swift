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
  /// Why the verdict is no better, a sentence; `nil` where there is nothing to say.
  package var reason: String?
  /// What the program answers.
  package var exitStatus: ExitStatus

  init(
    pack: String, wasAlreadyPublished: Bool, completeness document: CompletenessDocument,
    acceptUnproved: Bool, judgement: PolicyJudgement?
  ) {
    self.pack = pack
    self.wasAlreadyPublished = wasAlreadyPublished
    verdict = document.verdict
    reason = document.reasons.first
    let completeness: ExitStatus =
      switch verdict {
      case .proved, .provedWithChanges: .complete
      case .unproved: acceptUnproved ? .complete : .unproved
      case .incomplete: .unproved
      }
    exitStatus = max(completeness, judgement?.exitStatus ?? .complete)
  }
}
