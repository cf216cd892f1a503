import AuditModel
import AuditPlan
import AuditReduce

/// All that `kfaudit explain` explains.
package enum ExplanationCatalogue {
  /// All of it, kind by kind.
  package static var all: [Explanation] {
    messages + exitStatuses + verdicts + metrics + figures + controlStates + notices
      + RequirementEntry.explanations + limitations
  }

  /// What a name means: a code in any of its forms, or a name in any case.
  ///
  /// A metric and a figure may share one. A rule has the id that a policy gives it, which nobody knows here.
  package static func explanations(of name: String) -> [Explanation] {
    if let code = MessageCode(name) { return [explanation(of: code)] }
    let wanted = name.lowercased()
    let found = all.filter { $0.name.lowercased().isSame(as: wanted) }
    let parts = name.parts(at: ".")
    guard found.isEmpty, parts.count == 2,
      MetricKey(rawValue: parts[0].lowercased())?.needsRules == true
    else { return found }
    return [explanation(ofRule: parts[1])]
  }

  private static var messages: [Explanation] { MessageCode.allCases.map(explanation) }

  private static func explanation(of code: MessageCode) -> Explanation {
    let entry = code.entry
    return Explanation(
      kind: .message, name: code.name, meaning: entry.sentence,
      facts: [
        .init(key: "exitStatus", label: "Exit status", text: entry.consequence.words),
        .init(key: "cause", label: "Cause", text: entry.cause),
        .init(key: "remedy", label: "What to do", text: entry.remedy),
      ])
  }

  private static var exitStatuses: [Explanation] {
    ExitStatus.allCases.map { status in
      Explanation(kind: .exitStatus, name: "\(status.rawValue)", meaning: status.meaning)
    }
  }

  private static var verdicts: [Explanation] {
    CompletenessDocument.Verdict.allCases.map { verdict in
      Explanation(kind: .verdict, name: verdict.rawValue, meaning: verdict.meaning)
    }
  }

  private static var metrics: [Explanation] {
    MetricKey.allCases.map { key in
      let needs = [
        key.needsCalendar ? "business hours (calendar in the configuration)" : nil,
        key.needsEarlierPack ? "an earlier pack" : nil,
        key.needsRules ? "rules in the policy" : nil,
      ].compactMap(\.self)
      return Explanation(
        kind: .metric, name: key.rawValue, meaning: key.about,
        facts: [
          .init(key: "place", label: "In report.json", text: "metrics.\(key.rawValue)")
        ]
          + (needs.isEmpty
            ? [] : [.init(key: "needs", label: "Needs", text: needs.joined(separator: ", "))]))
    }
  }

  private static var figures: [Explanation] { Gate.figures.map { explanation(of: $0) } + [rule] }

  private static func explanation(of figure: ReportFigure) -> Explanation {
    let groups = figure.groups.joined(separator: " and ")
    var meaning = "A \(figure.unit.rawValue)"
    if figure.isGrouped { meaning += " for each group, by \(groups)" }
    meaning += figure.hasInterval ? ", with a 95% confidence interval." : "."
    let place = "\(figure.place)\(figure.isGrouped ? "[]" : "").\(figure.members.point)"
    let metric = figure.place.parts(at: ".").first.flatMap { MetricKey(rawValue: $0) }
    return Explanation(
      kind: .figure, name: figure.name, meaning: meaning,
      facts: [
        metric.map { .init(key: "metric", label: "Metric", text: "\($0.rawValue). \($0.about)") },
        metric.map { _ in .init(key: "place", label: "In report.json", text: "metrics.\(place)") },
        .init(
          key: "policy", label: "In a policy",
          text: "metric: \(figure.name), with max or min \(bound(figure.unit))"),
      ].compactMap(\.self))
  }

  /// The figure of each rule of a policy.
  private static var rule: Explanation { explanation(ofRule: "ID") }

  private static func explanation(ofRule id: String) -> Explanation {
    let rule = RowRule(id: id, title: id, condition: .all([]))
    var explanation = explanation(of: rule.figure)
    explanation.meaning = "How many instances fulfil the rule \(id) of the policy."
    for index in explanation.facts.indices where explanation.facts[index].key == "place" {
      explanation.facts[index].text = "metrics.rules[], where id is \(id)"
    }
    return explanation
  }

  private static func bound(_ unit: ReportFigure.Unit) -> String {
    switch unit {
    case .ratio: "such as 5%"
    case .duration: "such as 24h or 5d"
    case .count: "such as 0 or 10"
    case .number: "such as 0.25"
    }
  }

  private static var controlStates: [Explanation] {
    ControlDocument.State.allCases.map { state in
      Explanation(kind: .controlState, name: state.rawValue, meaning: state.meaning)
    }
  }

  private static var notices: [Explanation] {
    Notice.Code.allCases.map { code in
      Explanation(kind: .notice, name: code.rawValue, meaning: code.meaning)
    }
  }

  private static var limitations: [Explanation] {
    Limitation.allCases.map { limitation in
      Explanation(
        kind: .limitation, name: limitation.rawValue, meaning: limitation.meaning,
        facts: limitation.sentence.map {
          [.init(key: "sentence", label: "In the report", text: $0)]
        } ?? [])
    }
  }
}
