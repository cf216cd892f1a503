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
        ? "\(groups.all.lowercasedStart) \(groups.verb) within the limit: \(bounds)"
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

extension String {
  /// The same with a small first letter; words of ours.
  fileprivate var lowercasedStart: String { prefix(1).lowercased() + dropFirst() }
}
