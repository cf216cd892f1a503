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
  /// The estimate at each distinct event time, ascending.
  let steps: [KaplanMeierDocument.Step]
  private let events: Int
  private let censored: Int

  /// How far S may exceed 1 − p and still count as reached: the product of many quotients is not exact.
  private static let tolerance = 1e-12
  /// How many steps a report's curve has at most.
  private static let curveLength = 400

  /// Estimates from durations in milliseconds, both ascending.
  init(sortedEvents: [Int64], sortedCensorings: [Int64]) {
    events = sortedEvents.count
    censored = sortedCensorings.count
    var steps: [KaplanMeierDocument.Step] = []
    var survival = 1.0
    var greenwood = 0.0
    var event = 0
    var censoring = 0
    while event < sortedEvents.count {
      let time = sortedEvents[event]
      while censoring < sortedCensorings.count, sortedCensorings[censoring] < time {
        censoring += 1
      }
      let atRisk = sortedEvents.count - event + sortedCensorings.count - censoring
      let first = event
      while event < sortedEvents.count, sortedEvents[event] == time { event += 1 }
      let deaths = Double(event - first)
      let n = Double(atRisk)
      survival = deaths == n ? 0 : survival * (1 - deaths / n)
      greenwood += deaths / (n * (n - deaths))
      let limits = Self.limits(survival: survival, greenwood: greenwood)
      steps.append(
        .init(
          time: Double(time), survival: survival, lower: limits.lower, upper: limits.upper,
          atRisk: atRisk))
    }
    self.steps = steps
  }

  /// The limits S^exp(±z·√V), V = Greenwood's sum ÷ (log S)²; where S is 0 or 1 both are S.
  private static func limits(
    survival: Double, greenwood: Double
  ) -> (lower: Double, upper: Double) {
    guard survival > 0, survival < 1 else { return (survival, survival) }
    let spread = WilsonInterval.z * greenwood.squareRoot() / abs(log(survival))
    return (pow(survival, exp(spread)), pow(survival, exp(-spread)))
  }

  /// The smallest event time at which the share is at most 1 − p; `nil` when it is not reached.
  private func time(
    reaching probability: Double, of share: KeyPath<KaplanMeierDocument.Step, Double>
  ) -> Double? {
    steps.first { $0[keyPath: share] <= 1 - probability + Self.tolerance }?.time
  }

  private func limits(_ probability: Double) -> KaplanMeierDocument.Limits {
    .init(
      low: time(reaching: probability, of: \.lower), high: time(reaching: probability, of: \.upper))
  }

  /// Every step, or evenly spaced ones by index, the first and the last kept.
  private var curve: [KaplanMeierDocument.Step] {
    guard steps.count > Self.curveLength else { return steps }
    return (0..<Self.curveLength).map { index in
      steps[index * (steps.count - 1) / (Self.curveLength - 1)]
    }
  }

  /// The estimate as it stands in a report.
  var document: KaplanMeierDocument {
    KaplanMeierDocument(
      n: events + censored, events: events, censored: censored,
      p50: time(reaching: 0.5, of: \.survival), p75: time(reaching: 0.75, of: \.survival),
      p90: time(reaching: 0.9, of: \.survival), p95: time(reaching: 0.95, of: \.survival),
      limits: .init(p50: limits(0.5), p75: limits(0.75), p90: limits(0.9), p95: limits(0.95)),
      curve: curve)
  }
}
