/// Times in milliseconds as they come, packed in ascending runs while they grow.
struct GatheredTimes: Sendable {
  /// Each at least twice as long as the next, so that there are few and a time is moved rarely.
  private var runs: [AscendingTimes] = []
  private var recent: [Int64] = []

  /// How many times wait until they are packed.
  private static let room = 8192

  /// Adds a time.
  mutating func append(_ time: Int64) {
    recent.append(time)
    if recent.count >= Self.room { pack() }
  }

  /// Adds those of another.
  mutating func merge(_ other: GatheredTimes) {
    for run in other.runs { add(run) }
    recent += other.recent
    if recent.count >= Self.room { pack() }
  }

  private mutating func pack() {
    add(AscendingTimes(recent))
    recent.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ run: AscendingTimes) {
    runs.append(run)
    while runs.count > 1, runs[runs.count - 2].count < 2 * runs[runs.count - 1].count {
      let merged = AscendingTimes(merging: runs.suffix(2))
      runs.removeLast(2)
      runs.append(merged)
    }
  }

  /// All of them in order.
  var ascending: AscendingTimes { AscendingTimes(merging: (runs + [AscendingTimes(recent)])[...]) }
}
