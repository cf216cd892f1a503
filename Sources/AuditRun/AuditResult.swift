import AuditFiles
package import AuditModel
import AuditPacks
import AuditReport
import FoundationEssentials

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
  package internal(set) var bundle: String?
  /// Why the file could not be made.
  package internal(set) var bundleFailure: BundleFailure?

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
}

extension AuditResult: Encodable {
  private enum Key: String, CodingKey {
    case pack, verdict, exitStatus, instances, gates, merkleRoot, manifestSha256, bundle
  }

  private enum TallyKey: String, CodingKey { case passed, failed, excepted, notJudged }

  /// Writes how a run ended for programs, a member for each fact; without a policy all its counts are zero.
  package func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: Key.self)
    try members.encode(pack, forKey: .pack)
    try members.encode(verdict, forKey: .verdict)
    try members.encode(exitStatus.rawValue, forKey: .exitStatus)
    try members.encode(facts.instances, forKey: .instances)
    try members.encode(facts.merkleRoot, forKey: .merkleRoot)
    try members.encode(facts.manifestSha256, forKey: .manifestSha256)
    try members.encode(bundle, forKey: .bundle)
    var gates = members.nestedContainer(keyedBy: TallyKey.self, forKey: .gates)
    try gates.encode(facts.gates.passed, forKey: .passed)
    try gates.encode(facts.gates.failed, forKey: .failed)
    try gates.encode(facts.gates.waived, forKey: .excepted)
    try gates.encode(facts.gates.notEvaluated, forKey: .notJudged)
  }

  /// What `kfaudit run --json` prints instead of the path: JSON in one line.
  package func line() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

/// Puts a published pack into one file beside it.
struct RunBundle {
  /// The pack's folder.
  let pack: String
  let workers: Int

  /// Makes the file, unless it is there and holds this very pack: the pack is published in any case.
  func make() async -> Result<(path: String, notice: String), BundleFailure> {
    let place = "\(pack).zip"
    do {
      let run = BundleRun(pack: pack, out: place, workers: workers)
      if try run.isMade() {
        return .success((place, "\(place) is there already, and holds this pack."))
      }
      let bundle = try await run.run()
      return .success((bundle.path, bundle.notice))
    } catch {
      let message =
        (error as? any AuditFailure)?.message
        ?? (error is CancellationError
          ? Message(.bundleInterrupted, TerminalText.sanitized(pack))
          : Message(.internalError, TerminalText.sanitized("\(error)")))
      return .failure(BundleFailure(message: message))
    }
  }
}

/// Why a pack that is published has no bundle.
package struct BundleFailure: AuditFailure, Equatable {
  /// What went wrong.
  package var message: Message
}
