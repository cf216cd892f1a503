import AuditModel
import Testing

@testable import AuditReduce

@Suite("indicators")
struct IndicatorsTests {
  private func request(_ id: Int64, _ action: Action, day: Int64) -> Sample {
    Sample(id) {
      $0.action = action
      $0.starts(at: day * Sample.day)
      $0.lasts(1)
    }
  }

  private func rows(_ samples: [Sample]) throws -> [[Cell]] {
    try SectionReader("indicators", samples).rows(
      "list", "indicator", "apartMs", "instances", "ids")
  }

  private static let own = Cell.term("ownRevocation", label: "Enrolled and revoked")

  @Test("One user enrols and revokes one name within seven days, in either order")
  func ownRevocation() throws {
    let week = Double(7 * Sample.day)
    #expect(
      try rows([request(1, .enroll, day: 0), request(2, .revoke, day: 7)]) == [
        [Self.own, .duration(week), .count(2), .ids([1, 2])]
      ])
    #expect(
      try rows([request(1, .revoke, day: 0), request(2, .enroll, day: 7)]) == [
        [Self.own, .duration(week), .count(2), .ids([2, 1])]
      ])
    #expect(try rows([request(1, .enroll, day: 0), request(2, .revoke, day: 8)]).isEmpty)
  }

  @Test("The nearest pair is named, of equally near ones that with the smallest ids")
  func nearest() throws {
    let samples = [
      request(1, .enroll, day: 0), request(2, .revoke, day: 4), request(3, .enroll, day: 6),
      request(4, .revoke, day: 8), request(5, .enroll, day: 2),
    ]
    #expect(
      try rows(samples) == [
        [Self.own, .duration(Double(2 * Sample.day)), .count(5), .ids([3, 2])]
      ])
  }

  @Test("Pairs are found among more cases than are sorted together")
  func many() throws {
    let count: Int64 = 70_000
    let samples = (1...count).map { id in
      var sample = request(id, id > count - 20 ? .revoke : .enroll, day: 0)
      // The last twenty revoke what the first twenty enrolled.
      sample.subject = "\(id > count - 20 ? id - count + 20 : id)"
      return sample
    }
    #expect(
      try rows(samples)
        == (1...20).map { id in
          [Self.own, .duration(0.0), .count(2), .ids([id, id + count - 20])]
        })
  }

  @Test("Another user or another name is no pair")
  func others() throws {
    var revocation = request(2, .revoke, day: 1)
    revocation.user = "CORP\\bob"
    #expect(try rows([request(1, .enroll, day: 0), revocation]).isEmpty)
    revocation.user = "CORP\\alice"
    revocation.subject = "b"
    #expect(try rows([request(1, .enroll, day: 0), revocation]).isEmpty)
  }

  @Test("Complete in under a minute counts where approval is asked for, and only there")
  func hasty() throws {
    func complete(_ id: Int64, _ definition: String, seconds: Int64) -> Sample {
      Sample(id) {
        $0.definitionID = definition
        $0.user = nil
        $0.lasts(seconds * 1000)
      }
    }
    var asking = complete(1, "d1", seconds: 3000)
    asking.stepUniqueName = "RequireApproval1"
    let samples = [
      asking, complete(2, "d1", seconds: 59), complete(3, "d1", seconds: 60),
      complete(4, "d2", seconds: 1),
    ]
    let reader = try SectionReader("indicators", samples)
    #expect(
      try reader.rows("list", "definitionId", "ids") == [[.named("d1", name: "Issue"), .ids([2])]])
    #expect(try reader.figure("hastyApprovals") == .count(1))
  }

  @Test("Every rejection by one id is an indicator; one that names nobody is not")
  func soleRejecter() throws {
    func rejected(_ id: Int64, by user: Int64?) -> Sample {
      Sample(id) {
        $0.status = .rejected
        $0.rejectedByID = user
        $0.subject = nil
      }
    }
    let sole = try SectionReader("indicators", [rejected(1, by: 7), rejected(2, by: 7)])
    #expect(try sole.figure("soleRejecter") == .flag(true))
    #expect(try sole.rows("list", "rejectedById", "instances") == [[.identifier(7), .count(2)]])
    let mixed = try SectionReader("indicators", [rejected(1, by: 7), rejected(2, by: nil)])
    #expect(try mixed.figure("soleRejecter") == .flag(false))
    #expect(try mixed.figure("rejecters") == .count(1))
    let none = try SectionReader("indicators", [Sample(1)])
    #expect(try none.figure("soleRejecter") == .flag(false))
  }
}
