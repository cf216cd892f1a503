import AuditModel
import Glibc

/// The Kaplan–Meier (product-limit) estimate of the share still unfinished, with log–log 95 % limits.
///
/// Sources: E. L. Kaplan, P. Meier, JASA 53 (1958); variance by Greenwood; limits on the scale log(−log S) as in
/// R. Brookmeyer, J. Crowley, Biometrics 38 (1982). Events precede censorings at equal times.
struct KaplanMeier {
  /// The estimate at one event time.
  private struct Step {
    var time: Int64
    var atRisk: Int
    var survival: Double
    /// Greenwood's sum of d ÷ (n (n − d)), up to here.
    var greenwood: Double
  }

  /// The estimate as it goes along the event times.
  private struct Walk {
    private var events: AscendingTimes.Cursor
    private var censorings: AscendingTimes.Cursor
    private var atRisk: Int
    // Between two censorings the product telescopes to one quotient, which keeps it exact where nothing is censored.
    private var base = 1.0
    private var baseAtRisk: Int
    private var survival = 1.0
    private var greenwood = 0.0

    init(events: AscendingTimes, censorings: AscendingTimes) {
      self.events = events.cursor
      self.censorings = censorings.cursor
      atRisk = events.count + censorings.count
      baseAtRisk = atRisk
    }

    /// The next step; `nil` after the last.
    mutating func next() -> Step? {
      guard let time = events.time else { return nil }
      if let censoring = censorings.time, censoring < time { passCensorings(before: time) }
      let before = atRisk
      while events.time == time {
        events.advance()
        atRisk -= 1
      }
      greenwood += Double(before - atRisk) / (Double(before) * Double(atRisk))
      survival = base * Double(atRisk) / Double(baseAtRisk)
      return Step(time: time, atRisk: before, survival: survival, greenwood: greenwood)
    }

    private mutating func passCensorings(before time: Int64) {
      while let censoring = censorings.time, censoring < time {
        censorings.advance()
        atRisk -= 1
      }
      (base, baseAtRisk) = (survival, atRisk)
    }
  }

  /// A quantile and its limits, found while the steps go by.
  private struct Quantile {
    /// The share still unfinished at which it is reached.
    private let share: Double
    /// The smallest event time at which at most this share is unfinished; `nil` when that is not reached.
    private(set) var time: Double?
    /// The smallest event times at which the lower and the upper limit of the share are at most this.
    private(set) var limits = KaplanMeierDocument.Limits(low: nil, high: nil)

    init(_ probability: Double) {
      share = 1 - probability + KaplanMeier.tolerance
    }

    /// The upper limit may rise towards the end, and is never below the share itself.
    mutating func pass(_ step: Step) {
      guard limits.high == nil, step.survival <= share else { return }
      time = time ?? Double(step.time)
      if KaplanMeier.limits(of: step).upper <= share { limits.high = Double(step.time) }
    }

    /// The lower limit never rises, so that most steps need not be looked at.
    ///
    /// With H = −log S and G Greenwood's sum, it falls as log H + z√G/H rises. G/H never falls, since those at risk become
    /// fewer; √G/H is at most 1/(√2 log 2) < 2/z; so from H to Hu² the sum rises by at least
    /// (2 − z√G/H)(1 − 1/u) ≥ 0.
    mutating func pass(_ steps: [Step]) {
      guard limits.low == nil, let last = steps.last, isLowReached(last) else { return }
      limits.low = steps.first(where: isLowReached).map { Double($0.time) }
    }

    private func isLowReached(_ step: Step) -> Bool {
      KaplanMeier.limits(of: step).lower <= share
    }
  }

  private let events: AscendingTimes
  private let censorings: AscendingTimes

  /// How many steps are looked at together.
  private static let stride = 64
  /// How far a share may exceed 1 − p and still count as reached: a product of many quotients is not exact.
  private static let tolerance = 1e-12
  /// How many steps a report's curve has at most.
  private static let curveLength = 400

  /// Estimates from the times of a group.
  init(events: AscendingTimes, censorings: AscendingTimes) {
    self.events = events
    self.censorings = censorings
  }

  /// The estimate as a report has it.
  var document: KaplanMeierDocument {
    var quantiles = [0.5, 0.75, 0.9, 0.95].map(Quantile.init)
    var curve: [KaplanMeierDocument.Step] = []
    let drawn = Self.chosen(of: events.distinct)
    var recent: [Step] = []
    var walk = Walk(events: events, censorings: censorings)
    var index = 0
    while let step = walk.next() {
      if curve.count < drawn.count, drawn[curve.count] == index { curve.append(Self.drawn(step)) }
      index += 1
      recent.append(step)
      for quantile in quantiles.indices { quantiles[quantile].pass(step) }
      if recent.count == Self.stride || index == events.distinct {
        for quantile in quantiles.indices { quantiles[quantile].pass(recent) }
        recent.removeAll(keepingCapacity: true)
      }
    }
    return KaplanMeierDocument(
      n: events.count + censorings.count, events: events.count, censored: censorings.count,
      p50: quantiles[0].time, p75: quantiles[1].time, p90: quantiles[2].time,
      p95: quantiles[3].time,
      limits: .init(
        p50: quantiles[0].limits, p75: quantiles[1].limits, p90: quantiles[2].limits,
        p95: quantiles[3].limits),
      curve: curve,
      censorings: censorings.times(at: Self.chosen(of: censorings.count)).map(Double.init))
  }

  /// The limits S^exp(±z·√V), V = Greenwood's sum ÷ (log S)²; where S is 0 or 1 both are S.
  private static func limits(of step: Step) -> (lower: Double, upper: Double) {
    let survival = step.survival
    guard survival > 0, survival < 1 else { return (survival, survival) }
    let spread = WilsonInterval.z * step.greenwood.squareRoot() / -log(survival)
    return (pow(survival, exp(spread)), pow(survival, exp(-spread)))
  }

  /// Every index, or evenly spaced ones, rounded to the nearest, the first and the last kept.
  private static func chosen(of count: Int) -> [Int] {
    let intervals = curveLength - 1
    return count <= curveLength
      ? Array(0..<count)
      : (0...intervals).map { ($0 * (count - 1) + intervals / 2) / intervals }
  }

  private static func drawn(_ step: Step) -> KaplanMeierDocument.Step {
    let limits = limits(of: step)
    return KaplanMeierDocument.Step(
      time: Double(step.time), survival: step.survival, lower: limits.lower, upper: limits.upper,
      atRisk: step.atRisk)
  }
}

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
