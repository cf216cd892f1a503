import AuditModel
import Yams

/// Reads how a site's own wordings are read: `titleRules` and `failureClasses` of the configuration.
enum WordingReader {
  private static let actions: [Action] = [.enroll, .revoke, .other]
  /// How long a phrase, a text or a name may be, in code points.
  static let lengths = 1...200
  static let range = "\(lengths.lowerBound) to \(lengths.upperBound)"

  /// What the key `titleRules` contains.
  static let titleForm = ConfigurationForm.list(of: titleRule, most: TitleRule.mostConfigured)
  private static let titleRule = ConfigurationForm.mapping(
    [
      ConfigurationKey(
        "phrase", .text(lengths),
        "What stands before it in a title is the user, what follows the subject."),
      ConfigurationKey("action", .choice(actions.map(\.rawValue)), "What is asked for."),
    ], required: ["phrase", "action"])

  /// What the key `failureClasses` contains.
  static let failureForm = ConfigurationForm.list(of: failureRule, most: TitleRule.mostConfigured)
  private static let failureRule = ConfigurationForm.mapping(
    [
      ConfigurationKey(
        "name",
        .text(
          lengths, pattern: "^[A-Za-z][A-Za-z0-9 ._-]*$", except: FailureClass.builtInNames),
        "The name of the category."),
      ConfigurationKey(
        "contains", .text(lengths),
        "The message contains it, whatever the case of ASCII letters."),
      ConfigurationKey("startsWith", .text(lengths), "The message starts with it."),
    ], required: ["name"], oneOf: ["contains", "startsWith"])

  /// What the key `rejectedBy` contains.
  static let nameForm = ConfigurationForm.integers(
    to: .text(lengths), about: "The name that is shown.")

  /// `titleRules`: a list of phrases with the action that each means.
  static func titles(
    _ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes
  ) -> [WordingRules.Title]? {
    rules(
      entry, example: "[{phrase: \" is renewing certificate with \", action: enroll}]",
      titleRule, &mistakes
    ) { rule, mistakes -> (Name, WordingRules.Title)? in
      let phrase = text("phrase", of: rule, &mistakes)
      let action = action(of: rule, &mistakes)
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
      failureRule, &mistakes
    ) { rule, mistakes -> (Name, WordingRules.Failure)? in
      let name = text("name", of: rule, &mistakes)
      if let name, !name.isSimple || (name.bytes.first ?? 0) < UInt8(ascii: "A") {
        mistakes.add(
          problem(
            with: rule,
            "'\(NamedValue.shown(name.string))' is not a valid name. Begin with a letter and use ASCII letters, digits, spaces, "
              + "full stops, hyphens and underscores."))
      }
      if let name, FailureClass.builtInNames.contains(where: { Name($0) == name }) {
        mistakes.add(
          problem(
            with: rule,
            "'\(NamedValue.shown(name.string))' is a built-in failure category. Use another name."))
      }
      let isPrefix = rule.node("startsWith") != nil
      guard isPrefix != (rule.node("contains") != nil) else {
        return mistakes.refuse(
          problem(
            with: rule,
            isPrefix
              ? "contains and startsWith exclude each other. Keep one."
              : "contains or startsWith is missing. Add one, such as contains: ServiceNow."))
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

  /// What is wrong with a rule.
  private static func problem(with rule: ListItem, _ problem: String) -> Message {
    Message(.invalidRule, rule.place(), rule.entry.shownKey, problem)
  }

  /// The rules of a list, of which no two may be the same by the name that `read` returns.
  private static func rules<Value>(
    _ entry: ConfigurationEntry, example: String, _ form: ConfigurationForm,
    _ mistakes: inout PlanMistakes,
    read: (ListItem, inout PlanMistakes) -> (Name, Value)?
  ) -> [Value]? {
    guard let list = entry.value.sequence else {
      return mistakes.refuse(entry.invalid(entry.value, "a list of rules, such as \(example)"))
    }
    if list.count > TitleRule.mostConfigured {
      return mistakes.refuse(
        .invalidRule, entry.document.place(of: entry.value), entry.shownKey,
        "there are \(list.count) rules. Write at most \(TitleRule.mostConfigured).")
    }
    var seen: Set<Name> = []
    return list.compactMap { node in
      guard node.mapping != nil else {
        return mistakes.refuse(entry.invalid(node, "a mapping, such as \(example)"))
      }
      guard let rule = ListItem(node, of: entry, keys: form.keys, &mistakes),
        let (key, value) = read(rule, &mistakes)
      else { return nil }
      guard seen.insert(key).inserted else {
        return mistakes.refuse(
          problem(with: rule, "the same text is in a rule above. Keep one of them."))
      }
      return value
    }
  }

  /// A text of a rule; `nil` after a mistake.
  private static func text(
    _ key: String, of rule: ListItem, _ mistakes: inout PlanMistakes
  ) -> Name? {
    guard let node = rule.node(key) else { return mistakes.refuse(rule.missing(key)) }
    if let text = node.text, lengths ~= text.unicodeScalars.count { return Name(text) }
    return mistakes.refuse(rule.entry.invalid(node, "a \(key) of \(range) characters, in quotes"))
  }

  /// What a rule is about; `nil` after a mistake.
  private static func action(of rule: ListItem, _ mistakes: inout PlanMistakes) -> Action? {
    guard let node = rule.node("action") else { return mistakes.refuse(rule.missing("action")) }
    return actions.first { $0.rawValue == node.text }
      ?? mistakes.refuse(rule.entry.unknown(node, among: actions.map(\.rawValue)))
  }

  private static func lowercased(_ text: Name) -> String {
    String(decoding: text.bytes.lowercasedASCII, as: UTF8.self)
  }
}
