/// The instances of a sandbox, drawn from its seed alone.
package struct SandboxPopulation: Sendable {
  /// The rows, ascending by reference id and so by start.
  package var rows: [SandboxRow]

  private static let day: Int64 = 86_400_000

  /// The last instant of a population: what the server's clock says, or 20 days after the window.
  static func end(_ options: SandboxOptions) -> Int64 {
    options.now ?? options.to + 20 * day
  }

  /// Draws a population; the same options give the same rows, on every machine and on every day.
  package init(_ options: SandboxOptions) {
    let day = Self.day
    let end = Self.end(options)
    let outside = options.instances * 4 / 100
    let rhythm = StartRhythm(seed: options.seed, end: end)
    let starts =
      rhythm.starts(outside, from: options.from - 3 * day, to: options.from)
      + rhythm.starts(options.instances, from: options.from, to: options.to)
      + rhythm.starts(outside, from: options.to, to: options.to + 3 * day)
    var artist = RowGenerator(options, end: end)
    rows = starts.map { artist.row(start: $0) }
  }
}

/// Requests that people make again after a failure or a restart, and certificates they may revoke.
struct FollowUps {
  private static let patience: Int64 = 6 * 3_600_000
  private static let memory = 300

  private var waiting: [(notBefore: Int64, assignment: Assignment)] = []
  private var issued: [Assignment] = []

  /// Asks for a row about the same thing at some later start.
  mutating func add(_ assignment: Assignment, notBefore: Int64) {
    waiting.append((notBefore, assignment))
  }

  /// What is due at a start, the longest waiting first; what waited too long is forgotten.
  mutating func due(at start: Int64) -> Assignment? {
    waiting.removeAll { start - $0.notBefore > Self.patience }
    guard let place = waiting.firstIndex(where: { $0.notBefore <= start }) else { return nil }
    return waiting.remove(at: place).assignment
  }

  /// Remembers a certificate that was issued.
  mutating func remember(_ assignment: Assignment) {
    issued.append(assignment)
    if issued.count > Self.memory { issued.removeFirst() }
  }

  /// A certificate issued not long ago.
  func certificate(_ random: inout SeededRandom) -> Assignment? { random.pick(issued) }
}

/// When instances start: in office hours mostly, on working days, seen in UTC.
struct StartRhythm {
  private static let hour: Int64 = 3_600_000

  let seed: UInt64
  /// Nothing starts later.
  let end: Int64

  /// That many instants of a half-open range, ascending; none where the range is in the future.
  func starts(_ count: Int, from: Int64, to: Int64) -> [Int64] {
    let to = min(to, end)
    guard count > 0, from < to else { return [] }
    var random = SeededRandom(seed: seed, stream: UInt64(bitPattern: from))
    let hours = Array(stride(from: from, to: to, by: Int(Self.hour)))
    let shares = CumulativeShares(hours.map(Self.share))
    return (0..<count).compactMap { _ -> Int64? in
      guard let index = shares.draw(&random) else { return nil }
      return random.whole(hours[index]..<min(hours[index] + Self.hour, to))
    }.sorted()
  }

  /// Whether people are at work.
  static func isOfficeTime(_ instant: Int64) -> Bool { share(of: instant) >= 0.5 }

  private static func share(of instant: Int64) -> Double {
    let time = CivilTime(milliseconds: instant)
    let isWeekend = time.weekday >= 5
    return switch time.hour {
    case 12: isWeekend ? 0.08 : 0.6
    case 8..<17: isWeekend ? 0.1 : 1
    case 6..<20: isWeekend ? 0.06 : 0.3
    default: 0.05
    }
  }
}
