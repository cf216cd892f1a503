import AuditModel

extension OSCAL.ReviewedControls {
  /// OSCAL asks for a control even where nobody named one; all controls of a catalogue would be a claim.
  private static let none = OSCAL.ControlSelection(
    description:
      "No evaluated check lists a control. The entry is there because OSCAL asks for one, and is the id of no control.",
    controls: [OSCAL.Control(id: "no-control-mapped")])

  /// The controls that evaluated checks of a report are evidence for, framework by framework as they are first named.
  init(_ report: ReportDocument) {
    let evaluated = report.gates.filter { $0.result != .notJudged }
    let named = evaluated.flatMap(\.controls)
    var seen = Set<Name>()
    let frameworks = named.map(\.framework).filter { seen.insert(Name($0)).inserted }
    description =
      "The controls that the policy lists at its evaluated checks, by the ids of catalogues. "
      + "That a control is listed does not mean that it is met, or that all of it was looked at."
    selections =
      frameworks.isEmpty
      ? [Self.none]
      : frameworks.map { framework in
        OSCAL.ControlSelection(
          framework, named.filter { $0.framework.isSame(as: framework) },
          declared: report.frameworks.first { $0.id.isSame(as: framework) })
      }
  }
}

extension OSCAL.ControlSelection {
  fileprivate init(
    _ framework: String, _ references: [ControlReference], declared: ControlFramework?
  ) {
    description = OSCAL.markup(
      declared.map { "\($0.title) (\(framework)), \($0.source)" } ?? "Framework \(framework)")
    var seen = Set<Name>()
    let ids = references.map(OSCALToken.of).filter { seen.insert(Name($0)).inserted }
    controls = ids.map { OSCAL.Control(id: $0) }
    // Two controls may have one id there; what is known of either is kept.
    var described = Set<ControlReference>()
    let known = references.filter { described.insert($0).inserted }.compactMap { reference in
      declared?.controls.first { $0.id.isSame(as: reference.control) }
    }
    let lines = known.map { control in
      "- " + OSCAL.markup("\(control.id), \(control.title)")
        + (control.cannotShow.map { ". The data cannot show: \(OSCAL.markup($0))" } ?? "")
    }
    remarks = lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
