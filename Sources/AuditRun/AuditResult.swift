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
  /// What the pack says of itself.
  package var facts: Facts
  /// The file that holds the pack as well; `nil` when none was asked for, or it could not be made.
  package private(set) var bundle: String?
  /// Why the file could not be made.
  package private(set) var bundleFailure: BundleFailure?

  /// What a pack says of itself.
  package struct Facts: Sendable, Equatable {
    /// How many instances it has.
    package var instances: Int
    /// How its policy checks ended.
    package var gates: PolicyTally
    /// The root over its rows, lower-case hexadecimal.
    package var merkleRoot: String
    /// The digest of its manifest.json, lower-case hexadecimal.
    package var manifestSha256: String
  }

  init(
    pack: String, wasAlreadyPublished: Bool, completeness document: CompletenessDocument,
    acceptUnproved: Bool, judgement: PolicyJudgement?, facts: Facts
  ) {
    self.facts = facts
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

  /// The same with what came of the file that holds the pack as well.
  func with(_ bundle: RunBundle.Outcome) -> AuditResult {
    var result = self
    switch bundle {
    case .written(let path, _): result.bundle = path
    case .failed(let failure):
      result.bundleFailure = failure
      result.exitStatus = failure.exitStatus
    }
    return result
  }
}
