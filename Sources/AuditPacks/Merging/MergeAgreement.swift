import AuditModel
import AuditPlan
import AuditReduce

/// Holds the settings of packs against each other: a report keeps to one time zone, one calendar, one set of limits.
struct MergeAgreement {
  private let options: MergeRun.Options
  /// The first pack and what it was made with, against which all others are held.
  private var first: (pack: String, plan: AuditPlan)?
  /// Whether some pack has decisions from elsewhere.
  private var hasDecisions = false
  /// Whether the packs' policies have different rules.
  private(set) var rulesDiffer = false

  init(_ options: MergeRun.Options) {
    self.options = options
  }

  /// Adds a pack, as it would be made today with what was asked.
  mutating func add(_ work: Reperformance) throws(MergeError) {
    hasDecisions = hasDecisions || work.plan.approvals != nil
    guard let first else {
      first = (work.pack.path, work.plan)
      return
    }
    let (one, other) = (first.plan, work.plan)
    rulesDiffer = rulesDiffer || one.policy?.rules ?? [] != other.policy?.rules ?? []
    let same: [(MergeError.Setting, Bool)] = [
      (.timeZone, one.zone.identifier == other.zone.identifier),
      (.statusMap, one.statusMap == other.statusMap),
      (.metrics, one.settings == other.settings),
      (.preparedFor, one.preparedFor == other.preparedFor),
    ]
    if let differing = same.first(where: { !$0.1 }) {
      throw .differing(differing.0, first: first.pack, second: work.pack.path)
    }
  }

  /// The plan that all of them share, with the formats and metrics of a report over several packs.
  func plan() throws -> AuditPlan {
    guard var plan = first?.plan else { throw MergeError.noPacks }
    if rulesDiffer {
      plan.policy = nil
      plan.metrics.removeAll(where: \.needsRules)
    }
    if let format = plan.formats.subtracting(MergePlan.formats).map(\.rawValue).min() {
      throw MergeError.needsRows(format: format, known: MergePlan.formats.map(\.rawValue))
    }
    if options.metrics == nil {
      if hasDecisions {
        plan.metrics = MetricKey.allCases.filter { $0.needsDecisions || plan.metrics.contains($0) }
      }
      plan.metrics.removeAll { $0.keepsInstances || $0.needsEarlierPack }
    } else if let metric = plan.metrics.first(where: \.needsEarlierPack) {
      throw MergeError.needsEarlierPack(metric: metric.rawValue)
    }
    return plan
  }
}
