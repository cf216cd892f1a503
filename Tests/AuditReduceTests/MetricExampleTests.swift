import AuditModel
import Testing

@testable import AuditReduce

private struct WaitingMetric: Metric {
  static let key = MetricKey("waiting")
  static let about = "Instances that wait for an approval."

  private(set) var suspended = 0

  init(plan: ReductionPlan) {}

  mutating func add(_ instance: borrowing BatchedInstance) {
    if instance.status == .suspended { suspended += 1 }
  }

  mutating func merge(_ other: WaitingMetric) {
    suspended += other.suspended
  }

  func finish(_ cohort: Cohort) -> MetricSection {
    MetricSection(
      key: Self.key.rawValue, title: "Waiting", caption: "Instances that wait for an approval.",
      sentences: ["\(DisplayFormat.count(suspended)) instances are suspended."],
      figures: [
        Figure(
          "suspended", "Suspended", .count, about: "Instances that are suspended.",
          .count(suspended))
      ])
  }
}

@Suite("The example of a metric")
struct MetricExampleTests {
  @Test("It counts what it says, and two parts add up")
  func sum() {
    let reduction = Reduction()
    let plan = ReductionPlan(
      metrics: [], zone: .utc, settings: MetricSettings(), windowStart: reduction.window.from,
      earlier: nil)
    var whole = WaitingMetric(plan: plan)
    whole.add(reduction.batch([Sample(1), Sample(2) { $0.status = .suspended }]))
    var other = WaitingMetric(plan: plan)
    other.add(reduction.batch([Sample(3) { $0.status = .suspended }]))
    whole.merge(other)
    #expect(whole.suspended == 2)
  }
}
