import AuditModel
import Testing

@testable import AuditReduce

@Suite("A summary")
struct AuditSummaryTests {
  @Test("Only the metrics that were asked for are there", arguments: MetricKey.allCases)
  func onlyWhatWasAskedFor(metric: MetricKey) {
    var reduction = Reduction()
    reduction.metrics = [metric]
    let metrics = reduction.metrics([Sample(1)])
    #expect((metrics.turnaround != nil) == (metric == TurnaroundMetric.key))
    #expect((metrics.approvalLatency != nil) == (metric == ApprovalLatencyMetric.key))
    #expect((metrics.failureRates != nil) == (metric == FailureRatesMetric.key))
    #expect((metrics.trend != nil) == (metric == TrendMetric.key))
    #expect(metrics.population.instances == 1)
  }

  @Test("An instance outside the window is in no figure but the count of such instances")
  func outOfWindow() {
    let reduction = Reduction()
    let outside = Sample(1) {
      $0.quality = [.outOfWindow, .loneSurrogate]
      $0.titleRule = .unrecognised
      $0.start = Sample.origin - Sample.day
    }
    let summary = reduction.summary([reduction.batch([outside])])
    var expected = reduction.metrics([])
    #expect(summary.instances == 0)
    #expect(summary.startBounds == nil)
    expected.normalisation.dataQuality["outOfWindow"] = 1
    #expect(reduction.finish(summary) == expected)
  }

  @Test("The bounds are those of usable starts")
  func startBounds() {
    let reduction = Reduction()
    let samples = [
      Sample(1) { $0.start = Sample.origin + 5 },
      Sample(2) { $0.start = Sample.origin + 9 },
      Sample(3) { $0.start = nil },
      Sample(4) {
        $0.start = Sample.origin + 90
        $0.lasts(-1)
      },
      Sample(5) {
        $0.start = Sample.origin + 1
        $0.lastModified = nil
      },
    ]
    let bounds = reduction.summary([reduction.batch(samples)]).startBounds
    #expect(bounds?.earliest == Instant(milliseconds: Sample.origin + 5))
    #expect(bounds?.latest == Instant(milliseconds: Sample.origin + 9))
  }
}
