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
