import AuditModel
import TestSupport
import Testing

@testable import AuditReduce

/// The laws of a reducer: each is asked of every metric alone and over several populations.
@Suite("A metric does not depend on how its instances came")
struct LawTests {
  private static let seeds = [0, 6, 7, 10, 11, 22, 23, 35]

  /// What can be seen of a summary.
  private struct Outcome: Equatable {
    var metrics: MetricsDocument
    var instances: Int
    var earliest: Instant?
    var latest: Instant?
  }

  private struct Trial {
    var samples: [Sample]
    var reduction: Reduction
    var generator: SeededGenerator

    init(_ metric: MetricKey, seed: Int) throws {
      let population = try RandomPopulation(seed: seed)
      samples = population.samples
      reduction = population.reduction
      reduction.metrics = [metric]
      generator = SeededGenerator(seed: UInt64(seed) &+ 1)
    }

    func summary(_ samples: some Collection<Sample>) -> AuditSummary {
      reduction.summary([reduction.batch(Array(samples))])
    }

    func outcome(_ summary: AuditSummary) -> Outcome {
      Outcome(
        metrics: reduction.finish(summary), instances: summary.instances,
        earliest: summary.startBounds?.earliest, latest: summary.startBounds?.latest)
    }

    var whole: Outcome { outcome(summary(samples)) }

    /// The samples dealt out at random.
    mutating func shards(_ count: Int) -> [AuditSummary] {
      var shards = [[Sample]](repeating: [], count: count)
      for sample in samples { shards[Int.random(in: 0..<count, using: &generator)].append(sample) }
      return shards.map { summary($0) }
    }
  }

  private static func merged(_ left: AuditSummary, _ right: AuditSummary) -> AuditSummary {
    var merged = left
    merged.merge(right)
    return merged
  }

  @Test("An empty summary changes nothing", arguments: MetricKey.allCases, seeds)
  func identity(metric: MetricKey, seed: Int) throws {
    let trial = try Trial(metric, seed: seed)
    let summary = trial.summary(trial.samples)
    let whole = trial.outcome(summary)
    #expect(trial.outcome(Self.merged(summary, trial.summary([]))) == whole)
    #expect(trial.outcome(Self.merged(trial.summary([]), summary)) == whole)
  }

  @Test("Merging is associative", arguments: MetricKey.allCases, seeds)
  func associativity(metric: MetricKey, seed: Int) throws {
    var trial = try Trial(metric, seed: seed)
    let shards = trial.shards(3)
    let left = Self.merged(Self.merged(shards[0], shards[1]), shards[2])
    let right = Self.merged(shards[0], Self.merged(shards[1], shards[2]))
    #expect(trial.outcome(left) == trial.outcome(right))
  }

  @Test("Merging is commutative", arguments: MetricKey.allCases, seeds)
  func commutativity(metric: MetricKey, seed: Int) throws {
    var trial = try Trial(metric, seed: seed)
    let shards = trial.shards(2)
    #expect(
      trial.outcome(Self.merged(shards[0], shards[1]))
        == trial.outcome(Self.merged(shards[1], shards[0])))
  }

  @Test("The order of instances does not matter", arguments: MetricKey.allCases, seeds)
  func order(metric: MetricKey, seed: Int) throws {
    var trial = try Trial(metric, seed: seed)
    let whole = trial.whole
    let shuffled = trial.samples.shuffled(using: &trial.generator)
    #expect(trial.outcome(trial.summary(shuffled)) == whole)
    #expect(trial.outcome(trial.summary(trial.samples.reversed())) == whole)
  }

  @Test("The split into shards does not matter", arguments: MetricKey.allCases, seeds)
  func split(metric: MetricKey, seed: Int) throws {
    var trial = try Trial(metric, seed: seed)
    let shards = trial.shards(5)
    let merged = shards.reduce(trial.summary([])) { Self.merged($0, $1) }
    #expect(trial.outcome(merged) == trial.whole)
  }

  @Test("Even where reference ids are not unique the order does not matter")
  func duplicates() throws {
    let reduction = Reduction()
    let samples = ["b", "A", "a", "c"].map { text in
      Sample(1) {
        $0.definitionName = text
        $0.user = "CORP\\" + text
        $0.title = text
        $0.titleRule = .unrecognised
        $0.status = .failed
        $0.stepName = text
      }
    }
    #expect(reduction.metrics(samples) == reduction.metrics(samples.reversed()))
  }
}
