#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A logarithmic axis of durations from a second: requests take from seconds to weeks.
struct TimeScale {
  let left: Double
  let right: Double
  /// The longest duration, in milliseconds.
  private let longest: Double

  private static let shortest = 1000.0
  private static let marks: [(milliseconds: Double, text: String)] = [
    (1000, "1 s"), (10_000, "10 s"), (60_000, "1 min"), (600_000, "10 min"), (3_600_000, "1 h"),
    (21_600_000, "6 h"), (86_400_000, "1 d"), (604_800_000, "7 d"), (2_592_000_000, "30 d"),
    (31_536_000_000, "1 y"),
  ]

  init(upTo longest: Double, left: Double, right: Double) {
    self.left = left
    self.right = right
    self.longest = max(longest, 60_000)
  }

  /// Where a duration lies; whatever is below a second lies at its start.
  func x(_ milliseconds: Double) -> Double {
    left + (right - left) * log(max(milliseconds, Self.shortest) / Self.shortest)
      / log(longest / Self.shortest)
  }

  /// The marks that have room.
  var ticks: [(x: Double, text: String)] {
    var ticks: [(x: Double, text: String)] = []
    for mark in Self.marks where mark.milliseconds <= longest {
      let x = x(mark.milliseconds)
      let room = Double(mark.text.count) * ChartSize.letterWidth + 14
      if let last = ticks.last, x - last.x < room { continue }
      ticks.append((x, mark.text))
    }
    return ticks
  }
}
