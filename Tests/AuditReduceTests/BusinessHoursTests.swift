import AuditModel
import Testing

@testable import AuditReduce

@Suite("businessHours")
struct BusinessHoursTests {
  // 2026-10-01 is a Thursday; the calendar of the tests is open from Monday to Friday, 9 to 17 in UTC.
  private func rows(_ samples: [Sample]) throws -> [[Cell]] {
    try SectionReader("businessHours", samples).rows(
      "byWorkflowType", "workflowType", "n", "p50", "max", "kmEvents", "kmCensored", "kmP50")
  }

  @Test("Nights and weekends do not count")
  func weekend() throws {
    // Friday 16:00 to Monday 10:00: an hour and an hour.
    let sample = Sample(1) {
      $0.starts(at: Sample.day + 16 * Sample.hour)
      $0.lasts(66 * Sample.hour)
    }
    let two = Cell.duration(Double(2 * Sample.hour))
    #expect(
      try rows([sample]) == [
        [.text("Enrollment"), .count(1), two, two, .count(1), .count(0), two]
      ])
  }

  @Test("Open instances are censored at the opening time up to T, superseded ones at their own")
  func censored() throws {
    let samples = [
      Sample(1) {
        $0.status = .running
        // T is midnight before Saturday 31 October: Friday holds eight hours.
        $0.start = Sample.origin + 29 * Sample.day
        $0.lasts(1)
      },
      Sample(2) {
        $0.status = .canceledForRestart
        $0.starts(at: 9 * Sample.hour)
        $0.lasts(Sample.hour)
      },
      Sample(3) {
        $0.starts(at: 9 * Sample.hour)
        $0.lasts(4 * Sample.hour)
      },
    ]
    let row = try #require(try rows(samples).first)
    #expect(row[4...] == [.count(1), .count(2), .duration(Double(4 * Sample.hour))])
  }

  @Test("Without a calendar the metric is left out")
  func noCalendar() throws {
    var reduction = Reduction()
    reduction.metrics = [MetricKey("businessHours"), MetricKey("offHours")]
    #expect(reduction.metrics([Sample(1)]).sections.isEmpty)
  }
}
