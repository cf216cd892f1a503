import AuditModel
import AuditReduce
import Yams

/// Reads a policy file.
struct PolicyReader {
  static let gateKeys = [
    "completeness", "controls", "group", "id", "max", "metric", "min", "minimumN", "on", "required",
    "severity", "title",
  ]
  static let exceptionKeys = [
    "created", "expires", "gate", "group", "note", "owner", "reason", "remediationDate", "ticket",
  ]

  /// Reads the file named by `--policy`, where the ids of checks may have to be identifiers of OSCAL; `nil` when there is
  /// none, or it cannot be used.
  static func read(
    _ path: String?, in environment: RunEnvironment, needsTokens: Bool,
    _ mistakes: inout PlanMistakes
  ) -> Policy? {
    let before = mistakes.all.count
    guard let path, let file = environment.file(path, namedBy: "--policy", &mistakes) else {
      return nil
    }
    var policy = Policy(bytes: file.bytes)
    guard let document = YAMLDocument(policy.bytes, at: path, &mistakes) else { return nil }
    guard let entries = document.entries(of: document.root) else {
      return mistakes.refuse(
        .notAMapping, document.path, "a policy", "gates: [{id: …, metric: …, max: …}]")
    }
    var (checks, excepted): ([ListItem], [ListItem]) = ([], [])
    // A gate may ask for a rule that comes below it.
    for entry in entries where entry.key.text == "rules" {
      policy.rules = RuleReader.rules(entry, &mistakes)
    }
    for entry in entries {
      switch entry.key.text {
      case "rules": break
      case "gates": checks = readGates(entry, into: &policy, &mistakes)
      case "frameworks":
        policy.frameworks = FrameworkReader(policy: path, environment: environment)
          .read(entry, &mistakes)
      case "waivers", "exceptions": excepted += readExceptions(entry, into: &policy, &mistakes)
      default:
        entry.refuseKey(
          among: ["exceptions", "frameworks", "gates", "rules", "waivers"], &mistakes)
      }
    }
    check(excepted, nameGatesOf: policy, &mistakes)
    ControlReader.check(checks, against: policy.frameworks.map(\.content), &mistakes)
    if needsTokens { checkTokens(checks, &mistakes) }
    return mistakes.all.count == before ? policy : nil
  }

  /// Reads the gates; their controls are checked once all frameworks are known.
  private static func readGates(
    _ entry: ConfigurationEntry, into policy: inout Policy, _ mistakes: inout PlanMistakes
  ) -> [ListItem] {
    let items = entry.list(&mistakes).compactMap { node in
      ListItem(node, of: entry, keys: gateKeys, &mistakes)
    }
    for item in items {
      guard let gate = gate(item, policy.rules, &mistakes) else { continue }
      if policy.gates.contains(where: { $0.id == gate.id }) {
        mistakes.add(.repeatedCheckID, item.place("id"), NamedValue.shown(gate.id))
      }
      policy.gates.append(gate)
    }
    return items
  }

  /// Reads the exceptions; their names of gates are checked once all gates are known.
  private static func readExceptions(
    _ entry: ConfigurationEntry, into policy: inout Policy, _ mistakes: inout PlanMistakes
  ) -> [ListItem] {
    let items = entry.list(&mistakes).compactMap { node in
      ListItem(node, of: entry, keys: exceptionKeys, &mistakes)
    }
    for item in items {
      if let exception = exception(item, &mistakes) { policy.exceptions.append(exception) }
    }
    return items
  }

  private static func gate(
    _ item: ListItem, _ rules: [RowRule], _ mistakes: inout PlanMistakes
  ) -> Gate? {
    let id = item.text("id", &mistakes)
    let severity = item.word("severity", Gate.Severity.self, or: .medium, &mistakes)
    let minimumN = item.count("minimumN", or: 1, &mistakes)
    let isRequired = item.flag("required", &mistakes)
    let controls = ControlReader.controls(of: item, &mistakes)
    guard let question = question(item, rules, &mistakes), let id else { return nil }
    return Gate(
      id: id, title: item.optional("title") ?? id, severity: severity, question: question,
      minimumN: minimumN, isRequired: isRequired, controls: controls)
  }

  private static func question(
    _ item: ListItem, _ rules: [RowRule], _ mistakes: inout PlanMistakes
  ) -> Gate.Question? {
    let wanted = item.optional("completeness")
    guard (wanted == nil) != (item.optional("metric") == nil) else {
      return mistakes.refuse(.checkNeedsOneQuestion, item.place())
    }
    if wanted != nil {
      let verdict = item.word(
        "completeness", CompletenessDocument.Verdict.self, or: .proved, &mistakes)
      return .completeness(verdict)
    }
    let name = item.optional("metric") ?? ""
    let figures = Gate.figures + rules.map(\.figure)
    guard let figure = figures.first(where: { $0.name == name }) else {
      return mistakes.refuse(
        .unknownFigure, item.place("metric"), NamedValue.shown(name),
        Nearest.hint(for: name, among: figures.map(\.name)))
    }
    let side = item.word("on", GateDocument.Side.self, or: .point, &mistakes)
    if side != .point, !figure.hasInterval {
      mistakes.add(.figureWithoutInterval, item.place("on"), figure.name)
    }
    let min = item.bound("min", figure.unit, &mistakes)
    let max = item.bound("max", figure.unit, &mistakes)
    if min == nil, max == nil, item.node("min") == nil, item.node("max") == nil {
      mistakes.add(.checkNeedsBound, item.place())
    }
    checkGroup(of: figure, item, rules, &mistakes)
    return .figure(figure, group: item.optional("group"), side, min: min, max: max)
  }

