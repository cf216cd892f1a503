/// The Aalen–Johansen estimate of how many have ended by each of several causes up to a time.
///
/// Source: O. O. Aalen, S. Johansen, Scandinavian Journal of Statistics 5 (1978): each event adds to its cause the share
/// that was still unfinished just before it, divided by those at risk. Events precede censorings at equal times.
struct CumulativeIncidence {
  private let causes: [[Int64]]
  private let censorings: [Int64]

  /// Takes event times by cause and censoring times, each ascending, in milliseconds.
  init(causes: [[Int64]], censorings: [Int64]) {
    self.causes = causes
    self.censorings = censorings
  }

  /// The estimates by cause at some times, ascending; `nil` beyond the largest observed time.
  func at(_ times: [Int64]) -> [[Double]?] {
    let longest = (causes + [censorings]).compactMap(\.last).max()
    var walk = Walk(causes: causes, censorings: censorings)
    return times.map { time in
      guard let longest, time <= longest else { return nil }
      walk.advance(through: time)
      return walk.incidence
    }
  }

  /// The estimate as it goes along the event times.
  private struct Walk {
    let causes: [[Int64]]
    let censorings: [Int64]
    var incidence: [Double]
    private var passed: [Int]
    private var censored = 0
    private var atRisk: Int
    private var unfinished = 1.0

    init(causes: [[Int64]], censorings: [Int64]) {
      self.causes = causes
      self.censorings = censorings
      incidence = causes.map { _ in 0 }
      passed = causes.map { _ in 0 }
      atRisk = causes.reduce(censorings.count) { $0 + $1.count }
    }

    mutating func advance(through limit: Int64) {
      while let time = nextEvent, time <= limit { take(time) }
    }

    private var nextEvent: Int64? {
      causes.indices.compactMap { passed[$0] < causes[$0].count ? causes[$0][passed[$0]] : nil }
        .min()
    }

    private mutating func take(_ time: Int64) {
      while censored < censorings.count, censorings[censored] < time {
        censored += 1
        atRisk -= 1
      }
      let before = atRisk
      for cause in causes.indices {
        let first = passed[cause]
        while passed[cause] < causes[cause].count, causes[cause][passed[cause]] == time {
          passed[cause] += 1
        }
        let ended = passed[cause] - first
        incidence[cause] += unfinished * Double(ended) / Double(before)
        atRisk -= ended
      }
      unfinished *= Double(atRisk) / Double(before)
    }
  }
}
