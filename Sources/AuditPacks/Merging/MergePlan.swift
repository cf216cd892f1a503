import AuditEvidence
import AuditModel
package import AuditPlan
import AuditReduce
import AuditReport

/// What will be merged, and how: the packs opened and described, their settings found equal.
package struct MergePlan {
  /// The packs of each server, the newest first; servers by name, those without last.
  let servers: [[MergedPack]]
  /// What the packs were asked with, or what was asked instead.
  let plan: AuditPlan
  /// Whether the packs' policies have different rules, so that none can count.
  let rulesDiffer: Bool

  private let options: MergeRun.Options
  private let workers: Int

  /// Formats that are made of the report alone.
  package static let formats: [OutputFormat] = [.csv, .json, .html, .markdown, .metrics]
  /// What is made when nobody chooses.
  package static let standardFormats: [OutputFormat] = [.csv, .json, .html]

  /// Opens packs; one that is named twice counts once.
  init(of paths: [String], _ options: MergeRun.Options, workers: Int) throws {
    self.options = options
    self.workers = workers
    var agreement = MergeAgreement()
    var packs: [Digest: MergedPack] = [:]
    for path in Set(paths.map { Name($0) }).sorted() {
      let work = try Self.open(PublishedPack(at: path.string), options, workers: workers)
      try agreement.add(work)
      let pack = try MergedPack(work)
      packs[pack.manifest] = packs[pack.manifest] ?? pack
    }
    var plan = try agreement.plan(options)
    plan.controlDesign = packs.values.contains { $0.acquisition.definitions != nil }
    if !plan.controlDesign {
      if options.metrics != nil, let metric = plan.metrics.first(where: \.needsDefinitions) {
        throw MergeError.needsDefinitions(metric: metric.rawValue)
      }
      plan.metrics.removeAll(where: \.needsDefinitions)
    }
    self.plan = plan
    rulesDiffer = agreement.rulesDiffer
    servers = Dictionary(grouping: packs.values) { $0.server.map { Name($0) } }
      .sorted { left, right in
        guard let name = left.key else { return false }
        return right.key.map { name < $0 } ?? true
      }
      .map { $0.value.sorted { $0.isNewer(than: $1) } }
  }

  /// What will be reduced of a pack whose window starts then.
  func reduction(windowStart: Instant?, decisions: DecisionIndex?) -> ReductionPlan {
    ReductionPlan(
      metrics: Set(plan.metrics), zone: plan.zone,
      settings: plan.settings, windowStart: windowStart,
      readsDefinitions: plan.controlDesign, decisions: decisions,
      rules: plan.policy?.rules ?? [])
  }

  /// What is reduced of some packs, whose decisions from elsewhere count for all of them; `nil` where no pack has any.
  func decisions(of packs: [MergedPack]) -> DecisionIndex? {
    let hasDecisions = servers.joined().contains { $0.approvals != nil }
    return hasDecisions ? DecisionIndex(packs.compactMap(\.approvals)) : nil
  }

  /// Opens a pack once more, when its rows are to be read.
  func open(_ pack: MergedPack) throws -> Reperformance {
    try Self.open(PublishedPack(at: pack.path), options, workers: workers)
  }

  private static func open(
    _ pack: PublishedPack, _ options: MergeRun.Options, workers: Int
  ) throws -> Reperformance {
    // That no pack has them is found out when all are known.
    try Reperformance(of: pack, workers: workers, hasDefinitions: true) { packOptions in
      if let config = options.config {
        packOptions.config = config
        // The zone that it names is meant for all packs.
        packOptions.yield(Settings.timeZone)
      }
      packOptions.timeZone = options.timeZone ?? packOptions.timeZone
      packOptions.metrics = options.metrics
      packOptions.format =
        options.format ?? standardFormats.map(\.rawValue).joined(separator: ",")
      packOptions.template = options.template
    }
  }
}

/// Holds the settings of packs against each other: a report keeps to one time zone, one calendar, one set of limits.
struct MergeAgreement {
  /// The first pack and what it was made with, against which all others are held.
  private var first: (pack: String, plan: AuditPlan)?
  /// Whether some pack has decisions from elsewhere.
  private var hasDecisions = false
  /// Whether the packs' policies have different rules.
  private(set) var rulesDiffer = false

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
  func plan(_ options: MergeRun.Options) throws -> AuditPlan {
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
