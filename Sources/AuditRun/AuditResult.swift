public import AuditModel

/// How a run ended.
public struct AuditResult: Sendable, Equatable {
  /// The published pack.
  public var pack: String
  /// Whether a pack with the same rows and the same options was there already, and nothing was written.
  public var wasAlreadyPublished: Bool
  /// Whether the population is all there is.
  public var verdict: CompletenessDocument.Verdict
  /// What the program answers.
  public var exitStatus: ExitStatus

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
