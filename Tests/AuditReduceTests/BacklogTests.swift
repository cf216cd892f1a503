import AuditModel
import Testing

@testable import AuditReduce

@Suite("backlog")
struct BacklogTests {
  /// An open instance that is some hours old at T, with its last activity an hour after its start.
  private func open(_ id: Int64, hours: Int64, _ change: (inout Sample) -> Void = { _ in })
    -> Sample
  {
    Sample(id) {
      $0.status = .suspended
      $0.start = Sample.origin + 30 * Sample.day - hours * Sample.hour
      $0.lasts(min(hours, 1) * Sample.hour)
      change(&$0)
    }
  }

  @Test("Ages fall into half-open buckets")
  func buckets() throws {
    let hours: [Int64] = [0, 3, 4, 23, 24, 71, 72, 167, 168, 719, 720]
    let samples = hours.enumerated().map { open(Int64($0.offset), hours: $0.element) }
    let rows = try SectionReader("backlog", samples).rows("byAge", "ageFrom", "ageTo", "open")
    #expect(
      rows.map { $0[2] } == [.count(2), .count(2), .count(2), .count(2), .count(2), .count(1)])
    #expect(rows.last?[1] == .missing(.none))
  }

  @Test("The oldest, idle times and outstanding approvals are told")
  func figures() throws {
    let samples = [
      open(7, hours: 50) { $0.approvalsOutstanding = 2 }, open(3, hours: 50), open(9, hours: 10),
      Sample(4),
    ]
    let reader = try SectionReader("backlog", samples)
    #expect(try reader.figure("open") == .count(3))
    // Of two that are equally old the one with the smaller id.
    #expect(try reader.figure("oldestReferenceId") == .identifier(3))
    #expect(try reader.figure("oldestAge") == .duration(Double(50 * Sample.hour)))
    #expect(try reader.figure("idleP50") == .duration(Double(49 * Sample.hour)))
    #expect(try reader.figure("awaitingApproval") == .count(1))
    #expect(try reader.figure("approvalsOutstanding") == .count(2))
    #expect(
      reader.text.contains(
        "3 requests are open; the oldest, 3, has been open for 2\u{A0}d\u{A0}2\u{A0}h."))
  }

  @Test("Odd times are listed and counted, in no age")
  func odd() throws {
    let samples = [
      open(1, hours: 5) { $0.lastModified = nil }, open(2, hours: 5) { $0.start = nil },
      open(3, hours: -1), open(4, hours: 5) { $0.lasts(-1) },
    ]
    let reader = try SectionReader("backlog", samples)
    #expect(try reader.figure("open") == .count(4))
    #expect(try reader.figure("withoutTimes") == .count(4))
    #expect(try reader.figure("oldestAge") == .missing(.none))
    #expect(try reader.rows("backlog", "ageMs") == Array(repeating: [.missing(.none)], count: 4))
  }

  @Test("Older ones are in the backlog, outside the cohort")
  func older() throws {
    var reduction = Reduction.withEverything
    reduction.metrics = [MetricKey("backlog")]
    let old = Sample(1) {
      $0.status = .running
      $0.starts(at: -Sample.day)
      $0.quality = .outOfWindow
    }
    let ended = Sample(2) {
      $0.starts(at: -Sample.day)
      $0.quality = .outOfWindow
    }
    let summary = reduction.summary([reduction.batch([old, ended, open(3, hours: 1)])])
    let metrics = reduction.finish(summary)
    #expect(summary.openBefore == 1)
    #expect(metrics.population.instances == 1)
    let figures = try #require(metrics.sections.first).figures
    #expect(figures.first { $0.field.key == "older" }?.value == .count(1))
    #expect(figures.first { $0.field.key == "inWindow" }?.value == .count(1))
  }

  @Test("Where the server refuses older ones, that is missing and not zero")
  func refused() throws {
    var reduction = Reduction.withEverything
    reduction.olderRefused = "It said 400."
    let reader = try SectionReader("backlog", [open(1, hours: 1)], reduction)
    #expect(try reader.figure("older") == .missing(.none))
    #expect(try reader.figure("olderReason") == .text("It said 400."))
    #expect(reader.section.limitation?.contains("It said 400.") == true)
  }

  @Test("A number of approvals that no sum can hold stops at the largest")
  func overflow() throws {
    let samples = [1, 2].map { id in open(id, hours: 1) { $0.approvalsOutstanding = .max } }
    #expect(try SectionReader("backlog", samples).figure("approvalsOutstanding") == .count(.max))
  }

  @Test("Nothing open is said")
  func nothing() throws {
    let reader = try SectionReader("backlog", [Sample(1)])
    #expect(reader.text.isEmpty && reader.section.nothingFound == ["open requests"])
  }
}
