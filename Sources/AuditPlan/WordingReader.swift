import AuditModel
import Yams

/// Reads how a site's own wordings are read: `titleRules` and `failureClasses` of the configuration.
enum WordingReader {
  private static let actions: [Action] = [.enroll, .revoke, .other]
  /// How long a phrase, a text or a name may be, in code points.
  private static let lengths = 1...200

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
        mistakes.configuration(
          rule.message(
            "\(NamedValue.shown(name.string)) is not a valid name; begin with a letter and use ASCII letters, digits, spaces, "
              + "full stops, hyphens and underscores."))
      }
      if let name, FailureClass.builtInNames.contains(where: { Name($0) == name }) {
        mistakes.configuration(
          rule.message(
            "\(NamedValue.shown(name.string)) is a built-in failure category; choose another name.")
        )
      }
      let isPrefix = rule.parts["startsWith"] != nil
      guard isPrefix != (rule.parts["contains"] != nil) else {
        mistakes.configuration(
          rule.message(
            isPrefix
              ? "contains and startsWith exclude each other; keep one."
              : "contains or startsWith is missing; add one, such as contains: ServiceNow."))
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
        mistakes.configuration(
          entry.message(about: part.key, "the key must be an integer that occurs once."))
        continue
      }
      guard let name = part.value.text, lengths ~= name.unicodeScalars.count else {
        mistakes.configuration(
          entry.message(
            about: part.value,
            "this must be a name of \(lengths.lowerBound) to \(lengths.upperBound) characters."))
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

    func message(_ problem: String) -> String { entry.message(about: node, problem) }
  }

  /// The rules of a list, of which no two may be the same by the name that `read` returns.
  private static func rules<Value>(
    _ entry: ConfigurationEntry, example: String, keys: [String], _ mistakes: inout PlanMistakes,
    read: (Rule, inout PlanMistakes) -> (Name, Value)?
  ) -> [Value]? {
    guard let list = entry.value.sequence else {
      mistakes.configuration(
        entry.message(about: entry.value, "this must be a list of rules, such as \(example)."))
      return nil
    }
    if list.count > TitleRule.mostConfigured {
      mistakes.configuration(
        entry.message(
          about: entry.value,
          "there are \(list.count) rules; write at most \(TitleRule.mostConfigured)."))
      return nil
    }
    var seen: Set<Name> = []
    return list.compactMap { node in
      guard let mapping = node.mapping else {
        mistakes.configuration(
          entry.message(about: node, "a rule is a mapping, such as \(example)."))
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
        mistakes.configuration(rule.message("the same text is in a rule above; keep one of them."))
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
      mistakes.configuration(rule.message("\(key) is missing; add it."))
      return nil
    }
    guard let text = node.text, lengths ~= text.unicodeScalars.count else {
      mistakes.configuration(
        rule.entry.message(
          about: node,
          "\(key) must be a text of \(lengths.lowerBound) to \(lengths.upperBound) characters; write it in quotes."
        ))
      return nil
    }
    return Name(text)
  }

  /// A word of a rule that is one of several; `nil` after a mistake.
  private static func word(
    _ key: String, of rule: Rule, among words: [String], _ mistakes: inout PlanMistakes
  ) -> String? {
    guard let node = rule.parts[key] else {
      mistakes.configuration(
        rule.message("\(key) is missing; add it: \(words.joined(separator: ", "))."))
      return nil
    }
    if let word = node.text, words.contains(word) { return word }
    let written = node.text ?? ""
    mistakes.configuration(
      rule.entry.message(about: node, "\(NamedValue.shown(written)) is not a valid \(key)")
        + Nearest.hint(for: written, among: words))
    return nil
  }

  private static func lowercased(_ text: Name) -> String {
    String(
      decoding: text.bytes.map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
