import AuditModel
import Testing

@testable import AuditReduce

/// Populations at the edge of what there can be, with values computed by hand.
@Suite("At the edge")
struct EdgePopulationTests {
  /// Figures of metrics over a population, each as `metric.figure`.
  private func expect(
    _ samples: [Sample], _ figures: [String: Cell], _ rows: [String: [[Cell]]] = [:]
  ) throws {
    for (path, expected) in figures {
      let parts = path.split(separator: ".").map(String.init)
      let found = try SectionReader(parts[0], samples).figure(parts[1])
      #expect(found == expected, "\(path)")
    }
    for (path, expected) in rows {
      let parts = path.split(separator: ".").map(String.init)
      let section = try SectionReader(parts[0], samples).section
      let table = try #require(section.tables.first { $0.place.key == parts[1] })
      let columns = table.fields.indices.filter { parts[2...].contains(table.fields[$0].key) }
      let found = table.rows().map { row in columns.map { row[$0] } }
      #expect(found == expected, "\(path)")
    }
  }

  @Test("One instance, Complete after a second")
  func one() throws {
    try expect(
      [Sample(1)],
      [
        "backlog.open": .count(0), "restarts.supersededRate": .rate(WilsonInterval.rate(0, of: 1)),
        "firstPassYield.withoutEpisode": .count(0), "repeatFailures.bursts": .count(0),
        "concentration.top5": .ratio(1), "concentration.hhi": .number(1),
        "indicators.ownRevocations": .count(0),
      ],
      [
        // A second is less than the first horizon.
        "outcomes.byWorkflowType.complete": Array(repeating: [.missing(.none)], count: 5),
        "sla.byWorkflowType.instances": [[.count(0)], [.count(0)]],
        // Midnight of a Thursday is closed.
        "businessHours.byWorkflowType.n.p50.p95": [[.count(1), .duration(0), .missing(.tooFew)]],
        "offHours.byInitiator.instances.outside": [
          [.count(1), .count(1)], [.count(0), .count(0)], [.count(0), .count(0)],
          [.count(0), .count(0)],
        ],
        "firstPassYield.byAction.firstTerminal.attemptsPerSuccess": [[.count(1), .number(1)]],
        "definitions.versions.instances": [[.count(1)]],
      ])
  }

  @Test("All open for thirty days")
  func open() throws {
    let samples = (1...3).map { id in
      Sample(Int64(id)) {
        $0.status = .running
        $0.workflowType = "Revocation"
        $0.lasts(0)
      }
    }
    try expect(
      samples,
      [
        "backlog.open": .count(3), "backlog.oldestAge": .duration(Double(30 * Sample.day)),
        "backlog.oldestReferenceId": .identifier(1), "restarts.superseded": .count(0),
        "indicators.soleRejecter": .flag(false),
      ],
      [
        // Nobody has ended while all were watched.
        "outcomes.byWorkflowType.complete.failed": Array(
          repeating: [.ratio(0), .ratio(0)], count: 5),
        "sla.byWorkflowType.breached.met.undetermined": Array(
          repeating: [.count(3), .count(0), .count(0)], count: 2),
        "businessHours.byWorkflowType.n.kmP50": [[.count(0), .missing(.notReached)]],
        "firstPassYield.byAction.episodes.firstTerminal.firstRate.attemptsPerSuccess": [
          [.count(1), .count(0), .rate(WilsonInterval.rate(0, of: 0)), .missing(.none)]
        ],
      ])
  }

  @Test("All superseded, at one instant")
  func superseded() throws {
    let samples = (1...4).map { id in
      Sample(Int64(id)) {
        $0.status = .canceledForRestart
        $0.lasts(0)
      }
    }
    try expect(
      samples,
      [
        "restarts.superseded": .count(4),
        "restarts.supersededRate": .rate(WilsonInterval.rate(4, of: 4)),
        // 1 → 2, 2 → 1, 3 → 4 and 4 → 3 are the smallest pairs.
        "restarts.linked": .count(4), "restarts.longestChain": .count(2), "backlog.open": .count(0),
      ],
      [
        "restarts.chains.ids.totalMs": [
          [.duration(0), .ids([1, 2])], [.duration(0), .ids([3, 4])],
        ],
        "outcomes.byWorkflowType.complete": Array(repeating: [.missing(.none)], count: 5),
        "firstPassYield.byAction.episodes.attempts": [[.count(1), .count(0)]],
      ])
  }

  @Test("All in the future or ended before they started: in the population, in no time")
  func odd() throws {
    let samples = [
      Sample(1) { $0.start = Sample.origin + 31 * Sample.day },
      Sample(2) { $0.lasts(-1) },
      Sample(3) { $0.start = nil },
    ]
    try expect(
      samples,
      ["firstPassYield.withoutEpisode": .count(3), "concentration.named": .count(3)],
      [
        "outcomes.byWorkflowType.instances": Array(repeating: [.count(0)], count: 5),
        "businessHours.byWorkflowType.n": [],
        "offHours.byInitiator.instances": Array(repeating: [.count(0)], count: 4),
        "definitions.versions.instances.firstStart": [[.count(3), .missing(.none)]],
      ])
  }

  @Test("Nobody")
  func none() throws {
    try expect(
      [],
      [
        "backlog.open": .count(0), "restarts.supersededRate": .rate(WilsonInterval.rate(0, of: 0)),
        "concentration.top1": .missing(.none), "repeatFailures.bursts": .count(0),
      ],
      [
        "outcomes.byWorkflowType.complete": [], "definitions.versions.instances": [],
        "firstPassYield.byAction.episodes": [],
      ])
  }
}
