import AuditModel

@testable import AuditReduce

/// What a test reduces with: a plan, an as-of instant and a window.
struct Reduction: Sendable {
  var metrics = Set(MetricKey.allCases)
  var asOf = Instant(milliseconds: Sample.origin + 30 * Sample.day)
  var window: Window
  var approvalDefinitions: Set<Name> = []

  /// October 2026 in UTC, as of its last day.
  init() {
    let origin = Instant(milliseconds: Sample.origin)
    window = Window(
      from: origin, to: origin.advanced(byMilliseconds: 31 * Sample.day), zone: .utc)
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
        metrics: metrics, zone: window.zone, approvalDefinitions: approvalDefinitions))
    for batch in batches { summary.add(batch) }
    return summary
  }

  func finish(_ summary: AuditSummary) -> MetricsDocument {
    summary.finish(asOf: asOf, window: window)
  }

  /// The metrics of samples that came in one batch.
  func metrics(_ samples: [Sample]) -> MetricsDocument {
    finish(summary([batch(samples)]))
  }
}
