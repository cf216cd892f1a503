/// One check of a policy: what it asked, what was held against it, and how it ended.
public struct GateDocument: Encodable, Sendable, Equatable {
  /// How a check ended.
  public enum Result: String, Codable, Sendable {
    /// The figure, in every group that is evaluated, keeps its bounds.
    case passed
    /// A bound is broken, and no waiver covers it.
    case failed
    /// A bound is broken, and waivers cover all that breaks it.
    case excepted
    /// The report lacks the figure, or it rests on too few observations.
    case notJudged
  }

  /// What is held against the bounds.
  public enum Side: String, Encodable, Sendable, CaseIterable {
    /// The figure itself.
    case point
    /// The lower end of its 95 % interval: a breach of a maximum is then beyond doubt.
    case low
    /// The upper end of its 95 % interval: a maximum is then kept beyond doubt.
    case high
  }

  /// What is asked.
  public enum Question: Sendable, Equatable {
    /// Completeness at least this good.
    case completeness(CompletenessDocument.Verdict)
    /// A figure, or an end of its interval, within bounds in each group of at least so many observations.
    case figure(ReportFigure, Side, min: Double?, max: Double?, minimumN: Int)
  }

  /// A waiver, written as its words.
  public struct Waiver: Encodable, Sendable, Equatable {
    /// Until when, who, why and where it was approved.
    public var words: String
    /// When it ends.
    public var expires: Instant
    /// The group whose breach it covers; `nil` for all of them.
    public var group: String?

    /// Describes a waiver.
    public init(words: String, expires: Instant, group: String?) {
      (self.words, self.expires, self.group) = (words, expires, group)
    }

    /// What tells it from the others of a check.
    public var identity: [Name?] { [Name(words), group.map { Name($0) }] }

    /// Writes the words.
    public func encode(to encoder: any Encoder) throws {
      try words.encode(to: encoder)
    }
  }

  /// A group of the figure, or all there is of it, and whether it keeps the bounds.
  public struct Evaluated: Encodable, Sendable, Equatable {
    /// The group's name in report.json; `nil` where the figure has no groups, and for those without a name.
    @ExplicitNull public var group: String?
    /// The group as people know it: a workflow definition by its name.
    @ExplicitNull public var label: String?
    /// The value, in the unit of the bound.
    @ExplicitNull public var value: Double?
    /// The lower limit of its 95 % interval.
    @ExplicitNull public var low: Double?
    /// The upper limit.
    @ExplicitNull public var high: Double?
    /// How many observations it rests on; `nil` where nothing is counted.
    @ExplicitNull public var n: Int?
    /// Whether a bound is broken.
    public var breach: Bool
    /// The waiver that covers the breach; `nil` without one.
    @ExplicitNull public var waivedBy: Waiver?

    /// A group with its value.
    public init(
      group: String?, label: String?, value: Double?, low: Double? = nil, high: Double? = nil,
      n: Int? = nil, breach: Bool, waivedBy: Waiver? = nil
    ) {
      self.group = group
      self.label = label
      self.value = value
      self.low = low
      self.high = high
      self.n = n
      self.breach = breach
      self.waivedBy = waivedBy
    }
  }

  /// The check's id in the policy.
  public var id: String
  /// What it asks, in the policy's words.
  public var title: String
  /// How bad a breach is.
  public var severity: String
  /// What it asks.
  public var question: Question
  /// What was held against the bounds, in the report's order.
  public var evaluated: [Evaluated]
  /// The controls that it is evidence for.
  public var controls: [ControlReference]
  /// Whether the report has values that rest on fewer observations than the check asks for.
  public var hasSmaller: Bool
  /// What must be added beside the figure; `nil` where nothing must.
  public var caveat: String?

  /// Describes a check.
  public init(
    id: String, title: String, severity: String, question: Question, evaluated: [Evaluated],
    controls: [ControlReference] = [], hasSmaller: Bool = false
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.question = question
    self.evaluated = evaluated
    self.controls = controls
    self.hasSmaller = hasSmaller
  }

  /// What breaks a bound.
  public var breaches: [Evaluated] { evaluated.filter(\.breach) }

  /// The waivers that cover them, each once.
  public var waivers: [Waiver] {
    var seen: Set<[Name?]> = []
    return breaches.compactMap(\.waivedBy).filter { seen.insert($0.identity).inserted }
  }

  /// How it ended.
  public var result: Result {
    if evaluated.isEmpty { return .notJudged }
    if breaches.isEmpty { return .passed }
    return breaches.allSatisfy { $0.waivedBy != nil } ? .excepted : .failed
  }

