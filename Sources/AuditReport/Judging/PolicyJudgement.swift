package import AuditModel
package import AuditPlan
import AuditReduce

/// What a policy says of a report.
package struct PolicyJudgement {
  /// The gates, in the policy's order.
  package let gates: [GateDocument]
  /// What is worth knowing of the exceptions.
  package let findings: [Notice]
  /// The ids of required gates that could not be judged.
  package let unjudgedRequired: [String]

  /// What the program answers for the policy alone.
  package var exitStatus: ExitStatus {
    if !unjudgedRequired.isEmpty { return .unproved }
    return gates.contains { $0.result == .failed } ? .breach : .complete
  }

  /// Judges a report as of an instant, which decides which waivers are in force.
  init(_ policy: Policy, of report: ReportDocument, asOf: Instant) {
    let verdict = report.completeness.verdict
    let names = DefinitionNames(report.metrics.population)
    let inForce = policy.exceptions.indices.filter { index in
      policy.exceptions[index].created <= asOf && asOf < policy.exceptions[index].expires
    }
    var used = Set<Int>()
    var judged: [Name: GateDocument] = [:]
    for gate in policy.gates where !gate.isAboutExceptions {
      var document = Self.judge(gate, verdict, names) { report.metrics.values(of: [$0]) }
      if case .figure(let figure, _, _, _, _) = gate.question {
        document.caveat = report.metrics.caveat(on: figure)
      }
      for group in document.evaluated.indices where document.evaluated[group].breach {
        let waiver = inForce.first { index in
          policy.exceptions[index].covers(document.evaluated[group].group, of: gate)
        }
        guard let waiver else { continue }
        used.insert(waiver)
        document.evaluated[group].waivedBy = policy.exceptions[waiver].documented
      }
      judged[Name(gate.id)] = document
    }
    let review = ExceptionReview(of: policy.exceptions, used: used, asOf: asOf)
    for gate in policy.gates where gate.isAboutExceptions {
      judged[Name(gate.id)] = Self.judge(gate, verdict, names, review.values(of:))
    }
    gates = policy.gates.compactMap { judged[Name($0.id)] }
    unjudgedRequired = policy.gates.filter { gate in
      gate.isRequired && judged[Name(gate.id)]?.result == .notJudged
    }.map(\.id)
    findings = review.findings
  }

  private static func judge(
    _ gate: Gate, _ verdict: CompletenessDocument.Verdict, _ names: DefinitionNames,
    _ values: (ReportFigure) -> [ReportedFigure]
  ) -> GateDocument {
    var document = GateDocument(
      id: gate.id, title: gate.title, severity: gate.severity.rawValue,
      question: gate.documented, evaluated: [], controls: gate.controls)
    switch gate.question {
    case .completeness(let wanted):
      document.evaluated = [
        GateDocument.Evaluated(
          group: nil, label: verdict.label, value: nil, breach: verdict.rank < wanted.rank)
      ]
    case .figure(let figure, let group, let side, let min, let max):
      let observations = values(figure)
        .filter { group == nil || $0.group.map { Name($0) } == group.map { Name($0) } }
      let large = observations.filter { ($0.n ?? .max) >= gate.minimumN }
      document.hasSmaller = large.isEmpty && !observations.isEmpty && gate.minimumN > 1
      document.evaluated = large.compactMap { observation in
        guard let value = observation.value(on: side) else { return nil }
        return GateDocument.Evaluated(
          group: observation.group,
          label: observation.group.map { names.label(of: $0, in: figure) },
          value: observation.value, low: observation.low, high: observation.high,
          n: observation.n,
          breach: max.map { value > $0 } ?? false || min.map { value < $0 } ?? false)
      }
    }
    return document
  }
}

extension Gate {
  /// What it asks, as the report has it.
  fileprivate var documented: GateDocument.Question {
    switch question {
    case .completeness(let wanted): .completeness(wanted)
    case .figure(let figure, _, let side, let min, let max):
      .figure(figure, side, min: min, max: max, minimumN: minimumN)
    }
  }
}

extension PolicyException {
  /// The waiver as the report has it.
  fileprivate var documented: GateDocument.Waiver {
    GateDocument.Waiver(words: words, expires: expires, group: group)
  }

