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

/// A control of a framework, as policies and reports write it: `cabf-br/4.9.1.1`.
public struct ControlReference: Encodable, Hashable, Sendable, CustomStringConvertible {
  /// The framework's id.
  public var framework: String
  /// The control's id within it.
  public var control: String

  /// A control of a framework, whose ids are known to be some.
  public init(framework: String, control: String) {
    (self.framework, self.control) = (framework, control)
  }

  /// Reads `framework/control`, split at the first slash; `nil` where a part is not an id.
  public init?(_ text: String) {
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    framework = String(text[..<slash])
    control = String(text[text.index(after: slash)...])
    guard Self.isFramework(framework), Self.isControl(control) else { return nil }
  }

  /// Whether a text is the id of a framework: ASCII letters, digits, full stops, hyphens and underscores.
  public static func isFramework(_ text: String) -> Bool {
    1...64 ~= text.utf8.count && text.utf8.first?.isASCIIAlphanumeric == true
      && text.utf8.allSatisfy { $0.isASCIIAlphanumeric || ".-_".utf8.contains($0) }
  }

  /// Whether a text is the id of a control: visible ASCII characters.
  public static func isControl(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
  }

  /// `framework/control`.
  public var description: String { "\(framework)/\(control)" }

  /// Writes it as its text.
  public func encode(to encoder: any Encoder) throws {
    try description.encode(to: encoder)
  }
}

/// A standard's controls, as a file beside the policy lists them.
public struct ControlFramework: Sendable, Equatable {
  /// A control of it.
  public struct Control: Sendable, Equatable {
    /// Its id in the standard.
    public var id: String
    /// What it asks, in the file's own words.
    public var title: String
    /// The part of it that the data cannot show; `nil` where the file has none.
    public var cannotShow: String?

    /// Describes a control.
    public init(id: String, title: String, cannotShow: String? = nil) {
      (self.id, self.title, self.cannotShow) = (id, title, cannotShow)
    }
  }

  /// Its id, as checks write it before the slash.
  public var id: String
  /// What it is called.
  public var title: String
  /// The address where the standard is published.
  public var source: String
  /// Its controls, in the file's order.
  public var controls: [Control]

  /// Describes a framework.
  public init(id: String, title: String, source: String, controls: [Control]) {
    (self.id, self.title, self.source, self.controls) = (id, title, source, controls)
  }
}

extension Instant {
  /// The start of the year 3000: OSCAL has no time from here on.
  public static let endOfOSCAL = Instant(milliseconds: 32_503_680_000_000)
}

/// The form that OSCAL gives identifiers: a letter or `_`, and then letters, digits, `.`, `-` and `_`.
///
/// OSCAL allows the letters of every script; these are those of ASCII, which all of its readers take.
public enum OSCALToken {
  /// Whether a text can be an identifier as it is.
  public static func isToken(_ text: String) -> Bool {
    guard let first = text.utf8.first, isStart(first) else { return false }
    return text.utf8.allSatisfy(isPart)
  }

  /// The id of a control as catalogues write it: `ac-5` for `AC-5`, `ac-2.4` for `AC-2(4)`, `cabf-br-4.9.1.1` for
  /// `cabf-br/4.9.1.1`.
  ///
  /// Letters become small, and the number of an enhancement follows a full stop. Any other character that an identifier
  /// cannot have becomes a hyphen. The framework comes first where the id would not begin with a letter.
  public static func of(_ control: ControlReference) -> String {
    let id = token(control.control)
    if let first = id.first, isStart(first) { return text(id) }
    let whole = token(control.framework) + Array("-".utf8) + id
    return text(isStart(whole[0]) ? whole : Array("_".utf8) + whole)
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func token(_ text: String) -> [UInt8] {
    text.utf8.lowercasedASCII.compactMap { byte in
      switch byte {
      case UInt8(ascii: "("): UInt8(ascii: ".")
      case UInt8(ascii: ")"): nil
      default: isPart(byte) ? byte : UInt8(ascii: "-")
      }
    }
  }

  private static func isStart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte.isASCIILetter
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || "_.-".utf8.contains(byte)
  }
}
