import AuditModel
import FoundationEssentials

/// How a run ended, for programs: what `kfaudit run --json` prints instead of the path.
package struct RunDocument: Encodable, Sendable, Equatable {
  /// How many policy checks ended each way; all zero without a policy.
  package struct Gates: Encodable, Sendable, Equatable {
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
  ///
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  package func line() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
