import AuditModel
import Yams

/// Reads how a site's own wordings are read: `titleRules` and `failureClasses` of the configuration.
enum WordingReader {
  private static let actions: [Action] = [.enroll, .revoke, .other]
  /// How long a phrase, a text or a name may be, in code points.
  private static let lengths = 1...200
  private static let range = "\(lengths.lowerBound) to \(lengths.upperBound)"

  /// `titleRules`: a list of phrases with the action that each means.
  static func titles(
    _ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes
  ) -> [WordingRules.Title]? {
    rules(
      entry, example: "[{phrase: \" is renewing certificate with \", action: enroll}]",
      keys: ["phrase", "action"], &mistakes
    ) { rule, mistakes -> (Name, WordingRules.Title)? in
      let phrase = text("phrase", of: rule, &mistakes)
      let action = word("action", of: rule, among: actions.map(\.rawValue), &mistakes)
        .flatMap { Action(rawValue: $0) }
      guard let phrase, let action else { return nil }
      return (phrase, WordingRules.Title(phrase: phrase, action: action))
    }
  }

  /// `failureClasses`: a list of names with the text that messages contain or start with.
  static func failures(
    _ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes
  ) -> [WordingRules.Failure]? {
    rules(
      entry, example: "[{name: itsm, contains: ServiceNow}]",
      keys: ["name", "contains", "startsWith"], &mistakes
    ) { rule, mistakes -> (Name, WordingRules.Failure)? in
      let name = text("name", of: rule, &mistakes)
      if let name, !name.isSimple || (name.bytes.first ?? 0) < UInt8(ascii: "A") {
        mistakes.add(
          rule.problem(
            "'\(NamedValue.shown(name.string))' is not a valid name. Begin with a letter and use ASCII letters, digits, spaces, "
              + "full stops, hyphens and underscores."))
      }
      if let name, FailureClass.builtInNames.contains(where: { Name($0) == name }) {
        mistakes.add(
          rule.problem(
            "'\(NamedValue.shown(name.string))' is a built-in failure category. Use another name."))
      }
      let isPrefix = rule.parts["startsWith"] != nil
      guard isPrefix != (rule.parts["contains"] != nil) else {
        mistakes.add(
          rule.problem(
            isPrefix
              ? "contains and startsWith exclude each other. Keep one."
              : "contains or startsWith is missing. Add one, such as contains: ServiceNow."))
        return nil
      }
      guard let text = text(isPrefix ? "startsWith" : "contains", of: rule, &mistakes), let name
      else { return nil }
      let key = Name("\(isPrefix)\(lowercased(text))")
      return (key, WordingRules.Failure(name: name, text: text, isPrefix: isPrefix))
    }
  }

  /// `rejectedBy`: a mapping of ids to names.
  static func names(
    _ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes
  ) -> [Int64: Name]? {
    var names: [Int64: Name] = [:]
    for part in entry.entries(#"7: "CORP\\\\mchan""#, &mistakes) {
      guard let id = part.key.text.flatMap({ Int64($0) }), names[id] == nil else {
        mistakes.add(entry.invalid(part.key, "an integer that occurs once"))
        continue
      }
      guard let name = part.value.text, lengths ~= name.unicodeScalars.count else {
        mistakes.add(entry.invalid(part.value, "a name of \(range) characters"))
        continue
      }
      names[id] = Name(name)
    }
    return names
  }

  /// A rule of a list, with its parts by their keys.
  private struct Rule {
    var entry: ConfigurationEntry
    var node: Node
    var parts: [String: Node]  // text: keys of the configuration

    /// What is wrong with it.
    func problem(_ problem: String) -> Message {
      Message(.invalidRule, place, entry.shownKey, problem)
    }

    /// The message about a key that it lacks.
    func missing(_ key: String) -> Message { Message(.missingKey, place, key) }

    private var place: String { entry.document.place(of: node) }
  }

  /// The rules of a list, of which no two may be the same by the name that `read` returns.
  private static func rules<Value>(
    _ entry: ConfigurationEntry, example: String, keys: [String], _ mistakes: inout PlanMistakes,
    read: (Rule, inout PlanMistakes) -> (Name, Value)?
  ) -> [Value]? {
    guard let list = entry.value.sequence else {
      mistakes.add(entry.invalid(entry.value, "a list of rules, such as \(example)"))
      return nil
    }
    if list.count > TitleRule.mostConfigured {
      mistakes.add(
        Rule(entry: entry, node: entry.value, parts: [:])
          .problem("there are \(list.count) rules. Write at most \(TitleRule.mostConfigured)."))
      return nil
    }
    var seen: Set<Name> = []
    return list.compactMap { node in
      guard let mapping = node.mapping else {
        mistakes.add(entry.invalid(node, "a mapping, such as \(example)"))
        return nil
      }
      var rule = Rule(entry: entry, node: node, parts: [:])
      for (key, value) in mapping {
        let part = ConfigurationEntry(document: entry.document, key: key, value: value)
        if let name = key.text, keys.contains(name) {
          rule.parts[name] = value
        } else {
          part.refuseKey(among: keys, &mistakes)
        }
      }
      guard let (key, value) = read(rule, &mistakes) else { return nil }
      guard seen.insert(key).inserted else {
        mistakes.add(rule.problem("the same text is in a rule above. Keep one of them."))
        return nil
      }
      return value
    }
  }

  /// A text of a rule; `nil` after a mistake.
  private static func text(
    _ key: String, of rule: Rule, _ mistakes: inout PlanMistakes
  ) -> Name? {
    guard let node = rule.parts[key] else {
      mistakes.add(rule.missing(key))
      return nil
    }
    guard let text = node.text, lengths ~= text.unicodeScalars.count else {
      mistakes.add(rule.entry.invalid(node, "a \(key) of \(range) characters, in quotes"))
      return nil
    }
    return Name(text)
  }

  /// A word of a rule that is one of several; `nil` after a mistake.
  private static func word(
    _ key: String, of rule: Rule, among words: [String], _ mistakes: inout PlanMistakes
  ) -> String? {
    guard let node = rule.parts[key] else {
      mistakes.add(rule.missing(key))
      return nil
    }
    if let word = node.text, words.contains(word) { return word }
    mistakes.add(rule.entry.unknown(node, among: words))
    return nil
  }

  private static func lowercased(_ text: Name) -> String {
    String(
      decoding: text.bytes.lowercasedASCII, as: UTF8.self)
  }
}
