import AuditModel

extension AssessmentResults {
  /// How many groups of a check are listed.
  private static let longestList = 100
  /// OSCAL knows no instant from the year 3000 on.
  private static let endOfTime = Instant(milliseconds: 32_503_680_000_000)

  /// A check as an observation, whatever became of it.
  func observation(of gate: GateDocument) -> OSCAL.Observation {
    let hidden = gate.evaluated.count - Self.longestList
    return OSCAL.Observation(
      uuid: uuid("observation", gate.id), title: OSCAL.markup(gate.title),
      description: words(of: gate),
      props: properties(of: gate) + question(of: gate) + groups(of: gate), methods: ["TEST"],
      evidence: evidence(files), collected: report.cover.asOf,
      remarks: hidden > 0
        ? "The list leaves out \(Counted(hidden, "group").phrase); those beyond the limit come first."
        : nil)
  }

  /// A finding for each check that was evaluated; `nil` where none was.
  var findings: [OSCAL.Finding]? {
    let evaluated = report.gates.filter { $0.result != .notJudged }
    return evaluated.isEmpty ? nil : evaluated.map(finding)
  }

  private func finding(of gate: GateDocument) -> OSCAL.Finding {
    OSCAL.Finding(
      uuid: uuid("finding", gate.id), title: OSCAL.markup(gate.title),
      description: words(of: gate), props: properties(of: gate),
      target: OSCAL.Target(
        id: gate.id, status: gate.result == .passed ? .satisfied : .notSatisfied),
      observations: [OSCAL.RelatedObservation(uuid: uuid("observation", gate.id))],
      risks: gate.result == .excepted
        ? gate.waivers.map { OSCAL.RelatedRisk(uuid: uuid("risk", gate.id, $0.words)) } : nil)
  }

  private func words(of gate: GateDocument) -> String {
    OSCAL.markup(
      "Result: \(gate.result.label). Measured: \(gate.observed). Why: \(gate.reason).")
  }

  /// The waivers of a check all of whose breaches are waived.
  func risks(of gate: GateDocument) -> [OSCAL.Risk] {
    gate.waivers.map { waiver in
      OSCAL.Risk(
        uuid: uuid("risk", gate.id, waiver.words),
        title: OSCAL.markup("Waived: \(gate.title)"), description: OSCAL.markup(gate.observed),
        statement: OSCAL.markup("The breach is accepted \(waiver.words)"),
        props: properties(of: gate),
        deadline: waiver.expires < Self.endOfTime ? waiver.expires.description : nil,
        observations: [OSCAL.RelatedObservation(uuid: uuid("observation", gate.id))])
    }
  }

  private func properties(of gate: GateDocument) -> [OSCAL.Property] {
    [
      OSCAL.Property("check", gate.id), OSCAL.Property("result", gate.result.rawValue),
      OSCAL.Property("severity", gate.severity),
    ] + gate.controls.map { OSCAL.Property("control", $0.description) }
  }

  private func question(of gate: GateDocument) -> [OSCAL.Property] {
    let facts: [(String, String?)] =
      switch gate.question {
      case .completeness(let wanted):
        [("metric", "completeness"), ("at-least", wanted.rawValue)]
      case .figure(let figure, let side, let min, let max, let minimumN):
        [
          ("metric", figure.name), ("on", side.rawValue), ("min", min.map(figure.readable)),
          ("max", max.map(figure.readable)), ("minimum-n", "\(minimumN)"),
        ]
      }
    return facts.compactMap { name, value in value.map { OSCAL.Property(name, $0) } }
  }

  /// How many groups were evaluated, and the first of them with their values.
  private func groups(of gate: GateDocument) -> [OSCAL.Property] {
    let listed = (gate.breaches + gate.evaluated.filter { !$0.breach }).prefix(Self.longestList)
    return [
      OSCAL.Property("groups", "\(gate.evaluated.count)"),
      OSCAL.Property("groups-beyond-limit", "\(gate.breaches.count)"),
    ]
      + listed.map { group in
        let state = group.breach ? group.waivedBy == nil ? "beyond" : "waived" : "within"
        return OSCAL.Property("group", gate.words(of: group), class: state)
      }
  }
}
