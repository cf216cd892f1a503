import AuditModel
import Testing

@testable import AuditReduce

@Suite("restarts")
struct RestartsTests {
  /// A superseded instance that starts at one and ends at another second.
  private func superseded(_ id: Int64, _ from: Int64, _ to: Int64) -> Sample {
    var sample = next(id, from, to)
    sample.status = .canceledForRestart
    return sample
  }

  private func next(_ id: Int64, _ from: Int64, _ to: Int64) -> Sample {
    Sample(id) {
      $0.starts(at: from * 1000)
      $0.lasts((to - from) * 1000)
    }
  }

  private func chains(_ samples: [Sample]) throws -> [[Cell]] {
    try SectionReader("restarts", samples).rows("chains", "ids", "length", "totalMs", "open")
  }

  @Test("A successor starts within five minutes of the end, and not before it")
  func gap() throws {
    #expect(try chains([superseded(1, 0, 10), next(2, 310, 400)]).count == 1)
    #expect(try chains([superseded(1, 0, 10), next(2, 311, 400)]).isEmpty)
    #expect(try chains([superseded(1, 0, 10), next(2, 9, 400)]).isEmpty)
  }

  @Test("Another user, action, subject or definition is no successor, nor is a missing one")
  func keys() throws {
    let changes: [@Sendable (inout Sample) -> Void] = [
      { $0.user = "CORP\\bob" }, { $0.action = .revoke }, { $0.subject = "b" },
      { $0.definitionID = "d2" },
    ]
    for change in changes {
      var other = next(2, 20, 30)
      change(&other)
      #expect(try chains([superseded(1, 0, 10), other]).isEmpty)
    }
    let missing: [@Sendable (inout Sample) -> Void] = [
      { $0.user = nil }, { $0.subject = nil }, { $0.definitionID = nil },
    ]
    for change in missing {
      var (one, other) = (superseded(1, 0, 10), next(2, 20, 30))
      change(&one)
      change(&other)
      #expect(try chains([one, other]).isEmpty)
    }
  }

  @Test("The same user in another case is the same")
  func folded() throws {
    var other = next(2, 20, 30)
    other.user = "corp\\ALICE"
    #expect(try chains([superseded(1, 0, 10), other]).count == 1)
  }

  @Test("Of several candidates the nearest is taken, and none twice")
  func oneToOne() throws {
    // 2 ends nearer to 3; 1 then has 4.
    let samples = [superseded(1, 0, 10), superseded(2, 0, 18), next(3, 20, 30), next(4, 40, 50)]
    let reader = try SectionReader("restarts", samples)
    #expect(try reader.rows("chains", "ids") == [[.ids([1, 4])], [.ids([2, 3])]])
    #expect(try reader.figure("linked") == .count(2))
    #expect(try reader.figure("unlinked") == .count(0))
  }

  @Test("Equal gaps go by the smaller ids")
  func ties() throws {
    let samples = [superseded(1, 0, 10), superseded(2, 0, 10), next(3, 20, 30), next(4, 20, 30)]
    #expect(
      try SectionReader("restarts", samples).rows("chains", "ids") == [
        [.ids([1, 3])], [.ids([2, 4])],
      ])
  }

  @Test("A chain has a length and a total time; while it runs, up to T")
  func chain() throws {
    var last = next(3, 50, 60)
    let samples = [superseded(1, 0, 10), superseded(2, 20, 30)]
    #expect(
      try chains(samples + [last]) == [
        [.ids([1, 2, 3]), .count(3), .duration(60_000), .flag(false)]
      ])
    last.status = .running
    let now = Double(30 * Sample.day)
    #expect(
      try chains(samples + [last]) == [[.ids([1, 2, 3]), .count(3), .duration(now), .flag(true)]])
  }

  @Test("Instances that replace each other at one instant form a chain that ends")
  func circle() throws {
    let samples = [superseded(1, 5, 5), superseded(2, 5, 5)]
    let reader = try SectionReader("restarts", samples)
    #expect(try reader.rows("chains", "ids") == [[.ids([1, 2])]])
    #expect(try reader.figure("linked") == .count(2))
  }

  @Test("All superseded, none linked")
  func unlinked() throws {
    let reader = try SectionReader("restarts", [superseded(1, 0, 10), superseded(2, 9000, 9010)])
    #expect(try reader.figure("superseded") == .count(2))
    #expect(try reader.figure("supersededRate") == .rate(WilsonInterval.rate(2, of: 2)))
    #expect(try reader.figure("unlinked") == .count(2))
    #expect(try reader.figure("longestChain") == .missing(.none))
  }
}
