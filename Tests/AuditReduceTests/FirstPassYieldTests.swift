import AuditModel
import Testing

@testable import AuditReduce

@Suite("firstPassYield")
struct FirstPassYieldTests {
  private func attempt(_ id: Int64, _ status: Status, day: Int64, lasts: Int64 = 0) -> Sample {
    Sample(id) {
      $0.status = status
      $0.starts(at: day * Sample.day)
      $0.lasts(lasts)
    }
  }

  private func row(_ samples: [Sample]) throws -> [Cell] {
    let rows = try SectionReader("firstPassYield", samples).rows(
      "byAction", "episodes", "firstTerminal", "firstComplete", "eventuallyComplete", "attempts",
      "successes", "attemptsPerSuccess")
    return try #require(rows.first)
  }

  @Test("A success after a failure is eventual, not first-pass")
  func eventual() throws {
    #expect(
      try row([attempt(1, .failed, day: 0), attempt(2, .complete, day: 1)]) == [
        .count(1), .count(1), .count(0), .count(1), .count(2), .count(1), .number(2),
      ])
  }

  @Test("Exactly seven days of silence go on, a millisecond more begins anew")
  func silence() throws {
    #expect(try row([attempt(1, .failed, day: 0), attempt(2, .complete, day: 7)])[0] == .count(1))
    var later = attempt(2, .complete, day: 7)
    later.start = later.start.map { $0 + 1 }
    later.lasts(0)
    #expect(try row([attempt(1, .failed, day: 0), later])[0] == .count(2))
  }

  @Test("Silence counts from the latest activity so far, not from that of the last one")
  func activity() throws {
    let samples = [
      attempt(1, .failed, day: 0, lasts: 9 * Sample.day), attempt(2, .failed, day: 1),
      attempt(3, .complete, day: 15),
    ]
    #expect(try row(samples)[0] == .count(1))
  }

  @Test(
    "An episode whose first instance is open or superseded is in no share, but its attempts count")
  func firstOpen() throws {
    let samples = [attempt(1, .canceledForRestart, day: 0), attempt(2, .complete, day: 1)]
    #expect(
      try row(samples) == [
        .count(1), .count(0), .count(0), .count(0), .count(1), .count(1), .number(1),
      ])
  }

  @Test("Without a success there is no number of attempts for one")
  func noSuccess() throws {
    #expect(try row([attempt(1, .rejected, day: 0)]).last == .missing(.none))
  }

  @Test("Users, actions and names are apart; without one there is no episode")
  func keys() throws {
    var samples = [attempt(1, .complete, day: 0)]
    samples.append(attempt(2, .complete, day: 0))
    samples[1].subject = "b"
    samples.append(attempt(3, .complete, day: 0))
    samples[2].action = .revoke
    samples.append(attempt(4, .complete, day: 0))
    samples[3].subject = nil
    samples.append(attempt(5, .complete, day: 0))
    samples[4].user = nil
    let reader = try SectionReader("firstPassYield", samples)
    #expect(
      try reader.rows("byAction", "action", "episodes") == [
        [.term("enroll", label: "enroll"), .count(2)],
        [.term("revoke", label: "revoke"), .count(1)],
      ])
    #expect(try reader.figure("withoutEpisode") == .count(2))
  }

  @Test("Of two that start at the same instant the smaller id is first")
  func ties() throws {
    #expect(try row([attempt(2, .complete, day: 0), attempt(1, .failed, day: 0)])[2] == .count(0))
  }
}
