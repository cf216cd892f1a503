import AuditModel
import AuditReduce
import Yams

/// Reads a policy file.
struct PolicyReader {
  static let gateKeys = [
    "completeness", "group", "id", "max", "metric", "min", "minimumN", "on", "required", "severity",
    "title",
  ]
  static let exceptionKeys = [
    "created", "expires", "gate", "group", "owner", "reason", "ticket",
  ]

  /// Reads the file named by `--policy`; `nil` when there is none, or it cannot be used.
  static func read(
    _ path: String?, in environment: RunEnvironment, _ mistakes: inout PlanMistakes
  ) -> Policy? {
    guard let path else { return nil }
    let before = mistakes.all.count
    var policy: Policy
    do throws(NamedFileProblem) {
      policy = Policy(bytes: try environment.readFile(path, YAMLDocument.sizeLimit).bytes)
    } catch {
      mistakes.file(path, namedBy: "--policy", error)
      return nil
    }
    do throws(YAMLDocument.Flaw) {
      let document = try YAMLDocument(path: path, bytes: policy.bytes)
      guard let mapping = document.root?.mapping else {
        mistakes.configuration(
          "\(document.path): a policy is a mapping with the key gates, a list.")
        return nil
      }
      var excepted: [PolicyItem] = []
      for (key, value) in mapping {
        let entry = ConfigurationEntry(document: document, key: key, value: value)
        switch key.text {
        case "gates": readGates(entry, into: &policy, &mistakes)
        case "exceptions": excepted = readExceptions(entry, into: &policy, &mistakes)
        default: entry.refuseKey(among: ["exceptions", "gates"], &mistakes)
        }
      }
      check(excepted, nameGatesOf: policy, &mistakes)
    } catch {
      mistakes.configuration(error.sentence)
    }
    return mistakes.all.count == before ? policy : nil
  }

  private static func readGates(
    _ entry: ConfigurationEntry, into policy: inout Policy, _ mistakes: inout PlanMistakes
  ) {
    for node in entry.list(&mistakes) {
      guard let item = PolicyItem(node, of: entry, keys: gateKeys, &mistakes),
        let gate = gate(item, &mistakes)
      else { continue }
      if policy.gates.contains(where: { $0.id == gate.id }) {
        mistakes.configuration(
          item.complaint("id", "another gate has this id already; choose another."))
      }
      policy.gates.append(gate)
    }
  }

  /// Reads the exceptions; what stood in the file is checked once all gates are known.
  private static func readExceptions(
    _ entry: ConfigurationEntry, into policy: inout Policy, _ mistakes: inout PlanMistakes
  ) -> [PolicyItem] {
    let items = entry.list(&mistakes).compactMap { node in
      PolicyItem(node, of: entry, keys: exceptionKeys, &mistakes)
    }
    for item in items {
      if let exception = exception(item, &mistakes) { policy.exceptions.append(exception) }
    }
    return items
  }

  private static func gate(_ item: PolicyItem, _ mistakes: inout PlanMistakes) -> Gate? {
    let id = item.text("id", &mistakes)
    let severity = item.word("severity", Gate.Severity.self, or: .medium, &mistakes)
    let minimumN = item.count("minimumN", or: 1, &mistakes)
    let isRequired = item.flag("required", &mistakes)
    guard let question = question(item, &mistakes), let id else { return nil }
    return Gate(
      id: id, title: item.optional("title") ?? id, severity: severity, question: question,
      minimumN: minimumN, isRequired: isRequired)
  }

  private static func question(
    _ item: PolicyItem, _ mistakes: inout PlanMistakes
  ) -> Gate.Question? {
    let wanted = item.optional("completeness")
    guard (wanted == nil) != (item.optional("metric") == nil) else {
      mistakes.configuration(
        item.complaint(nil, "a gate needs completeness or metric, and not both."))
      return nil
    }
    if wanted != nil {
      let verdict = item.word(
        "completeness", CompletenessDocument.Verdict.self, or: .proved, &mistakes)
      return .completeness(verdict)
    }
    let name = item.optional("metric") ?? ""
    guard let figure = Gate.figures.first(where: { $0.name == name }) else {
      mistakes.configuration(
        item.complaint("metric", "there is no figure \(NamedValue.shown(name))")
          + Nearest.hint(for: name, among: Gate.figures.map(\.name)))
      return nil
    }
    let side = item.word("on", Gate.Side.self, or: .point, &mistakes)
    if side != .point, !figure.hasInterval {
      mistakes.configuration(item.complaint("on", "\(figure.name) has no interval; leave on out."))
    }
    let min = item.bound("min", figure.unit, &mistakes)
    let max = item.bound("max", figure.unit, &mistakes)
    if min == nil, max == nil, item.node("min") == nil, item.node("max") == nil {
      mistakes.configuration(item.complaint(nil, "a metric needs a bound: give max or min."))
    }
    return .figure(figure, group: item.optional("group"), side, min: min, max: max)
  }

  private static func exception(
    _ item: PolicyItem, _ mistakes: inout PlanMistakes
  ) -> PolicyException? {
    let (gate, owner) = (item.text("gate", &mistakes), item.text("owner", &mistakes))
    let (reason, ticket) = (item.text("reason", &mistakes), item.text("ticket", &mistakes))
    let (created, expires) = (
      item.instant("created", &mistakes), item.instant("expires", &mistakes)
    )
    guard let gate, let owner, let reason, let ticket, let created, let expires else { return nil }
    if expires <= created {
      mistakes.configuration(
        item.complaint("expires", "an exception must end after it was created."))
    }
    return PolicyException(
      gate: gate, group: item.optional("group"), owner: owner, reason: reason, ticket: ticket,
      created: created, expires: expires)
  }

  private static func check(
    _ exceptions: [PolicyItem], nameGatesOf policy: Policy, _ mistakes: inout PlanMistakes
  ) {
    let ids = policy.gates.map(\.id)
    for exception in exceptions {
      guard let gate = exception.optional("gate") else { continue }
      if policy.gates.contains(where: { $0.id == gate && $0.isAboutExceptions }) {
        mistakes.configuration(
          exception.complaint(
            "gate",
            "the gate \(NamedValue.shown(gate)) asks about the exceptions themselves, so it takes none; "
              + "remove this one."))
      }
      guard !ids.contains(where: { $0.isSame(as: gate) }) else { continue }
      mistakes.configuration(
        exception.complaint("gate", "there is no gate \(NamedValue.shown(gate))")
          + Nearest.hint(for: gate, among: ids))
    }
  }
}
