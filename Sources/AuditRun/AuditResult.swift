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

/// How a run ended, for programs: what `kfaudit run --json` prints instead of the path.
package struct RunDocument: Encodable, Sendable, Equatable {
  /// How many policy checks ended each way; all zero without a policy.
  struct Gates: Encodable, Sendable, Equatable {
    var passed: Int
    var failed: Int
    var excepted: Int
    var notJudged: Int

    init(_ tally: PolicyTally) {
      passed = tally.passed
      failed = tally.failed
      excepted = tally.waived
      notJudged = tally.notEvaluated
    }
  }

  var pack: String
  var verdict: CompletenessDocument.Verdict
  var exitStatus: Int32
  var instances: Int
  var gates: Gates
  var merkleRoot: String
  var manifestSha256: String
  @ExplicitNull var bundle: String?

  /// Describes how a run ended.
  package init(_ result: AuditResult) {
    pack = result.pack
    verdict = result.verdict
    exitStatus = result.exitStatus.rawValue
    instances = result.facts.instances
    gates = Gates(result.facts.gates)
    merkleRoot = result.facts.merkleRoot
    manifestSha256 = result.facts.manifestSha256
    bundle = result.bundle
  }

  /// As JSON in one line.
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
