import AuditModel
import Testing

@testable import AuditReduce

@Suite("concentration")
struct ConcentrationTests {
  private func samples(_ users: String?...) -> [Sample] {
    users.enumerated().map { index, user in Sample(Int64(index)) { $0.user = user } }
  }

  @Test("One user has everything")
  func one() throws {
    let reader = try SectionReader("concentration", samples("CORP\\a", "corp\\A"))
    #expect(try reader.figure("userCount") == .count(1))
    #expect(try reader.figure("top1") == .ratio(1))
    #expect(try reader.figure("hhi") == .number(1))
  }

  @Test("Shares are of those that name somebody")
  func shares() throws {
    let reader = try SectionReader(
      "concentration", samples("a", "a", "b", "Timer Service", nil))
    #expect(try reader.figure("named") == .count(4))
    #expect(try reader.figure("withoutUser") == .count(1))
    #expect(try reader.figure("top1") == .ratio(0.5))
    #expect(try reader.figure("top5") == .ratio(1))
    #expect(try reader.figure("hhi") == .number(0.375))
    #expect(try reader.figure("automation") == .count(1))
    #expect(try reader.figure("peopleRate") == .rate(WilsonInterval.rate(3, of: 4)))
    #expect(
      reader.text
        == "Concentration: high (0.38 on a scale of 0 to 1). a started 50.0% of 4 requests, the first five users together 100.0%; people started 75.0%."
    )
  }

  @Test("Nobody named, nothing to share")
  func none() throws {
    let reader = try SectionReader("concentration", samples(nil, nil))
    #expect(try reader.figure("top1") == .missing(.none))
    #expect(try reader.figure("hhi") == .missing(.none))
    #expect(try reader.figure("peopleRate") == .rate(WilsonInterval.rate(0, of: 0)))
    #expect(reader.text.isEmpty)
  }

  @Test("Configured service users are automation, in any case of their letters")
  func services() throws {
    var reduction = Reduction.withEverything
    reduction.settings.serviceUsers = [Name("corp\\svc")]
    let reader = try SectionReader("concentration", samples("CORP\\Svc", "CORP\\a"), reduction)
    #expect(try reader.figure("people") == .count(1))
    #expect(try reader.rows("users", "automation") == [[.flag(true)], [.flag(false)]])
  }
}
