import AuditModel
import Foundation
import TestSupport
import Testing

@testable import AuditReduce

/// Worked out by hand: `d1` asks for approval, `d2` does not.
@Suite("indicators, over several instances")
struct PatternTests {
  private static let day = Sample.day

  private func sample(
    _ id: Int64, _ status: Status = .complete, user: String? = "CORP\\alice", at start: Int64,
    lasting: Int64 = 0, _ change: (inout Sample) -> Void = { _ in }
  ) -> Sample {
    Sample(id) {
      $0.status = status
      $0.outcome = status == .complete ? .issued : .unknown
      $0.user = user
      $0.starts(at: start)
      $0.lasts(lasting)
      change(&$0)
    }
  }

  /// Makes a definition approval-bearing, with a name of its own.
  private func asking(_ definition: String = "d1") -> Sample {
    sample(9999, .suspended, at: 0) {
      $0.definitionID = definition
      $0.subject = "asking"
      $0.stepUniqueName = "RequireApproval1"
    }
  }

  private func rows(_ table: String, _ key: String, _ samples: [Sample]) throws -> [[Cell]] {
    try SectionReader("indicators", samples).rows(table, key, "ids")
  }

  @Test(
    "Refused, then issued for the same name from the end of the rejection on, within thirty days")
  func refusedThenObtained() throws {
    let samples = [
      sample(1, .rejected, at: 0, lasting: Self.day), sample(2, at: Self.day - 1),
      sample(3, user: "CORP\\bob", at: Self.day), sample(4, at: Self.day),
      sample(5, .rejected, at: 2 * Self.day), sample(6, at: 32 * Self.day),
      sample(7, .rejected, at: 2 * Self.day - 1),
    ]
    var reduction = Reduction.withEverything
    reduction.asOf = Instant(milliseconds: Sample.origin + 40 * Self.day)
    let reader = try SectionReader("indicators", samples, reduction)
    #expect(try reader.figure("refusedThenObtained") == .count(2))
    // The seventh is a millisecond too early for the sixth.
    #expect(
      try reader.rows("refusals", "apartMs", "sameUser", "sameDefinition", "ids") == [
        [.duration(0.0), .flag(false), .flag(true), .ids([1, 3])],
        [.duration(Double(30 * Self.day)), .flag(true), .flag(true), .ids([5, 6])],
      ])
  }

  @Test("Neither another name nor a missing one, another action, nor what was not issued is one")
  func notRefused() throws {
    let rejection = sample(1, .rejected, at: 0)
    let others = [
      sample(2, at: 1) { $0.subject = "b" }, sample(3, at: 1) { $0.subject = nil },
      sample(4, at: 1) { $0.user = nil }, sample(5, at: 1) { $0.outcome = .pendingAtCA },
      sample(6, .running, at: 1),
    ]
    #expect(try rows("refusals", "user", [rejection] + others).isEmpty)
    let issued = sample(2, at: 1)
    let without = [
      sample(1, .rejected, at: 0) { $0.action = .revoke }, sample(3, .failed, at: 0),
      sample(4, .rejected, user: nil, at: 0), sample(5, .rejected, at: 0, lasting: 2),
    ]
    #expect(try rows("refusals", "user", [issued] + without).isEmpty)
  }

  @Test("Issued past approval when the name had an earlier start where approval is asked for")
  func approvalBypass() throws {
    func issued(_ id: Int64, at start: Int64, by definition: String?) -> Sample {
      sample(id, at: start) { $0.definitionID = definition }
    }
    let samples = [
      asking(), issued(1, at: 10, by: "d2"), issued(2, at: 10, by: "d1"),
      issued(3, at: 11, by: "d2"), issued(4, at: 12, by: "d1"), issued(5, at: 13, by: "d2"),
      issued(6, at: 14, by: nil),
      sample(7, at: 15) {
        $0.definitionID = "d2"
        $0.subject = "b"
      },
      sample(8, .failed, at: 15) { $0.definitionID = "d2" },
    ]
    // The first starts with the second, which is not earlier; the sixth names no definition.
    #expect(
      try rows("bypasses", "apartMs", samples) == [
        [.duration(1.0), .ids([2, 3])], [.duration(1.0), .ids([4, 5])],
      ])
  }

  @Test("A batch is five ends or more, each within ten seconds of the one before")
  func batchEnds() throws {
    func ended(_ ids: ClosedRange<Int64>, from: Int64, apart: Int64) -> [Sample] {
      ids.enumerated().map { place, id in
        sample(id, user: "CORP\\u\(id)", at: 0, lasting: from + Int64(place) * apart) {
          $0.subject = "name \(id)"
        }
      }
    }
    let batch = ended(1...5, from: 1_000_000, apart: 10_000)
    let slower = ended(11...15, from: 2_000_000, apart: 10_001)
    let few = ended(21...24, from: 3_000_000, apart: 0)
    let tied = ended(31...36, from: 4_000_000, apart: 0).reversed()
    let samples = [asking()] + batch + slower + few + tied
    let found = try SectionReader("indicators", samples)
    #expect(try found.figure("batchEnds") == .count(2))
    #expect(
      try found.rows("batches", "spanMs", "instances", "ids") == [
        [.duration(40_000.0), .count(5), .ids([1, 2, 3, 4, 5])],
        [.duration(0.0), .count(6), .ids([31, 32, 33, 34, 35, 36])],
      ])
    // Without approval, without a user or a name, or otherwise ended, it is none.
    #expect(try rows("batches", "instances", batch).isEmpty)
    for spoil in [{ $0.user = nil }, { $0.subject = nil }, { $0.status = .failed }]
      as [(inout Sample) -> Void]
    {
      var spoiled = batch
      spoil(&spoiled[2])
      #expect(try rows("batches", "instances", [asking()] + spoiled).isEmpty)
    }
  }

  @Test("A name has many requesters when three users enrol it within thirty days")
  func manyRequesters() throws {
    let month = 30 * Self.day
    func enrolled(_ id: Int64, by user: String, at start: Int64, _ name: String) -> Sample {
      sample(id, .failed, user: user, at: start) { $0.subject = name }
    }
    let samples = [
      enrolled(1, by: "CORP\\a", at: 0, "far"), enrolled(2, by: "CORP\\b", at: 5, "far"),
      enrolled(3, by: "CORP\\c", at: month + 1, "far"),
      enrolled(11, by: "CORP\\a", at: 0, "near"), enrolled(12, by: "corp\\A", at: 1, "near"),
      enrolled(13, by: "CORP\\b", at: 2, "near"), enrolled(14, by: "c", at: month, "near"),
      enrolled(15, by: "C", at: month + 2, "near"), enrolled(16, by: "c", at: month + 3, "near"),
      enrolled(21, by: "CORP\\a", at: 0, "two"), enrolled(22, by: "CORP\\b", at: 0, "two"),
      sample(23, .failed, user: "CORP\\c", at: 0) {
        $0.subject = "two"
        $0.action = .revoke
      },
    ]
    // From the second on three users are within thirty days, from the third on still, from the fourth on no more.
    let reader = try SectionReader("indicators", samples)
    #expect(try reader.figure("manyRequesters") == .count(1))
    #expect(
      try reader.rows("requesters", "commonName", "users", "instances", "ids") == [
        [.text("near"), .count(4), .count(5), .ids([11, 12, 13, 14, 15])]
      ])
  }

  @Test("The limits are those of the settings, and the words say so")
  func limits() throws {
    var reduction = Reduction.withEverything
    reduction.settings.refusedThenObtainedDays = 1
    reduction.settings.batchEndsInstances = 2
    reduction.settings.batchEndsGapSeconds = 1
    reduction.settings.manyRequestersUsers = 2
    reduction.settings.manyRequestersDays = 1
    let samples = [
      asking(), sample(1, .rejected, at: 0), sample(2, at: Self.day, lasting: 1000),
      sample(3, user: "CORP\\bob", at: Self.day, lasting: 2000),
    ]
    let reader = try SectionReader("indicators", samples, reduction)
    for name in ["refusedThenObtained", "batchEnds", "manyRequesters"] {
      #expect(try reader.figure(name) == .count(1), "\(name)")
    }
    #expect(reader.text.contains("for the same name within 1 day."))
    #expect(reader.text.contains("1 run of 2 or more requests"))
    #expect(reader.text.contains("1 common name was requested by 2 or more users within 1 day."))
  }
}

