import AuditModel

/// How many instants fall on each hour of the week in a zone.
struct HourTally: Sendable {
  private var tally = [Int](repeating: 0, count: 7 * 24)

  mutating func add(_ instant: Instant, in zone: CivilZone) {
    let local = Instant(milliseconds: instant.milliseconds + zone.offset(at: instant))
    let date = CivilZone.utc.date(of: local)
    let hour = (local.milliseconds - date.dayNumber * 86_400_000) / 3_600_000
    tally[date.weekday * 24 + Int(hour)] += 1
  }

  mutating func merge(_ other: HourTally) {
    for index in tally.indices { tally[index] += other.tally[index] }
  }

  /// Seven lists of 24, Monday first.
  var counts: [[Int]] { (0..<7).map { Array(tally[$0 * 24..<$0 * 24 + 24]) } }
}
