import AuditModel
import Testing

@testable import AuditReduce

@Suite("repeatFailures")
struct RepeatFailuresTests {
  /// An instance that ends at an hour.
  private func ended(_ id: Int64, _ status: Status, hour: Int64) -> Sample {
    Sample(id) {
      $0.status = status
      $0.lasts(hour * Sample.hour)
    }
  }

  private func failures(_ hours: Int64...) -> [Sample] {
    hours.enumerated().map { ended(Int64($0.offset + 1), .failed, hour: $0.element) }
  }

  private func bursts(_ samples: [Sample]) throws -> [[Cell]] {
    try SectionReader("repeatFailures", samples).rows("list", "ids", "ended", "endedReferenceId")
  }

  @Test("Three within a day are a burst; two, or three in more, are none")
  func three() throws {
    #expect(try bursts(failures(1, 2, 25)).map { $0[0] } == [.ids([1, 2, 3])])
    #expect(try bursts(failures(1, 2)).isEmpty)
    #expect(try bursts(failures(1, 2, 26)).isEmpty)
  }

  @Test("A burst goes on as long as each three in a row lie within a day")
  func maximal() throws {
    #expect(try bursts(failures(0, 10, 20, 30, 40)).map { $0[0] } == [.ids([1, 2, 3, 4, 5])])
  }

  @Test("Two bursts may share the failure between them")
  func shared() throws {
    // 3 ends the first burst and begins the second: 2, 3, 4 lie in more than a day.
    let samples = failures(0, 1, 24, 40, 47)
    #expect(try bursts(samples).map { $0[0] } == [.ids([1, 2, 3]), .ids([3, 4, 5])])
  }

  @Test("A burst ends as what comes next does")
  func endings() throws {
    let burst = failures(1, 2, 3)
    #expect(try bursts(burst)[0][1...] == [.missing(.none), .missing(.none)])
    let success = ended(9, .complete, hour: 30)
    #expect(
      try bursts(burst + [success])[0][1...] == [
        .term("Complete", label: "Complete"), .identifier(9),
      ])
    var open = ended(9, .running, hour: 4)
    open.start = Sample.origin
    #expect(try bursts(burst + [open])[0][1...] == [.term("Open", label: "Open"), .missing(.none)])
    let between = ended(9, .complete, hour: 2)
    #expect(try bursts(burst + [between])[0][0] == .ids([1, 2, 3]))
  }

  @Test("A later failure that is not part of the burst ends it")
  func laterFailure() throws {
    let row = try bursts(failures(1, 2, 3, 90))[0]
    #expect(row == [.ids([1, 2, 3]), .term("Failed", label: "Failed"), .identifier(4)])
  }

  @Test("Users, actions and names are apart, and the user is shown as the smallest id spells it")
  func keys() throws {
    var samples = failures(1, 2, 3)
    samples[2].subject = "b"
    #expect(try bursts(samples).isEmpty)
    samples[2].subject = "a"
    samples[0].user = "corp\\Alice"
    let rows = try SectionReader("repeatFailures", samples).rows("list", "user", "commonName")
    #expect(rows == [[.text("corp\\Alice"), .text("a")]])
  }
}