  /// Whether it answers for a breach of a check in a group.
  fileprivate func covers(_ group: String?, of gate: Gate) -> Bool {
    self.gate.isSame(as: gate.id)
      && (self.group == nil || self.group.map { Name($0) } == group.map { Name($0) })
  }
}

extension ReportedFigure {
  /// The value, or an end of its interval.
  fileprivate func value(on side: GateDocument.Side) -> Double? {
    switch side {
    case .point: value
    case .low: low
    case .high: high
    }
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

extension ReportDocument {
  /// Enters what a policy says of the report.
  ///
  /// - Returns: The judgement; `nil` without a policy.
  package mutating func judge(by policy: Policy?, asOf: Instant) -> PolicyJudgement? {
    guard let policy else { return nil }
    let judgement = PolicyJudgement(policy, of: self, asOf: asOf)
    gates = judgement.gates
    frameworks = policy.frameworks.map(\.content)
    completeness.findings += judgement.findings
    return judgement
  }
}

/// The names of workflow definitions, by which people know them.
struct DefinitionNames {
  private var names: [Name: String] = [:]
  /// Names that several definitions have.
  private var shared: Set<Name> = []

  init(_ population: PopulationDocument) {
    var owners: [Name: Name] = [:]
    for row in population.byDefinition {
      guard let id = row.definitionId, let name = row.definitionName else { continue }
      names[Name(id)] = name
      if let owner = owners[Name(name)], owner != Name(id) { shared.insert(Name(name)) }
      owners[Name(name)] = Name(id)
    }
  }

  /// A group as people know it: a definition by its name, with its id only where another one has the same name.
  func label(of group: String, in figure: ReportFigure) -> String {
    if figure.groups == ["workflowType", "limit"],
      let space = group.utf8.lastIndex(of: UInt8(ascii: " ")),
      let limit = Double(group[group.index(after: space)...])
    {
      return "\(group[..<space]), \(DisplayFormat.duration(milliseconds: limit))"
    }
    guard figure.groupsAreDefinitions else { return group }
    guard let name = names[Name(group)] else { return "definition without a name (\(group))" }
    return shared.contains(Name(name)) ? "\(name) (\(group))" : name
  }
}

/// What has become of a policy's exceptions, as of an instant.
struct ExceptionReview {
  /// What is worth knowing of them, a sentence each.
  private(set) var findings: [Notice] = []
  /// How many were needed.
  private let used: Int

  /// Looks at each exception, and at each pair of them.
  init(of exceptions: [PolicyException], used: Set<Int>, asOf: Instant) {
    self.used = used.count
    for (index, exception) in exceptions.enumerated() {
      let name = "The waiver \(exception.ticket) for the policy check \(exception.gate)"
      if exception.expires <= asOf {
        add(.waiverExpired, "\(name) ended at \(exception.expires).")
      } else if !used.contains(index) {
        add(.waiverUnused, "\(name) was not needed.")
      }
      if exception.created <= asOf, asOf < exception.expires,
        exception.expires.milliseconds(since: asOf) <= Self.soon
      {
        add(.waiverEndsSoon, "\(name) ends at \(exception.expires).")
      }
      for other in exceptions[(index + 1)...] where other.overlaps(exception) {
        add(.waiverOverlap, "\(name) and \(other.ticket) cover the same breaches.")
      }
    }
  }

  /// A week in milliseconds: time enough to renew a waiver, or to remove its cause.
  private static let soon: Int64 = 7 * 24 * 3_600_000

  private mutating func add(_ code: Notice.Code, _ text: String) {
    findings.append(Notice(code, text))
  }

  private func count(_ code: Notice.Code) -> Int {
    findings.count { $0.has(code) }
  }

  /// The value of a figure about exceptions.
  func values(of figure: ReportFigure) -> [ReportedFigure] {
    let count: Int? =
      switch figure {
      case PolicyException.expired: self.count(.waiverExpired)
      case PolicyException.endsSoon: self.count(.waiverEndsSoon)
      case PolicyException.unused: self.count(.waiverUnused)
      case PolicyException.overlapping: self.count(.waiverOverlap)
      case PolicyException.used: used
      default: nil
      }
    return count.map { [ReportedFigure(figure, value: Double($0))] } ?? []
  }
}
