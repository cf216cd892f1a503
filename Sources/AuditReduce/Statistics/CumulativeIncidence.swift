/// The Aalen–Johansen estimate of how many have ended by each of several causes up to a time.
///
/// Source: O. O. Aalen, S. Johansen, Scandinavian Journal of Statistics 5 (1978): each event adds to its cause the share
/// that was still unfinished just before it, divided by those at risk. Events precede censorings at equal times.
struct CumulativeIncidence {
  private let causes: [AscendingTimes]
  private let censorings: AscendingTimes

  /// Takes event times by cause and censoring times.
  init(causes: [AscendingTimes], censorings: AscendingTimes) {
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
    var incidence: [Double]
    private var causes: [AscendingTimes.Cursor]
    private var censorings: AscendingTimes.Cursor
    private var atRisk: Int
    private var unfinished = 1.0

    init(causes: [AscendingTimes], censorings: AscendingTimes) {
      incidence = causes.map { _ in 0 }
      self.causes = causes.map(\.cursor)
      self.censorings = censorings.cursor
      atRisk = causes.reduce(censorings.count) { $0 + $1.count }
    }

    mutating func advance(through limit: Int64) {
      while let time = nextEvent, time <= limit { take(time) }
    }

    private var nextEvent: Int64? {
      var next: Int64?
      for cause in causes {
        if let time = cause.time { next = min(time, next ?? time) }
      }
      return next
    }

    private mutating func take(_ time: Int64) {
      while let censoring = censorings.time, censoring < time {
        censorings.advance()
        atRisk -= 1
      }
      let before = atRisk
      for cause in causes.indices {
        var ended = 0
        while causes[cause].time == time {
          causes[cause].advance()
          ended += 1
        }
        incidence[cause] += unfinished * Double(ended) / Double(before)
        atRisk -= ended
      }
      unfinished *= Double(atRisk) / Double(before)
    }
  }
}
