import AuditModel

extension AssessmentResults {
  /// How many groups of a check are listed.
  private static let longestList = 100

  /// A check as an observation, whatever became of it.
  func observation(of gate: GateDocument) -> JSONObject {
    let hidden = gate.evaluated.count - Self.longestList
    return [
      "uuid": uuid("observation", gate.id), "title": OSCAL.markup(gate.title),
      "description": words(of: gate),
      "props": properties(of: gate) + question(of: gate) + groups(of: gate), "methods": ["TEST"],
      "relevant-evidence": evidence(files), "collected": report.cover.asOf,
      "remarks": hidden > 0
        ? "The list leaves out \(Counted(hidden, "group").phrase); those beyond the limit come first."
        : nil,
    ]
  }

  /// A finding for each check that was evaluated; `nil` where none was.
  var findings: [JSONObject]? {
    let evaluated = report.gates.filter { $0.result != .notJudged }
    return evaluated.isEmpty ? nil : evaluated.map(finding)
  }

  private func finding(of gate: GateDocument) -> JSONObject {
    let isSatisfied = gate.result == .passed
    let status: JSONObject = [
      "state": isSatisfied ? "satisfied" : "not-satisfied", "reason": isSatisfied ? "pass" : "fail",
      "remarks": report.completeness.verdict == .incomplete ? "On an incomplete population." : nil,
    ]
    let target: JSONObject = ["type": "objective-id", "target-id": gate.id, "status": status]
    let risks = gate.waivers.map { waiver -> JSONObject in
      ["risk-uuid": uuid(of: waiver, for: gate)]
    }
    return [
      "uuid": uuid("finding", gate.id), "title": OSCAL.markup(gate.title),
      "description": words(of: gate), "props": properties(of: gate), "target": target,
      "related-observations": related(gate),
      "related-risks": gate.result == .excepted ? risks : nil,
    ]
  }

  /// The observation that something rests on.
  private func related(_ gate: GateDocument) -> [JSONObject] {
    [["observation-uuid": uuid("observation", gate.id)]]
  }

  private func uuid(of waiver: GateDocument.Waiver, for gate: GateDocument) -> String {
    uuid("risk", gate.id, waiver.words, waiver.group ?? "")
  }

  private func words(of gate: GateDocument) -> String {
    OSCAL.markup(
      "Result: \(gate.result.label). Measured: \(gate.observed). Why: \(gate.reason).")
  }

  /// The waivers of a check all of whose breaches are waived.
  func risks(of gate: GateDocument) -> [JSONObject] {
    gate.waivers.map { waiver in
      let covered = gate.breaches.filter { $0.waivedBy?.identity == waiver.identity }
      let group = waiver.group == nil ? nil : covered.first?.label
      return [
        "uuid": uuid(of: waiver, for: gate), "title": OSCAL.markup("Waived: \(gate.title)"),
        "description": OSCAL.markup("Measured: \(gate.observed(covered))."),
        "statement": OSCAL.markup(
          "The breach\(group.map { " of \($0)" } ?? "") is accepted \(waiver.words)"),
        "props": properties(of: gate)
          + covered.prefix(Self.longestList).map { property(of: $0, in: gate) },
        "status": "deviation-approved",
        "deadline": waiver.expires < .endOfOSCAL ? waiver.expires.description : nil,
        "related-observations": related(gate),
      ]
    }
  }

  private func properties(of gate: GateDocument) -> [JSONObject] {
    [
      OSCAL.property("check", gate.id), OSCAL.property("result", gate.result.rawValue),
      OSCAL.property("severity", gate.severity),
    ] + gate.controls.map { OSCAL.property("control", $0.description) }
  }

  private func question(of gate: GateDocument) -> [JSONObject] {
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
    return facts.compactMap { name, value in value.map { OSCAL.property(name, $0) } }
  }

  /// How many groups were evaluated, and the first of them with their values.
  private func groups(of gate: GateDocument) -> [JSONObject] {
    let listed = (gate.breaches + gate.evaluated.filter { !$0.breach }).prefix(Self.longestList)
    return [
      OSCAL.property("groups", "\(gate.evaluated.count)"),
      OSCAL.property("groups-beyond-limit", "\(gate.breaches.count)"),
    ] + listed.map { property(of: $0, in: gate) }
  }

  private func property(of group: GateDocument.Evaluated, in gate: GateDocument) -> JSONObject {
    let state = group.breach ? group.waivedBy == nil ? "beyond" : "waived" : "within"
    return OSCAL.property("group", gate.words(of: group), class: state)
  }

  /// The controls that evaluated checks of a report are evidence for, framework by framework as they are first named.
  var reviewedControls: JSONObject {
    let evaluated = report.gates.filter { $0.result != .notJudged }
    let named = evaluated.flatMap(\.controls)
    var seen = Set<Name>()
    let frameworks = named.map(\.framework).filter { seen.insert(Name($0)).inserted }
    let selections = frameworks.map { framework in
      selection(
        framework, named.filter { $0.framework.isSame(as: framework) },
        declared: report.frameworks.first { $0.id.isSame(as: framework) })
    }
    // OSCAL asks for a control even where nobody named one; all controls of a catalogue would be a claim.
    let none: JSONObject = [
      "description":
        "No evaluated check lists a control. The entry is there because OSCAL asks for one, and is the id of no control.",
      "include-controls": controls(["no-control-mapped"]),
    ]
    return [
      "description":
        "The controls that the policy lists at its evaluated checks, by the ids of catalogues. "
        + "That a control is listed does not mean that it is met, or that all of it was looked at.",
      "control-selections": selections.isEmpty ? [none] : selections,
    ]
  }

  private func selection(
    _ framework: String, _ references: [ControlReference], declared: ControlFramework?
  ) -> JSONObject {
    var seen = Set<Name>()
    let ids = references.map(OSCALToken.of).filter { seen.insert(Name($0)).inserted }
    // Two controls may have one id there; what is known of either is kept.
    var described = Set<ControlReference>()
    let known = references.filter { described.insert($0).inserted }.compactMap { reference in
      declared?.controls.first { $0.id.isSame(as: reference.control) }
    }
    let lines = known.map { control in
      "- " + OSCAL.markup("\(control.id), \(control.title)")
        + (control.cannotShow.map { ". The data cannot show: \(OSCAL.markup($0))" } ?? "")
    }
    return [
      "description": OSCAL.markup(
        declared.map { "\($0.title) (\(framework)), \($0.source)" } ?? "Framework \(framework)"),
      "include-controls": controls(ids),
      "remarks": lines.isEmpty ? nil : lines.joined(separator: "\n"),
    ]
  }

  private func controls(_ ids: [String]) -> [JSONObject] { ids.map { ["control-id": $0] } }
}
