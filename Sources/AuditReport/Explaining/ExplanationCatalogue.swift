import AuditModel
import AuditPlan
import AuditReduce

/// All that `kfaudit explain` explains.
package enum ExplanationCatalogue {
  /// All of it, kind by kind.
  package static var all: [Explanation] {
    messages + exitStatuses + verdicts + metrics + figures + controlStates + notices
      + requirements + limitations
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

  /// What is explained of all of them, and of each.
  private static var requirements: [Explanation] {
    let whole = Explanation(
      kind: .requirement, name: "requirements",
      meaning:
        "What readers of audit evidence ask for, R1 to R16, and how much of each a report shows: all (shown), a part "
        + "(partly) or nothing (notInData). Of a period without instances nothing is shown that is asked of each of them. A "
        + "state is no statement of compliance.",
      facts: [.init(key: "place", label: "In report.json", text: "requirements")])
    return [whole]
      + RequirementEntry.allCases.map { entry in
        Explanation(
          kind: .requirement, name: entry.rawValue, meaning: "\(entry.title).",
          facts: [
            .init(key: "source", label: "Asked for in", text: entry.source),
            .init(key: "state", label: "State", text: "\(entry.rule)."),
            .init(
              key: "place", label: "In report.json",
              text: "requirements[], where id is \(entry.rawValue)"),
          ])
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

/// What a name in a report, a policy or a message means.
package struct Explanation: Sendable, Equatable {
  /// What kinds of names there are.
  package enum Kind: String, Sendable, CaseIterable {
    /// A message, by its code.
    case message
    /// An exit status.
    case exitStatus
    /// A verdict about completeness.
    case verdict
    /// A metric, by its key in report.json.
    case metric
    /// A figure that policies can ask for.
    case figure
    /// What the checks of a control show together.
    case controlState
    /// A notice, by its code.
    case notice
    /// Something that readers of audit evidence ask for.
    case requirement
    /// Something that a report cannot show.
    case limitation

    /// The title of all names of the kind.
    package var title: String {
      switch self {
      case .message: "Messages"
      case .exitStatus: "Exit statuses"
      case .verdict: "Completeness"
      case .metric: "Metrics (keys of metrics in report.json, words for --metrics)"
      case .figure: "Figures (metric in a policy)"
      case .controlState: "Controls (state in report.json)"
      case .notice: "Notices (findings in report.json)"
      case .requirement: "Requirements (id in requirements of report.json)"
      case .limitation: "Limitations"
      }
    }
  }

  /// A fact besides the meaning.
  package struct Fact: Sendable, Equatable {
    /// Its key in JSON.
    package var key: String
    /// Its label for people.
    package var label: String
    /// The fact.
    package var text: String
  }

  /// What kind of name it is.
  package var kind: Kind
  /// The name.
  package var name: String
  /// What it means, in a sentence or two.
  package var meaning: String
  /// What else is known of it.
  package var facts: [Fact] = []

  /// For people, in 80 columns: the name and its meaning, then a paragraph a fact.
  package var page: String {
    let paragraphs = ["\(name): \(meaning)"] + facts.map { "\($0.label): \($0.text)" }
    return paragraphs.map(Self.wrapped).joined(separator: "\n\n")
  }

  /// For machines: an object.
  ///
  /// - Throws: What JSONEncoder throws, which it has no reason to.
  package func json() throws -> String {
    var members = [("kind", kind.rawValue), ("name", name), ("meaning", meaning)]
    members += facts.map { ($0.key, $0.text) }
    let object = Dictionary(uniqueKeysWithValues: members)
    return String(decoding: try JSONFile.bytes(object).dropLast(), as: UTF8.self)
  }

  /// A paragraph in lines of 79 columns, all but the first indented.
  private static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.parts(at: " ") {
      if !line.isEmpty, line.unicodeScalars.count + 1 + word.unicodeScalars.count > 79 {
        lines.append(line)
        line = "   "
      }
      line += line.isEmpty ? word : " \(word)"
    }
    return (lines + [line]).joined(separator: "\n")
  }
}
