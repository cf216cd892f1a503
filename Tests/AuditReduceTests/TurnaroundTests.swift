import AuditModel
import Testing

@testable import AuditReduce

@Suite("turnaround")
struct TurnaroundTests {
  private func turnaround(_ samples: [Sample]) -> [TurnaroundDocument] {
    Reduction().metrics(samples).turnaround ?? []
  }

  private func only(_ samples: [Sample]) throws -> TurnaroundDocument.Figures {
    try #require(turnaround(samples).first).figures
  }

  @Test("Without instances there is no element")
  func empty() {
    #expect(turnaround([]).isEmpty)
  }

  @Test("Terminal instances are events at their duration")
  func terminal() throws {
    let samples = [Status.complete, .failed, .rejected].enumerated().map { index, status in
      Sample(Int64(index)) {
        $0.status = status
        $0.lasts(Int64(index + 1) * 100)
      }
    }
    let figures = try only(samples)
    #expect((figures.terminal, figures.open, figures.superseded) == (3, 0, 0))
    #expect(figures.completedOnly.p50 == 200)
    #expect(figures.completedOnly.max == 300)
    #expect((figures.kaplanMeier.events, figures.kaplanMeier.p50) == (3, 200))
  }

  @Test("Open instances are censored at their age as of T, superseded ones at their duration")
  func censored() throws {
    let samples = [
      Sample(1) { $0.lasts(2 * Sample.day) },
      Sample(2) {
        $0.status = .running
        $0.start = Sample.origin + 29 * Sample.day
        $0.lasts(1)
      },
      Sample(3) {
        $0.status = .canceledForRestart
        $0.lasts(3 * Sample.day)
      },
    ]
    let figures = try only(samples)
    #expect((figures.terminal, figures.open, figures.superseded) == (1, 1, 1))
    #expect((figures.kaplanMeier.events, figures.kaplanMeier.censored) == (1, 2))
    // The open one is a day old: no longer at risk when the terminal one ended, the superseded one still is.
    #expect(figures.kaplanMeier.curve.map(\.atRisk) == [2])
    #expect(figures.kaplanMeier.curve.map(\.survival) == [0.5])
  }

  @Test("When all are open nothing is reached", arguments: [Status.running, .suspended])
  func allOpen(status: Status) throws {
    let figures = try only([1, 2].map { Sample($0) { $0.status = status } })
    #expect((figures.open, figures.kaplanMeier.n, figures.kaplanMeier.events) == (2, 2, 0))
    #expect(figures.kaplanMeier.p50 == nil)
    #expect((figures.completedOnly.n, figures.completedOnly.max) == (0, nil))
  }

  @Test("When all are superseded nothing is reached")
  func allSuperseded() throws {
    let figures = try only([1, 2].map { Sample($0) { $0.status = .canceledForRestart } })
    #expect((figures.superseded, figures.kaplanMeier.censored) == (2, 2))
    #expect(figures.kaplanMeier.p50 == nil)
  }

  @Test("Unknown statuses have a row, but are in no figure of it")
  func unknown() throws {
    let figures = try only([Sample(1) { $0.status = .unknown }])
    #expect((figures.terminal, figures.open, figures.superseded) == (0, 0, 0))
    #expect((figures.completedOnly.n, figures.kaplanMeier.n) == (0, 0))
  }

  @Test("Odd times are in the counts and in no time statistic")
  func unusable() throws {
    let late = Sample.origin + 90 * Sample.day
    let samples = [
      Sample(1) { $0.lasts(-1) }, Sample(2) { $0.lastModified = nil },
      Sample(3) { $0.lastModified = late }, Sample(4) { $0.start = nil },
      Sample(5) {
        $0.status = .running
        $0.lastModified = nil
      },
      Sample(6) {
        $0.status = .canceledForRestart
        $0.lasts(-1)
      },
    ]
    let figures = try only(samples)
    #expect((figures.terminal, figures.open, figures.superseded) == (4, 1, 1))
    #expect((figures.completedOnly.n, figures.kaplanMeier.n) == (0, 0))
  }

  @Test("An open instance that started after T is not watched, even when nobody flagged it")
  func openAfterAsOf() {
    var reduction = Reduction()
    let batch = reduction.batch([Sample(1) { $0.status = .running }])
    reduction.asOf = Instant(milliseconds: Sample.origin - 1)
    let figures = reduction.finish(reduction.summary([batch])).turnaround?.first?.figures
    #expect(figures?.open == 1)
    #expect(figures?.kaplanMeier.n == 0)
  }

  @Test("Workflow types are never pooled, and definitions stand beneath theirs")
  func groups() {
    let samples = [
      Sample(1) { $0.workflowType = "Revocation" },
      Sample(2) { $0.definitionID = "d2" },
      Sample(3) { $0.definitionID = "d2" },
      Sample(4) { $0.definitionID = "d1" },
      Sample(5) { $0.workflowType = nil },
    ]
    let documents = turnaround(samples)
    #expect(documents.map(\.workflowType) == ["Enrollment", "Revocation", nil])
    #expect(documents.map(\.figures.terminal) == [3, 1, 1])
    #expect(documents[0].byDefinition.map(\.definitionId) == ["d2", "d1"])
    #expect(documents[0].byDefinition.map(\.figures.terminal) == [2, 1])
  }

  @Test("The figures of a type are those of its definitions' instances together")
  func pooled() throws {
    let samples = (1...40).map { index in
      Sample(index) {
        $0.definitionID = "d\(index % 3)"
        $0.lasts(index * 10)
      }
    }
    let figures = try only(samples)
    #expect(figures.completedOnly.p50 == 205)
    #expect(figures.kaplanMeier.p50 == 200)
    #expect(figures.kaplanMeier.curve.map(\.time) == (1...40).map { Double($0) * 10 })
  }
}