/// The tables of the four patterns against every pair of instances, over populations that follow from a seed.
@Suite("indicators, by brute force")
struct PatternOracleTests {
  private static let seeds =
    ProcessInfo.processInfo.environment["KFAUDIT_ORACLE_SEEDS"].flatMap(Int.init) ?? 20

  /// Few names, users and definitions, and times that tie.
  private static func population(_ seed: Int) -> (Reduction, [Sample]) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var reduction = Reduction.asShown
    reduction.settings.refusedThenObtainedDays = 3
    reduction.settings.manyRequestersDays = 2
    reduction.settings.batchEndsGapSeconds = 600
    reduction.settings.batchEndsInstances = 3
    func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
    let grain = [1, 60_000, Sample.hour][seed % 3]
    let samples = (0..<[3, 40, 120, 400][seed % 4]).map { place in
      Sample(Int64(100 + place)) {
        $0.status = [.complete, .complete, .rejected, .failed, .suspended][below(5)]
        $0.outcome = $0.status == .complete && below(4) > 0 ? .issued : .complete
        $0.definitionID = ["d1", "d2", "d3", nil][below(4)]
        $0.stepUniqueName = $0.definitionID == "d1" && below(9) == 0 ? "RequireApproval2" : "Enroll"
        $0.user = ["CORP\\a", "corp\\A", "CORP\\b", "c", "C", nil][below(6)]
        $0.subject = ["a", "b", "A", "e\u{301}", "\u{E9}", nil][below(6)]
        $0.action = below(5) == 0 ? .revoke : .enroll
        $0.start = Sample.origin + Int64(below(12)) * Sample.day + Int64(below(5)) * grain
        $0.lasts(Int64(below(7)) * grain - (below(20) == 0 ? 10 * grain : 0))
      }
    }
    return (reduction, samples)
  }

  private static func ids(_ rows: [[Cell]]) -> [[Int64]] {
    rows.map { row in
      guard case .ids(let ids)? = row.last else { return [] }
      return ids
    }
  }

  /// A usable instance that names a user and has a common name.
  private struct Fact {
    var id, start, end: Int64
    var user, name: [UInt8]
    var sample: Sample

    init?(_ sample: Sample, asOf: Instant) {
      guard let user = sample.user, let name = sample.subject, let start = sample.start,
        let end = sample.lastModified,
        sample.quality(asOf: asOf).isDisjoint(with: [.badDate, .negativeDuration, .futureDate])
      else { return nil }
      (id, self.start, self.end, self.sample) = (sample.referenceID, start, end, sample)
      self.user = user.contains("\\") ? Array(user.lowercased().utf8) : Array(user.utf8)
      self.name = Array(name.utf8)
    }

    var approves: Bool? { sample.definitionID.map { $0 == "d1" } }
  }

  @Test("every pair agrees", arguments: 0..<seeds)
  func agreement(seed: Int) throws {
    let (reduction, samples) = Self.population(seed)
    let reader = try SectionReader("indicators", samples, reduction)
    let facts = samples.compactMap { Fact($0, asOf: reduction.asOf) }
    let isShown = samples.contains { $0.stepUniqueName == "RequireApproval2" }
    let settings = reduction.settings

    var refusals: [[Int64]] = []
    for one in facts where one.sample.status == .rejected && one.sample.action == .enroll {
      let next = facts.filter {
        $0.name == one.name && $0.sample.outcome == .issued && $0.start >= one.end
          && $0.start - one.end <= settings.refusedThenObtainedDays * Sample.day
      }.min { ($0.start, $0.id) < ($1.start, $1.id) }
      if let next { refusals.append([one.id, next.id]) }
    }
    #expect(Self.ids(try reader.rows("refusals", "ids")) == refusals)

    var bypasses: [Int64] = []
    for one in facts where one.sample.outcome == .issued && isShown && one.approves == false {
      if facts.contains(where: {
        $0.name == one.name && $0.approves == true && $0.start < one.start
      }) {
        bypasses.append(one.id)
      }
    }
    #expect(Self.ids(try reader.rows("bypasses", "ids")).map { $0[1] } == bypasses)

    let ends = facts.filter { isShown && $0.approves == true && $0.sample.status == .complete }
      .sorted { ($0.end, $0.id) < ($1.end, $1.id) }
    var batches: [[Int64]] = []
    for first in ends.indices {
      if first > 0, ends[first].end - ends[first - 1].end <= settings.batchEndsGapSeconds * 1000 {
        continue
      }
      let run = ends[first...].enumerated().prefix { place, end in
        place == 0
          || end.end - ends[first + place - 1].end <= settings.batchEndsGapSeconds * 1000
      }
      if run.count >= Int(settings.batchEndsInstances) {
        batches.append(run.prefix(100).map(\.element.id))
      }
    }
    #expect(Self.ids(try reader.rows("batches", "ids")) == batches)

    var requesters: [(users: Int, ids: [Int64])] = []
    for name in Set(facts.map(\.name)) {
      let enrolled = facts.filter { $0.name == name && $0.sample.action == .enroll }
      let behind = enrolled.filter { one in
        enrolled.contains { first in
          let stretch = enrolled.filter {
            0...settings.manyRequestersDays * Sample.day ~= $0.start - first.start
          }
          return stretch.contains { $0.id == one.id }
            && Set(stretch.map(\.user)).count >= Int(settings.manyRequestersUsers)
        }
      }.sorted { ($0.start, $0.id) < ($1.start, $1.id) }
      if behind.isEmpty { continue }
      requesters.append((Set(behind.map(\.user)).count, behind.prefix(100).map(\.id)))
    }
    requesters.sort { (-$0.users, $0.ids[0]) < (-$1.users, $1.ids[0]) }
    #expect(Self.ids(try reader.rows("requesters", "ids")) == requesters.map(\.ids))
    #expect(try reader.figure("manyRequesters") == .count(requesters.count))
  }
}
