import AuditModel

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

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
    private var event = 0
    private var censoring = 0
    // Between two censorings the product telescopes to one quotient, which keeps it exact where nothing is censored.
    private var base = 1.0
    private var baseAtRisk: Int
    private var baseCensoring = 0
    private var survival = 1.0
    private var greenwood = 0.0

    init(instances: Int) {
      baseAtRisk = instances
    }

    /// The next step; `nil` after the last.
    mutating func next(
      _ events: borrowing Span<Int64>, _ censorings: borrowing Span<Int64>
    ) -> Step? {
      guard event < events.count else { return nil }
      let time = events[event]
      while censoring < censorings.count, censorings[censoring] < time { censoring += 1 }
      let atRisk = events.count - event + censorings.count - censoring
      if censoring > baseCensoring {
        (base, baseAtRisk, baseCensoring) = (survival, atRisk, censoring)
      }
      let first = event
      while event < events.count, events[event] == time { event += 1 }
      let ended = event - first
      greenwood += Double(ended) / (Double(atRisk) * Double(atRisk - ended))
      survival = base * Double(atRisk - ended) / Double(baseAtRisk)
      return Step(time: time, atRisk: atRisk, survival: survival, greenwood: greenwood)
    }
  }

  private let events: [Int64]
  private let censorings: [Int64]
  /// How many steps there are.
  private let count: Int
  /// The walk before every 64th step: all steps would take four times as much memory as the times.
  private let marks: [Walk]

  private static let stride = 64
  /// How far a share may exceed 1 − p and still count as reached: a product of many quotients is not exact.
  private static let tolerance = 1e-12
  /// How many steps a report's curve has at most.
  private static let curveLength = 400

  /// Estimates from the times of a group, each ascending.
  init(events: [Int64], censorings: [Int64]) {
    self.events = events
    self.censorings = censorings
    var walk = Walk(instances: events.count + censorings.count)
    var marks: [Walk] = []
    var count = 0
    repeat {
      if count.isMultiple(of: Self.stride) { marks.append(walk) }
      count += 1
    } while walk.next(events.span, censorings.span) != nil
    self.count = count - 1
    self.marks = marks
  }

  /// A step by its number, which must be that of one.
  private func step(at index: Int) -> Step? {
    var walk = marks[index / Self.stride]
    var step = walk.next(events.span, censorings.span)
    for _ in 0..<index % Self.stride { step = walk.next(events.span, censorings.span) }
    return step
  }

  /// The time of the first step that satisfies a condition which all later ones satisfy too; `nil` when none does.
  private func firstTime(where isReached: (Step) -> Bool) -> Double? {
    let index = (0..<count).partitioningIndex { step(at: $0).map(isReached) ?? true }
    return index < count ? step(at: index).map { Double($0.time) } : nil
  }

  /// The estimate as it stands in a report.
  var document: KaplanMeierDocument {
    KaplanMeierDocument(
      n: events.count + censorings.count, events: events.count, censored: censorings.count,
      p50: quantile(0.5), p75: quantile(0.75), p90: quantile(0.9), p95: quantile(0.95),
      limits: .init(p50: limits(0.5), p75: limits(0.75), p90: limits(0.9), p95: limits(0.95)),
      curve: curve,
      censorings: Self.chosen(of: censorings.count).map { Double(censorings[$0]) })
  }

  /// The smallest event time at which at most 1 − p is unfinished; `nil` when that is not reached.
  private func quantile(_ probability: Double) -> Double? {
    firstTime { $0.survival <= 1 - probability + Self.tolerance }
  }

  /// The smallest event times at which the lower and the upper limit of the share are at most 1 − p.
  ///
  /// The lower limit never rises. With H = −log S and G Greenwood's sum, it falls as log H + z√G/H rises. G/H never
  /// falls, since those at risk become fewer; √G/H is at most 1/(√2 log 2) < 2/z; so from H to Hu² the sum
  /// rises by at least (2 − z√G/H)(1 − 1/u) ≥ 0. The upper limit may rise towards the end, and is never below S.
  private func limits(_ probability: Double) -> KaplanMeierDocument.Limits {
    let share = 1 - probability + Self.tolerance
    return .init(
      low: firstTime { Self.limits(of: $0).lower <= share },
      high: firstTime(from: { $0.survival <= share }) { Self.limits(of: $0).upper <= share })
  }

  /// The time of the first step that satisfies a condition, looked for from the first on that satisfies another one,
  /// which all later ones satisfy too.
  private func firstTime(
    from isBegun: (Step) -> Bool, where isReached: (Step) -> Bool
  ) -> Double? {
    let first = (0..<count).partitioningIndex { step(at: $0).map(isBegun) ?? true }
    guard first < count else { return nil }
    var walk = marks[first / Self.stride]
    var index = first / Self.stride * Self.stride
    while let step = walk.next(events.span, censorings.span) {
      if index >= first, isReached(step) { return Double(step.time) }
      index += 1
    }
    return nil
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

  private var curve: [KaplanMeierDocument.Step] {
    Self.chosen(of: count).compactMap { index in
      guard let step = step(at: index) else { return nil }
      let limits = Self.limits(of: step)
      return KaplanMeierDocument.Step(
        time: Double(step.time), survival: step.survival, lower: limits.lower,
        upper: limits.upper, atRisk: step.atRisk)
    }
  }
}
