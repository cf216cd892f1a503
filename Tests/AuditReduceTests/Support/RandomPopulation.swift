import AuditModel
import TestSupport

@testable import AuditReduce

/// A population that follows from its seed: sizes, zones, ties and mixes of statuses vary, odd rows are frequent.
struct RandomPopulation: Sendable {
  let samples: [Sample]
  let reduction: Reduction

  private static let users: [String?] = [
    "CORP\\alice", "corp\\Alice", "CORP\\ALICE", "CORP\\bob", "Timer Service", "oauth-client",
    "OAUTH-client", "CORP\\ren\u{E9}", "CORP\\rene\u{301}", nil,
  ]
  private static let definitions: [(id: String?, type: String?)] = [
    ("d1", "Enrollment"), ("d2", "Enrollment"), ("d3", "Revocation"), ("d4", "Expiration"),
    (nil, nil),
  ]
  private static let zones = ["UTC", "Europe/Berlin", "Africa/Cairo", "America/St_Johns"]
  private static let sizes = [0, 1, 2, 5, 19, 20, 21, 99, 100, 101, 300, 700, 2500]
  /// What durations are rounded to, so that many are equal, some, or none.
  private static let grains: [Int64] = [1, 1000, 60_000, 3_600_000]
  private static let mixes: [[Status]] = [
    Status.allCases + [.complete, .complete, .complete, .failed], [.complete, .failed, .rejected],
    [.complete, .complete, .running], [.running, .suspended], [.canceledForRestart], [.unknown],
  ]

  init(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var reduction = Reduction()
    reduction.window.zone = try Self.zone(Self.zones[seed % Self.zones.count])
    // The last days of October hold the end of summer time in Berlin and Cairo.
    reduction.asOf = reduction.window.to.advanced(byMilliseconds: -Sample.day)
    reduction.settings = Reduction.withEverything.settings
    reduction.earlier = Self.earlier
    reduction.design = .sample
    reduction.decisions = DecisionIndex([.random(seed: seed)])
    reduction.rules = .sample
    let mix = seed % 3 == 2 ? Self.mixes[seed / 3 % Self.mixes.count] : Self.mixes[0]
    let grain = Self.grains[seed / 2 % Self.grains.count]
    samples = (0..<Self.sizes[seed % Self.sizes.count]).map { index in
      Self.sample(Int64(100 + index * 3), mix: mix, grain: grain, &generator)
    }
    self.reduction = reduction
  }

  /// Knows every third instance: some are gone, some read differently, some had not ended.
  private static let earlier = EarlierPack.october(
    rows: (0..<300).map { index in
      .init(
        referenceID: 100 + Int64(index) * 9, status: index % 2 == 0 ? .complete : .running,
        content: Fingerprint(of: [UInt8(index % 3)]))
    },
    versions: [.init(id: Name("d1"), version: 1)])

  static func zone(_ name: String) throws -> CivilZone {
    guard let zone = CivilZone(identifier: name) else { throw UnknownZone(name: name) }
    return zone
  }

  struct UnknownZone: Error {
    var name: String
  }

  private static func sample(
    _ referenceID: Int64, mix: [Status], grain: Int64, _ generator: inout SeededGenerator
  ) -> Sample {
    var sample = Sample(referenceID)
    sample.status = mix[Int.random(in: mix.indices, using: &generator)]
    let definition = definitions[Int.random(in: definitions.indices, using: &generator)]
    sample.definitionID = definition.id
    sample.workflowType = definition.type
    sample.version = Int64.random(in: 1...2, using: &generator)
    sample.definitionName = oneIn(8, &generator) ? nil : "Definition \(sample.version ?? 0)"
    sample.user = users[Int.random(in: users.indices, using: &generator)]
    sample.action = oneIn(3, &generator) ? .revoke : .enroll
    sample.subject = oneIn(8, &generator) ? nil : "host\(Int.random(in: 0..<6, using: &generator))"
    sample.start = Sample.origin + Int64.random(in: 0..<(30 * Sample.day), using: &generator)
    sample.lasts(Int64.random(in: 0...(4 * Sample.day), using: &generator) / grain * grain)
    describe(&sample, &generator)
    spoil(&sample, &generator)
    return sample
  }

  private static func describe(_ sample: inout Sample, _ generator: inout SeededGenerator) {
    let step = Int.random(in: 1...3, using: &generator)
    sample.stepUniqueName = step == 3 ? nil : "Step\(step)"
    sample.stepName = "Step number \(Int.random(in: 1...2, using: &generator))"
    switch sample.status {
    case .failed:
      let classes: [(FailureClass, String)] = [
        (.accessDenied, "Access is denied."), (.unclassified, "Something else"),
        (.customStep(Name("Notify")), "Step \u{2018}Notify\u{2019} failed: no answer"),
      ]
      let (failureClass, message) = classes[Int.random(in: classes.indices, using: &generator)]
      sample.failureClass = failureClass
      sample.message = message
    case .rejected where sample.definitionID == "d1":
      sample.message = "Workflow rejected by user with Id 7."
      sample.rejectedByID = 7
    case .suspended where sample.definitionID == "d3":
      sample.message = "Awaiting 2 more approval(s) from approval roles."
      sample.approvalsOutstanding = 2
    case .complete where sample.definitionID == "d4" && oneIn(20, &generator):
      sample.stepUniqueName = "RequireApproval1"
    default: break
    }
  }

  private static func spoil(_ sample: inout Sample, _ generator: inout SeededGenerator) {
    if oneIn(15, &generator) { sample.lastModified = nil }
    if oneIn(15, &generator) { sample.start = nil }
    if oneIn(15, &generator) { sample.lasts(-5000) }
    if oneIn(15, &generator) { sample.lastModified = 253_402_300_799_999 }
    if oneIn(10, &generator) {
      sample.titleRule = .unrecognised
      sample.user = nil
      sample.title = oneIn(3, &generator) ? nil : "A title of no known wording"
    } else if oneIn(2, &generator) {
      sample.titleRule = .revoke
    }
    if oneIn(12, &generator) { sample.quality.insert(.loneSurrogate) }
  }

  private static func oneIn(_ count: Int, _ generator: inout SeededGenerator) -> Bool {
    Int.random(in: 0..<count, using: &generator) == 0
  }
}