  /// The groups of rules are known: another one is misspelt, and its check would never be evaluated.
  private static func checkGroup(
    of figure: ReportFigure, _ item: ListItem, _ rules: [RowRule], _ mistakes: inout PlanMistakes
  ) {
    guard let group = item.optional("group") else { return }
    let ids = rules.map(\.id)
    let advice: String
    if rules.contains(where: { $0.figure == figure }) {
      advice = "Remove the key: \(figure.name) has no groups."
    } else if MetricKey(rawValue: figure.name)?.needsRules == true,
      !ids.contains(where: { $0.isSame(as: group) })
    {
      advice = Nearest.hint(for: group, among: ids)
    } else {
      return
    }
    mistakes.add(.unknownName, item.place("group"), "group", NamedValue.shown(group), advice)
  }

  private static func exception(
    _ item: ListItem, _ mistakes: inout PlanMistakes
  ) -> PolicyException? {
    let (gate, owner) = (item.text("gate", &mistakes), item.text("owner", &mistakes))
    let (reason, ticket) = (item.text("reason", &mistakes), item.text("ticket", &mistakes))
    let (created, expires) = (
      item.instant("created", &mistakes), item.instant("expires", &mistakes)
    )
    let remediation = item.day("remediationDate", &mistakes)
    guard let gate, let owner, let reason, let ticket, let created, let expires else { return nil }
    if expires <= created {
      mistakes.add(.waiverEndsEarly, item.place("expires"), "\(expires)")
    }
    return PolicyException(
      gate: gate, group: item.optional("group"), owner: owner, reason: reason, ticket: ticket,
      created: created, expires: expires, note: item.optional("note"),
      remediationDate: remediation)
  }

  /// Refuses ids that OSCAL does not take.
  private static func checkTokens(_ checks: [ListItem], _ mistakes: inout PlanMistakes) {
    for check in checks {
      guard let id = check.optional("id"), !OSCALToken.isToken(id) else { continue }
      mistakes.add(.checkIDNotToken, check.place("id"), NamedValue.shown(id))
    }
  }

  private static func check(
    _ exceptions: [ListItem], nameGatesOf policy: Policy, _ mistakes: inout PlanMistakes
  ) {
    let ids = policy.gates.map(\.id)
    for exception in exceptions {
      guard let gate = exception.optional("gate") else { continue }
      if policy.gates.contains(where: { $0.id == gate && $0.isAboutExceptions }) {
        mistakes.add(.waiverOfWaivers, exception.place("gate"), NamedValue.shown(gate))
      }
      guard !ids.contains(where: { $0.isSame(as: gate) }) else { continue }
      mistakes.add(
        .waiverWithoutCheck, exception.place("gate"), NamedValue.shown(gate),
        Nearest.hint(for: gate, among: ids))
    }
  }
}

/// Reads the controls that policy checks are evidence for.
enum ControlReader {
  /// `controls` of a check, a list of `framework/control`.
  static func controls(
    of check: ListItem, _ mistakes: inout PlanMistakes
  ) -> [ControlReference] {
    guard let entry = check.list("controls", &mistakes) else { return [] }
    var seen: Set<ControlReference> = []
    return entry.list(&mistakes).compactMap { node in
      guard let reference = node.text.flatMap(ControlReference.init) else {
        return mistakes.refuse(entry.invalid(node, "framework/control, such as nist-800-53/AC-5"))
      }
      if !seen.insert(reference).inserted {
        mistakes.add(.repeatedName, entry.document.place(of: node), "the control", "\(reference)")
      }
      return reference
    }
  }

  /// Looks for controls that a declared framework does not list: each is probably misspelt.
  static func check(
    _ checks: [ListItem], against frameworks: [ControlFramework], _ mistakes: inout PlanMistakes
  ) {
    let declared = Set(frameworks.map { Name($0.id) })
    let listed = Set(
      frameworks.flatMap { framework in
        framework.controls.map { ControlReference(framework: framework.id, control: $0.id) }
      })
    for check in checks {
      for node in check.node("controls")?.sequence.map(Array.init) ?? [] {
        guard let reference = node.text.flatMap(ControlReference.init),
          declared.contains(Name(reference.framework)), !listed.contains(reference)
        else { continue }
        let controls = frameworks.filter { $0.id == reference.framework }.flatMap(\.controls)
        let nearest = Nearest.best(for: reference.control, among: controls.map(\.id))
        mistakes.add(
          .controlNotListed, check.place(of: node), reference.framework,
          NamedValue.shown(reference.control),
          nearest.map { "Did you mean \(reference.framework)/\($0)?" }
            ?? "Use a control of the file, or add this one to it.")
      }
    }
  }
}
