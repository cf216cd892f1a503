/// A control, the checks that are evidence for it, and what they show.
public struct ControlDocument: Encodable, Sendable, Equatable {
  /// What the checks of a control show together; never that it is satisfied.
  public enum State: String, Encodable, Sendable, CaseIterable {
    /// Every check passed.
    case evidenced
    /// A check failed; a waiver changes nothing about that.
    case contradicted
    /// No check failed, and not all could be evaluated.
    case notEvaluated
    /// No check names the control.
    case noGate

    /// What checks that ended so show together.
    public init(of results: [GateDocument.Result]) {
      self =
        if results.isEmpty {
          .noGate
        } else if results.contains(where: { $0 == .failed || $0 == .excepted }) {
          .contradicted
        } else if results.contains(.notJudged) {
          .notEvaluated
        } else {
          .evidenced
        }
    }
  }

  /// The framework's id.
  public var framework: String
  /// The control's id within it.
  public var control: String
  /// What it asks; `nil` where the framework is not declared.
  @ExplicitNull public var title: String?
  /// The ids of its checks, in the policy's order.
  public var gates: [String]
  /// What they show.
  public var state: State
  /// The part of it that the data cannot show; `nil` where nothing is said of it.
  public var cannotShow: String?

  private enum CodingKeys: String, CodingKey { case framework, control, title, gates, state }

  /// A control with its checks.
  private init(
    _ reference: ControlReference, _ control: ControlFramework.Control?, _ gates: [GateDocument]
  ) {
    framework = reference.framework
    self.control = reference.control
    title = control?.title
    self.gates = gates.map(\.id)
    state = State(of: gates.map(\.result))
    cannotShow = control?.cannotShow
  }

  /// Every control of the declared frameworks, in their order, and then every other one that a check names.
  public static func all(
    of gates: [GateDocument], in frameworks: [ControlFramework]
  ) -> [ControlDocument] {
    let named = gates.flatMap(\.controls)
    let checks = Dictionary(
      gates.flatMap { gate in gate.controls.map { ($0, [gate]) } }, uniquingKeysWith: +)
    let declared = frameworks.flatMap { framework in
      framework.controls.map { control in
        (ControlReference(framework: framework.id, control: control.id), control)
      }
    }
    var known = Set(declared.map(\.0))
    return declared.map { ControlDocument($0, $1, checks[$0] ?? []) }
      + named.filter { known.insert($0).inserted }.map {
        ControlDocument($0, nil, checks[$0] ?? [])
      }
  }
}

extension ReportDocument {
  /// Every control of the policy, and what its checks show.
  public var controls: [ControlDocument] { ControlDocument.all(of: gates, in: frameworks) }
}

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
