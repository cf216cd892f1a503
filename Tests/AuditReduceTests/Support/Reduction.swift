import AuditModel

@testable import AuditReduce

/// What a test reduces with: a plan, an as-of instant and a window.
struct Reduction: Sendable {
  var metrics = Set(MetricKey.allCases)
  var asOf = Instant(milliseconds: Sample.origin + 30 * Sample.day)
  var window: Window
  var settings = MetricSettings()
  var earlier: EarlierPack?
  var olderRefused: String?
  var design: ControlDesign?
  var decisions: DecisionIndex?
  var rules: [RowRule] = []

  /// October 2026 in UTC, as of its last day.
  init() {
    let origin = Instant(milliseconds: Sample.origin)
    window = Window(
      from: origin, to: origin.advanced(byMilliseconds: 31 * Sample.day), zone: .utc)
  }

  /// With opening hours, an earlier pack and rules, so that no metric is left out.
  static var withEverything: Reduction {
    var reduction = Reduction()
    let hours = [[9 * Sample.hour..<17 * Sample.hour]]
    reduction.settings.calendar = BusinessCalendar(
      zone: .utc, hours: Array(repeating: hours[0], count: 5) + [[], []], holidays: [])
    reduction.earlier = .october()
    reduction.design = .sample
    reduction.decisions = DecisionIndex([])
    reduction.rules = .sample
    return reduction
  }

  /// The same, but for the definitions: what asks for approval is what its instances show.
  static var asShown: Reduction {
    var reduction = withEverything
    reduction.design = nil
    return reduction
  }

  func batch(_ samples: [Sample]) -> InstanceBatch {
    var batch = InstanceBatch(text: [], instances: [])
    for sample in samples {
      batch.instances.append(sample.instance(asOf: asOf, text: &batch.text))
    }
    return batch
  }

  func summary(_ batches: [InstanceBatch] = []) -> AuditSummary {
    var summary = AuditSummary(
      plan: ReductionPlan(
        metrics: metrics, zone: window.zone, settings: settings,
        windowStart: window.from, earlier: earlier, readsDefinitions: design != nil,
        decisions: decisions, rules: rules))
    for batch in batches {
      summary.add(batch)
      for instance in batch.instances {
        summary.observe(instance.referenceID, instance.status, start: instance.start) {
          Fingerprint(of: [0])
        }
      }
    }
    return summary
  }

  func finish(_ summary: AuditSummary) -> MetricsDocument {
    var summary = summary
    return summary.finish(
      ReportContext(asOf: asOf, window: window, olderRefused: olderRefused, design: design))
  }

  /// The metrics of samples that came in one batch.
  func metrics(_ samples: [Sample]) -> MetricsDocument {
    finish(summary([batch(samples)]))
  }
}

extension EarlierPack {
  /// A pack of the samples' October.
  static func october(
    _ name: String = "earlier", rows: [Row] = [], versions: Set<VersionedDefinition> = [],
    titles: Set<Name> = [], classes: Set<Name> = []
  ) -> EarlierPack {
    let window = Reduction().window
    return EarlierPack(
      name: name, from: window.from, to: window.to, rows: rows, versions: versions,
      unrecognisedTitles: titles, failureClasses: classes)
  }
}

extension MetricCatalogue {
  /// The metrics whose result is a section and nothing else.
  static let ofSections = Reduction.withEverything.metrics([]).sections
    .compactMap { MetricKey(rawValue: $0.key) }
}
