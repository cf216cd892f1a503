package import AuditModel
import AuditPlan
import AuditReduce

/// What a policy says of a report.
package struct PolicyJudgement {
  /// The gates, in the policy's order.
  package let gates: [GateDocument]
  /// What is worth knowing of the exceptions.
  package let findings: [Notice]
  /// Whether a required gate could not be judged.
  package let lacksRequired: Bool

  /// What the program answers for the policy alone.
  package var exitStatus: ExitStatus {
    if lacksRequired { return .unproved }
    return breaches.counted > 0 ? .breach : .complete
  }

  private static let named = 5

  /// Gates that failed, and how many would have without exceptions.
  package var breaches: (counted: Int, withoutExceptions: Int) {
    let failed = gates.count { $0.result == .failed }
    return (failed, failed + gates.count { $0.result == .excepted })
  }

  /// Judges a report as of an instant, which decides what exceptions are in force.
  init(_ policy: Policy, of report: ReportDocument, asOf: Instant) {
    let verdict = report.completeness.verdict
    var used = Set<Int>()
    var judged: [Name: GateDocument] = [:]
    for gate in policy.gates where !gate.isAboutExceptions {
      var document = Self.judge(gate, verdict) { report.metrics.values(of: [$0]) }
      if document.gate.result == .failed {
        document.gate = Self.excepted(document, policy, asOf, &used)
      }
      judged[Name(gate.id)] = document.gate
    }
    let review = ExceptionReview(of: policy.exceptions, used: used, asOf: asOf)
    for gate in policy.gates where gate.isAboutExceptions {
      judged[Name(gate.id)] = Self.judge(gate, verdict, review.values(of:)).gate
    }
    gates = policy.gates.compactMap { judged[Name($0.id)] }
    lacksRequired = policy.gates.contains { gate in
      gate.isRequired && judged[Name(gate.id)]?.result == .notJudged
    }
    findings = review.findings
  }

  /// A gate as it was judged, and the groups that break it.
  private typealias Judged = (gate: GateDocument, breaking: [String?])

  private static func judge(
    _ gate: Gate, _ verdict: CompletenessDocument.Verdict,
    _ values: (ReportFigure) -> [ReportedFigure]
  ) -> Judged {
    switch gate.question {
    case .completeness(let wanted):
      let isMet = verdict.rank >= wanted.rank
      return (
        GateDocument(
          id: gate.id, title: gate.title, severity: gate.severity.rawValue,
          result: isMet ? .passed : .failed, observed: "completeness is \(verdict.rawValue)",
          reason: "\(wanted.rawValue) is asked for"), isMet ? [] : [nil]
      )
    case .figure(let figure, let group, let side, let min, let max):
      let observations = values(figure)
        .filter { group == nil || $0.group.map { Name($0) } == group.map { Name($0) } }
      return judge(gate, figure, observations, side, min: min, max: max)
    }
  }

  private static func judge(
    _ gate: Gate, _ figure: ReportFigure, _ observations: [ReportedFigure], _ side: Gate.Side,
    min: Double?, max: Double?
  ) -> Judged {
    let value = { (observation: ReportedFigure) -> Double? in
      guard observation.n.map({ $0 >= gate.minimumN }) ?? true else { return nil }
      return switch side {
      case .point: observation.value
      case .low: observation.low
      case .high: observation.high
      }
    }
    let judged = observations.filter { value($0) != nil }
    let breaking = judged.filter { observation in
      guard let value = value(observation) else { return false }
      return max.map { value > $0 } ?? false || min.map { value < $0 } ?? false
    }
    var document = GateDocument(
      id: gate.id, title: gate.title, severity: gate.severity.rawValue, result: .passed,
      observed: observed(breaking.isEmpty ? judged : breaking, figure),
      reason: words(figure, side, min: min, max: max) + ": "
        + (breaking.isEmpty
          ? "\(judged.count) within" : "\(breaking.count) of \(judged.count) beyond"))
    if judged.isEmpty {
      document.result = .notJudged
      document.observed = "nothing"
      document.reason =
        observations.isEmpty || gate.minimumN == 1
        ? "the report gives no value of \(figure.name)"
        : "none of \(observations.count) has a value that rests on at least \(gate.minimumN) observations"
    } else if !breaking.isEmpty {
      document.result = .failed
    }
    return (document, breaking.map(\.group))
  }

  private static func observed(
    _ observations: [ReportedFigure], _ figure: ReportFigure
  ) -> String {
    let sorted = observations.sorted {
      ($0.value ?? 0, Name($1.group ?? "")) > ($1.value ?? 0, Name($0.group ?? ""))
    }
    let texts = sorted.prefix(named).map { observation -> String in
      var text = observation.group.map { "\($0): " } ?? ""
      text += observation.value.map(figure.readable) ?? "no value"
      if let low = observation.low, let high = observation.high {
        text += " (\(figure.readable(low)) to \(figure.readable(high)))"
      }
      return text + (observation.n.map { ", n \($0)" } ?? "")
    }
    let rest = observations.count - texts.count
    return texts.joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
  }

  private static func words(
    _ figure: ReportFigure, _ side: Gate.Side, min: Double?, max: Double?
  ) -> String {
    let subject =
      switch side {
      case .point: figure.name
      case .low: "the lower limit of \(figure.name)"
      case .high: "the upper limit of \(figure.name)"
      }
    let bounds = [
      max.map { "at most \(figure.readable($0))" }, min.map { "at least \(figure.readable($0))" },
    ]
    return "\(subject) must be \(bounds.compactMap { $0 }.joined(separator: " and "))"
  }

  /// A failed gate whose breaches are all answered for; its reason keeps that it failed.
  private static func excepted(
    _ judged: Judged, _ policy: Policy, _ asOf: Instant, _ used: inout Set<Int>
  ) -> GateDocument {
    var cover: [Int] = []
    for group in judged.breaking {
      let index = policy.exceptions.firstIndex { exception in
        exception.gate.isSame(as: judged.gate.id)
          && (exception.group == nil
            || exception.group.map { Name($0) } == group.map { Name($0) })
          && exception.created <= asOf && asOf < exception.expires
      }
      guard let index else { continue }
      used.insert(index)
      cover.append(index)
    }
    guard cover.count == judged.breaking.count else { return judged.gate }
    var gate = judged.gate
    gate.result = .excepted
    let words = Set(cover).sorted().map { policy.exceptions[$0].words }
    gate.reason = "failed, \(gate.reason); excepted \(words.joined(separator: "; "))"
    return gate
  }
}

extension CompletenessDocument.Verdict {
  /// The better, the higher.
  fileprivate var rank: Int {
    switch self {
    case .incomplete: 0
    case .unproved: 1
    case .provedWithChanges: 2
    case .proved: 3
    }
  }
}
