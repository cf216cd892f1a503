import AuditModel
import Testing

@testable import AuditReduce

@Suite("offHours")
struct OffHoursTests {
  /// An instance of a user that starts at an hour of Thursday 1 October, when 9 to 17 is open.
  private func start(_ id: Int64, _ user: String?, hour: Int64) -> Sample {
    Sample(id) {
      $0.user = user
      $0.starts(at: hour * Sample.hour)
      $0.lasts(1)
    }
  }

  private func tallies(_ samples: [Sample], _ reduction: Reduction = .withEverything) throws
    -> [[Cell]]
  {
    try SectionReader("offHours", samples, reduction).rows("byInitiator", "instances", "outside")
  }

  @Test("Opening is inside, closing is outside")
  func edges() throws {
    let samples = [8, 9, 16, 17].enumerated().map {
      start(Int64($0.offset), "CORP\\a", hour: $0.element)
    }
    #expect(try tallies(samples)[0] == [.count(4), .count(2)])
  }

  @Test("People, the timer, service users and nobody are apart")
  func initiators() throws {
    var reduction = Reduction.withEverything
    reduction.settings.serviceUsers = [Name("corp\\svc")]
    let samples = [
      start(1, "CORP\\a", hour: 1), start(2, "Timer Service", hour: 1),
      start(3, "CORP\\SVC", hour: 1), start(4, nil, hour: 10),
    ]
    #expect(
      try tallies(samples, reduction) == [
        [.count(1), .count(1)], [.count(1), .count(1)], [.count(1), .count(1)],
        [.count(1), .count(0)],
      ])
  }

  @Test("The list names the starts of people, with their local time")
  func list() throws {
    let samples = [
      start(2, "CORP\\b", hour: 20), start(1, "CORP\\a", hour: 3),
      start(3, "Timer Service", hour: 3),
    ]
    let rows = try SectionReader("offHours", samples).rows("list", "referenceId", "user", "start")
    #expect(
      rows == [
        [
          .identifier(1), .text("CORP\\a"),
          .instant(Instant(milliseconds: Sample.origin + 3 * Sample.hour)),
        ],
        [
          .identifier(2), .text("CORP\\b"),
          .instant(Instant(milliseconds: Sample.origin + 20 * Sample.hour)),
        ],
      ])
  }

  @Test("Unusable times are in no share")
  func odd() throws {
    var sample = start(1, "CORP\\a", hour: 1)
    sample.lasts(-1)
    #expect(try tallies([sample])[0] == [.count(0), .count(0)])
  }
}