  /// Writes what it is made of, and the words that follow from it.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encode(members: [
      "id": id, "title": title, "severity": severity, "result": result, "observed": observed,
      "reason": reason, "evaluated": evaluated, "controls": controls,
    ])
    switch question {
    case .completeness:
      try encoder.encode(members: ["metric": "completeness", "on": nil, "bound": nil])
    case .figure(let figure, let side, let min, let max, _):
      let bound: JSONObject = [
        "min": min, "max": max, "value": max ?? min, "unit": figure.unit.symbol,
      ]
      try encoder.encode(members: ["metric": figure.name, "on": side, "bound": bound])
    }
  }
}

extension GateDocument {
  /// How many groups are named.
  private static let named = 3

  /// The figures that were looked at: of what breaks a bound, or else of all, the largest first.
  public var observed: String { observed(breaches.isEmpty ? evaluated : breaches) }

  /// The same of some of its groups.
  public func observed(_ groups: [Evaluated]) -> String {
    switch question {
    case .completeness: "completeness: \(groups.first?.label?.lowercased() ?? "not known")"
    case .figure:
      groups.isEmpty ? "no value" : largest(of: groups) + (caveat.map { "; \($0)" } ?? "")
    }
  }

  private func largest(of groups: [Evaluated]) -> String {
    let sorted = groups.sorted {
      ($0.value ?? 0, Name($1.group ?? "")) > ($1.value ?? 0, Name($0.group ?? ""))
    }
    let texts = sorted.prefix(Self.named).map(words)
    let rest = groups.count - texts.count
    return texts.joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
  }

  /// A group with its value and what it rests on: `jdoe: 7.7% of 13`.
  public func words(of group: Evaluated) -> String {
    guard case .figure(let figure, let side, _, _, _) = question else { return group.label ?? "" }
    var text = group.label.map { "\($0): " } ?? ""
    text += group.value.map(figure.readable) ?? "no value"
    // Where the interval is evaluated, it is told.
    if side != .point, let low = group.low, let high = group.high {
      text += " (\(figure.readable(low)) to \(figure.readable(high)))"
    }
    return text + (group.n.map { " of \(DisplayFormat.count($0))" } ?? "")
  }

  /// Why it ended as it did, `2 of 12 users are beyond the limit: at most 50%`; a waived one keeps that it failed.
  public var reason: String {
    guard result == .excepted else { return finding }
    var seen: Set<Name> = []
    let words = waivers.map(\.words).filter { seen.insert(Name($0)).inserted }
    return "failed, \(finding); waived \(words.joined(separator: "; "))"
  }

  private var finding: String {
    switch question {
    case .completeness(let wanted): return "the policy asks for: \(wanted.label.lowercased())"
    case .figure(let figure, let side, let min, let max, let minimumN):
      if evaluated.isEmpty {
        return hasSmaller
          ? "no value rests on at least \(minimumN) instances, which the policy asks for"
          : "the report has no value of \(figure.name)"
      }
      let bounds = Self.bounds(of: figure, side, min: min, max: max)
      let breaking = breaches.count
      guard figure.isGrouped else {
        return breaking == 0 ? "within the limit: \(bounds)" : "beyond the limit: \(bounds)"
      }
      let noun = figure.groupNoun
      let groups = Counted(evaluated.count, noun.one, plural: noun.many)
      return breaking == 0
        ? "\(groups.all.lowercasedFirst) \(groups.verb) within the limit: \(bounds)"
        : "\(breaking) of \(groups.phrase) \(Counted(breaking, "").verb) beyond the limit: \(bounds)"
    }
  }

  /// `at most 50%`, and of which end of the interval where it is not the value itself.
  private static func bounds(
    of figure: ReportFigure, _ side: Side, min: Double?, max: Double?
  ) -> String {
    let limits = [
      max.map { "at most \(figure.readable($0))" }, min.map { "at least \(figure.readable($0))" },
    ].compactMap(\.self).joined(separator: " and ")
    return switch side {
    case .point: limits
    case .low: "\(limits) at the lower end of the confidence interval"
    case .high: "\(limits) at the upper end of the confidence interval"
    }
  }
}

extension ReportFigure {
  /// What a group is.
  fileprivate var groupNoun: (one: String, many: String) {
    switch groups.first {
    case "user": ("user", "users")
    case "definitionId": ("workflow definition", "workflow definitions")
    case "step": ("step", "steps")
    case "failureClass": ("failure category", "failure categories")
    case "workflowType" where groups.count > 1: ("service level", "service levels")
    case "workflowType": ("workflow type", "workflow types")
    case "action": ("action", "actions")
    default: ("group", "groups")
    }
  }
}
