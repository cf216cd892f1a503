extension ControlDocument.State {
  /// The state as people read it.
  public var label: String {
    switch self {
    case .evidenced: "evidenced"
    case .contradicted: "contradicted"
    case .notEvaluated: "not evaluated"
    case .noGate: "without a check"
    }
  }

  /// What it means for a reader.
  public var meaning: String {
    switch self {
    case .evidenced:
      "Every policy check that names the control passed. That is evidence, as far as the data can show it; it does not show that the control is satisfied."
    case .contradicted:
      "At least one policy check that names the control failed. A waived failure counts too: the waiver accepts the breach and does not undo it."
    case .notEvaluated:
      "No policy check that names the control failed, and at least one could not be evaluated."
    case .noGate:
      "A framework of the policy lists the control, and no policy check names it. Nothing is known about it."
    }
  }
}

extension [ControlDocument] {
  /// How many are in each state: `3 evidenced, 1 contradicted, 0 not evaluated, 12 without a check`.
  public var tally: String {
    ControlDocument.State.allCases.map { state in
      "\(DisplayFormat.count(count { $0.state == state })) \(state.label)"
    }.joined(separator: ", ")
  }
}
