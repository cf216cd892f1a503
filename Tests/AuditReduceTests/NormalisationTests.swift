import AuditModel
import TestSupport
import Testing

@testable import AuditReduce

@Suite("normalisation")
struct NormalisationTests {
  private func unrecognised(_ referenceID: Int64, _ title: String?) -> Sample {
    Sample(referenceID) {
      $0.titleRule = .unrecognised
      $0.title = title
      $0.user = nil
    }
  }

  @Test("Without instances all rules and flags are there with zero, and the rate is missing")
  func empty() {
    let normalisation = Reduction().metrics([]).normalisation
    #expect(normalisation.rules == ["enroll": 0, "revoke": 0, "unrecognised": 0])
    #expect(normalisation.unrecognisedRate == nil)
    #expect(Set(normalisation.dataQuality.keys) == Set(DataQuality.named.map(\.name)))
    #expect(normalisation.dataQuality.values.allSatisfy { $0 == 0 })
    #expect(normalisation.rulesVersion == NormalisationRules.version)
  }

  @Test("Titles are counted by the rule that read them")
  func rules() {
    let samples = [
      Sample(1), Sample(2), Sample(3) { $0.titleRule = .revoke }, unrecognised(4, "What?"),
    ]
    let normalisation = Reduction().metrics(samples).normalisation
    #expect(normalisation.rules == ["enroll": 2, "revoke": 1, "unrecognised": 1])
    #expect(normalisation.unrecognised == 1)
    #expect(normalisation.unrecognisedRate == 0.25)
    #expect(normalisation.firstUnrecognised == [.init(referenceId: 4, title: "What?")])
  }

  @Test("Instances without a requester or usable dates are counted, whatever their titles")
  func withoutUserOrTimes() {
    let samples = [
      Sample(1), Sample(2) { $0.user = nil }, unrecognised(3, nil), Sample(4) { $0.start = nil },
      Sample(5) { $0.lasts(-1) }, Sample(6) { $0.quality = [.outOfWindow, .badDate] },
    ]
    let normalisation = Reduction().metrics(samples).normalisation
    #expect((normalisation.withoutUser, normalisation.withoutTimes) == (2, 2))
  }

  @Test("The first twenty by reference id are listed, whatever order they came in")
  func firstTwenty() {
    var generator = SeededGenerator(seed: 5)
    let samples = (1...50).map { unrecognised(Int64($0), "Title \($0)") }
    let listed = Reduction().metrics(samples.shuffled(using: &generator)).normalisation
      .firstUnrecognised
    #expect(listed.map(\.referenceId) == Array(1...20))
    #expect(listed.first?.title == "Title 1")
  }

  @Test("A listed title is cut and shows no control character; a missing one stays missing")
  func sanitised() {
    let long = String(repeating: "x", count: 300)
    let samples = [
      unrecognised(1, "a\u{1B}[31mb\u{202E}c"), unrecognised(2, long), unrecognised(3, nil),
    ]
    let listed = Reduction().metrics(samples).normalisation.firstUnrecognised
    #expect(listed[0].title == "a\\u{1B}[31mb\\u{202E}c")
    #expect(listed[1].title == long.prefix(200) + "…")
    #expect(listed[2].title == nil)
  }

  @Test("Every flag of an instance is counted")
  func flags() {
    let samples = [
      Sample(1) { $0.quality = [.loneSurrogate, .titleTypeMismatch] },
      Sample(2) { $0.quality = [.loneSurrogate, .unknownField] },
      Sample(3) { $0.status = .unknown },
      Sample(4) { $0.start = nil },
      Sample(5) { $0.lasts(-1) },
      Sample(6) { $0.lastModified = Sample.origin + 365 * Sample.day },
      Sample(7) { $0.title = nil },
    ]
    #expect(
      Reduction().metrics(samples).normalisation.dataQuality == [
        "unknownStatus": 1, "badDate": 1, "negativeDuration": 1, "futureDate": 1,
        "titleTypeMismatch": 1, "loneSurrogate": 2, "nullTitle": 1, "unknownField": 1,
        "outOfWindow": 0,
      ])
  }

  @Test("Unknown fields of all batches are added up and come by name")
  func unknownFields() {
    let reduction = Reduction()
    var first = reduction.batch([])
    first.unknownFields = [Name("Zone"): 1, Name("Cost"): 2]
    var second = reduction.batch([])
    second.unknownFields = [Name("Cost"): 5]
    let fields = reduction.finish(reduction.summary([first, second])).normalisation.unknownFields
    #expect(fields == [.init(name: "Cost", instances: 7), .init(name: "Zone", instances: 1)])
  }
}
