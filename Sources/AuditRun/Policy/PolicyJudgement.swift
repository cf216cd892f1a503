import AuditModel
import FoundationEssentials

/// What a policy says of a report.
struct PolicyJudgement {
  /// The gates, in the policy's order.
  private(set) var gates: [GateDocument] = []
  /// What is worth knowing of the exceptions.
  private(set) var findings: [CompletenessDocument.Finding] = []
  /// Whether a required gate could not be judged.
  private(set) var lacksRequired = false

  /// What the program answers for the policy alone.
  var exitStatus: ExitStatus {
    if lacksRequired { return .unproved }
    return breaches.counted > 0 ? .breach : .complete
  }

  private static let named = 5

  /// Gates that failed, and how many would have without exceptions.
  var breaches: (counted: Int, withoutExceptions: Int) {
    let failed = gates.count { $0.result == .failed }
    return (failed, failed + gates.count { $0.result == .excepted })
  }

  /// Judges a report as of an instant, which decides what exceptions are in force.
  ///
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  init(_ policy: Policy, of report: ReportDocument, asOf: Instant) throws {
    let metrics = try JSONDecoder().decode(
      JSONValue.self, from: Data(JSONFile.bytes(report.metrics)))
    var used = Set<Int>()
    for gate in policy.gates {
      var document = Self.judge(gate, report.completeness.verdict, metrics)
      if document.gate.result == .failed {
        document.gate = Self.excepted(document, policy, asOf, &used)
      }
      lacksRequired = lacksRequired || gate.isRequired && document.gate.result == .notJudged
      gates.append(document.gate)
    }
    findings = Self.findings(policy, asOf, used)
  }

  /// A gate as it was judged, and the groups that break it.
  private typealias Judged = (gate: GateDocument, breaking: [String?])

  private static func judge(
    _ gate: Gate, _ verdict: CompletenessDocument.Verdict, _ metrics: JSONValue
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
      let observations = figure.observations(in: metrics)
        .filter { group == nil || $0.group == group }
      return judge(gate, figure, observations, side, min: min, max: max)
    }
  }

  private static func judge(
    _ gate: Gate, _ figure: GateFigure, _ observations: [GateFigure.Observation], _ side: Gate.Side,
    min: Double?, max: Double?
  ) -> Judged {
    let value = { (observation: GateFigure.Observation) -> Double? in
      guard observation.n.map({ $0 >= gate.minimumN }) ?? true else { return nil }
      return switch side {
      case .point: observation.point
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
    _ observations: [GateFigure.Observation], _ figure: GateFigure
  ) -> String {
    let sorted = observations.sorted {
      ($0.point ?? 0, $1.group ?? "") > ($1.point ?? 0, $0.group ?? "")
    }
    let texts = sorted.prefix(named).map { observation -> String in
      var text = observation.group.map { "\($0): " } ?? ""
      text += observation.point.map(figure.readable) ?? "no value"
      if let low = observation.low, let high = observation.high {
        text += " (\(figure.readable(low)) to \(figure.readable(high)))"
      }
      return text + (observation.n.map { ", n \($0)" } ?? "")
    }
    let rest = observations.count - texts.count
    return texts.joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
  }

  private static func words(
    _ figure: GateFigure, _ side: Gate.Side, min: Double?, max: Double?
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
        exception.gate == judged.gate.id && (exception.group == nil || exception.group == group)
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

  private static func findings(
    _ policy: Policy, _ asOf: Instant, _ used: Set<Int>
  ) -> [CompletenessDocument.Finding] {
    var findings: [CompletenessDocument.Finding] = []
    for (index, exception) in policy.exceptions.enumerated() {
      let name = "The exception \(exception.ticket) for the gate \(exception.gate)"
      if exception.expires <= asOf {
        findings.append(
          .init(code: "EXCEPTION_EXPIRED", text: "\(name) ended at \(exception.expires)."))
      } else if !used.contains(index) {
        findings.append(.init(code: "EXCEPTION_UNUSED", text: "\(name) was not needed."))
      }
      for other in policy.exceptions[(index + 1)...]
      where other.gate == exception.gate
        && (other.group == exception.group || other.group == nil || exception.group == nil)
        && other.created < exception.expires && exception.created < other.expires
      {
        findings.append(
          .init(
            code: "EXCEPTION_OVERLAP", text: "\(name) and \(other.ticket) cover the same breaches.")
        )
      }
    }
    return findings
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
