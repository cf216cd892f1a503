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
    return gates.contains { $0.result == .failed } ? .breach : .complete
  }

  private static let named = 3

  /// Judges a report as of an instant, which decides what exceptions are in force.
  init(_ policy: Policy, of report: ReportDocument, asOf: Instant) {
    let verdict = report.completeness.verdict
    let names = DefinitionNames(report.metrics.population)
    var used = Set<Int>()
    var judged: [Name: GateDocument] = [:]
    for gate in policy.gates where !gate.isAboutExceptions {
      var document = Self.judge(gate, verdict, names) { report.metrics.values(of: [$0]) }
      if document.gate.result == .failed {
        document.gate = Self.excepted(document, policy, asOf, &used)
      }
      judged[Name(gate.id)] = document.gate
    }
    let review = ExceptionReview(of: policy.exceptions, used: used, asOf: asOf)
    for gate in policy.gates where gate.isAboutExceptions {
      judged[Name(gate.id)] = Self.judge(gate, verdict, names, review.values(of:)).gate
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
    _ gate: Gate, _ verdict: CompletenessDocument.Verdict, _ names: DefinitionNames,
    _ values: (ReportFigure) -> [ReportedFigure]
  ) -> Judged {
    switch gate.question {
    case .completeness(let wanted):
      let isMet = verdict.rank >= wanted.rank
      return (
        GateDocument(
          id: gate.id, title: gate.title, severity: gate.severity.rawValue,
          result: isMet ? .passed : .failed,
          observed: "completeness: \(verdict.label.lowercased())",
          reason: "the policy asks for: \(wanted.label.lowercased())"), isMet ? [] : [nil]
      )
    case .figure(let figure, let group, let side, let min, let max):
      let observations = values(figure)
        .filter { group == nil || $0.group.map { Name($0) } == group.map { Name($0) } }
      return judge(gate, figure, observations, side, names, min: min, max: max)
    }
  }

  private static func judge(
    _ gate: Gate, _ figure: ReportFigure, _ observations: [ReportedFigure], _ side: Gate.Side,
    _ names: DefinitionNames, min: Double?, max: Double?
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
      observed: observed(breaking.isEmpty ? judged : breaking, figure, side, names),
      reason: GateWords(figure: figure, side: side, min: min, max: max)
        .reason(breaking: breaking.count, of: judged.count))
    if judged.isEmpty {
      document.result = .notJudged
      document.observed = "no value"
      document.reason =
        observations.isEmpty || gate.minimumN == 1
        ? "the report has no value of \(figure.name)"
        : "no value rests on at least \(gate.minimumN) instances, which the policy asks for"
    } else if !breaking.isEmpty {
      document.result = .failed
    }
    return (document, breaking.map(\.group))
  }

  private static func observed(
    _ observations: [ReportedFigure], _ figure: ReportFigure, _ side: Gate.Side,
    _ names: DefinitionNames
  ) -> String {
    let sorted = observations.sorted {
      ($0.value ?? 0, Name($1.group ?? "")) > ($1.value ?? 0, Name($0.group ?? ""))
    }
    let texts = sorted.prefix(named).map { observation -> String in
      var text = observation.group.map { "\(names.label(of: $0, in: figure)): " } ?? ""
      text += observation.value.map(figure.readable) ?? "no value"
      // Where the interval is judged, it is told.
      if side != .point, let low = observation.low, let high = observation.high {
        text += " (\(figure.readable(low)) to \(figure.readable(high)))"
      }
      return text + (observation.n.map { " of \(DisplayFormat.count($0))" } ?? "")
    }
    let rest = observations.count - texts.count
    return texts.joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
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
    gate.reason = "failed, \(gate.reason); waived \(words.joined(separator: "; "))"
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
