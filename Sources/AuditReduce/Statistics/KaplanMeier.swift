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

  private let steps: [Step]
  private let events: Int
  private let censorings: [Int64]

  /// How far a share may exceed 1 − p and still count as reached: a product of many quotients is not exact.
  private static let tolerance = 1e-12
  /// How many steps a report's curve has at most.
  private static let curveLength = 400

  /// Estimates from the times of a group, each ascending.
  init(events: [Int64], censorings: [Int64]) {
    self.events = events.count
    self.censorings = censorings
    steps = Self.steps(events: events.span, censorings: censorings.span)
  }

  private static func steps(
    events: borrowing Span<Int64>, censorings: borrowing Span<Int64>
  ) -> [Step] {
    var steps: [Step] = []
    // There are at most as many; growing would hold them twice.
    steps.reserveCapacity(events.count)
    var (event, censoring) = (0, 0)
    // Between two censorings the product telescopes to one quotient, which keeps it exact where nothing is censored.
    var (base, baseAtRisk, baseCensoring) = (1.0, events.count + censorings.count, 0)
    var greenwood = 0.0
    while event < events.count {
      let time = events[event]
      while censoring < censorings.count, censorings[censoring] < time { censoring += 1 }
      let atRisk = events.count - event + censorings.count - censoring
      if censoring > baseCensoring {
        (base, baseAtRisk, baseCensoring) = (steps.last?.survival ?? 1, atRisk, censoring)
      }
      let first = event
      while event < events.count, events[event] == time { event += 1 }
      let ended = event - first
      greenwood += Double(ended) / (Double(atRisk) * Double(atRisk - ended))
      steps.append(
        Step(
          time: time, atRisk: atRisk,
          survival: base * Double(atRisk - ended) / Double(baseAtRisk), greenwood: greenwood))
    }
    return steps
  }

  /// The estimate as it stands in a report.
  var document: KaplanMeierDocument {
    KaplanMeierDocument(
      n: events + censorings.count, events: events, censored: censorings.count,
      p50: quantile(0.5), p75: quantile(0.75), p90: quantile(0.9), p95: quantile(0.95),
      limits: .init(p50: limits(0.5), p75: limits(0.75), p90: limits(0.9), p95: limits(0.95)),
      curve: curve,
      censorings: Self.chosen(of: censorings.count).map { Double(censorings[$0]) })
  }

  /// The smallest event time at which at most 1 − p is unfinished; `nil` when that is not reached.
  private func quantile(_ probability: Double) -> Double? {
    let index = steps.partitioningIndex { $0.survival <= 1 - probability + Self.tolerance }
    return index < steps.count ? Double(steps[index].time) : nil
  }

  /// The smallest event times at which the lower and the upper limit of the share are at most 1 − p.
  ///
  /// The lower limit never rises. With H = −log S and G Greenwood's sum, it falls as log H + z√G/H rises. G/H never
  /// falls, since those at risk become fewer; √G/H is at most 1/(√2 log 2) < 2/z; so from H to Hu² the sum
  /// rises by at least (2 − z√G/H)(1 − 1/u) ≥ 0. The upper limit may rise towards the end, and is never below S.
  private func limits(_ probability: Double) -> KaplanMeierDocument.Limits {
    let share = 1 - probability + Self.tolerance
    let low = steps.partitioningIndex { Self.limits(of: $0).lower <= share }
    let reached = steps.partitioningIndex { $0.survival <= share }
    let high = steps[reached...].firstIndex { Self.limits(of: $0).upper <= share }
    return .init(
      low: low < steps.count ? Double(steps[low].time) : nil,
      high: high.map { Double(steps[$0].time) })
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
    Self.chosen(of: steps.count).map { index in
      let step = steps[index]
      let limits = Self.limits(of: step)
      return KaplanMeierDocument.Step(
        time: Double(step.time), survival: step.survival, lower: limits.lower,
        upper: limits.upper, atRisk: step.atRisk)
    }
  }
}
