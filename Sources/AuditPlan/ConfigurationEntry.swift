import AuditModel
import AuditReduce
import Yams

/// A key of the configuration with its value and their places.
package struct ConfigurationEntry {
  var document: YAMLDocument
  var key: Node
  var value: Node

  /// Where the key is: `file:line:column`.
  var place: String { document.place(of: key) }

  /// The key for messages.
  var shownKey: String { key.text.map { NamedValue.shown($0) } ?? "?" }

  /// What is wrong with a node under this key, which must have a form such as `a whole number`.
  func invalid(_ node: Node, _ form: String) -> Message {
    Message(.invalidSetting, document.place(of: node), shownKey, node.shown, form)
  }

  /// What is wrong with a node under this key that is none of some names.
  func unknown(_ node: Node, among names: [String]) -> Message {
    let name = node.text ?? ""
    return Message(
      .unknownName, document.place(of: node), shownKey, NamedValue.shown(name),
      Nearest.hint(for: name, among: names))
  }

  /// The elements of a list, which may be empty.
  func list(_ mistakes: inout PlanMistakes) -> [Node] {
    guard let sequence = value.sequence else {
      mistakes.add(.invalidList, document.place(of: value), shownKey, "[a, b]")
      return []
    }
    return Array(sequence)
  }

  /// What the elements of a list are read as, each of which must have a form such as `a whole number`.
  func values<Value>(
    _ form: String, _ mistakes: inout PlanMistakes, _ read: (String) -> Value?
  ) -> [Value] {
    list(&mistakes).compactMap { node in
      node.text.flatMap(read) ?? mistakes.refuse(invalid(node, form))
    }
  }

  /// The entries of a mapping; `example` shows one for the message.
  func entries(_ example: String, _ mistakes: inout PlanMistakes) -> [ConfigurationEntry] {
    if let entries = document.entries(of: value) { return entries }
    mistakes.add(.invalidMapping, document.place(of: value), shownKey, example)
    return []
  }

  /// Reports that a key is none of the known ones.
  func refuseKey(among keys: [String], _ mistakes: inout PlanMistakes) {
    let name = key.text ?? ""
    mistakes.add(
      .unknownKey, document.place(of: key), NamedValue.shown(name),
      Nearest.hint(for: name, among: keys))
  }
}

/// An element of a list whose keys are known, such as a gate, a control or a rule, with its place in the file.
struct ListItem {
  /// The list.
  let entry: ConfigurationEntry
  private let item: Node

  /// Takes an element of a list, whose keys are checked; `nil` when it is no mapping.
  init?(
    _ node: Node, of entry: ConfigurationEntry, keys: [String],
    example: String = "id: completeness", _ mistakes: inout PlanMistakes
  ) {
    self.entry = entry
    item = node
    guard let members = entry.document.entries(of: node) else {
      mistakes.add(
        .invalidMapping, entry.document.place(of: node), "an entry of \(entry.shownKey)", example)
      return nil
    }
    for member in members where !keys.contains(member.key.text ?? "") {
      member.refuseKey(among: keys, &mistakes)
    }
  }

  /// The value of a key.
  func node(_ key: String) -> Node? { item.mapping?[key] }

  /// Where the value of a key is, or the whole: `file:line:column`.
  func place(_ key: String? = nil) -> String {
    entry.document.place(of: key.flatMap { node($0) } ?? item)
  }

  /// Where a value within it is: `file:line:column`.
  func place(of node: Node) -> String { entry.document.place(of: node) }

  /// What is wrong with the value of a key, which must have a form such as `true or false`.
  func invalid(_ key: String, _ form: String) -> Message {
    Message(.invalidSetting, place(key), key, (node(key) ?? item).shown, form)
  }

  /// The message about a key that it lacks.
  func missing(_ key: String) -> Message { Message(.missingKey, place(), key) }

  /// The list that a key contains; `nil` without the key, which then is a mistake where it must be there.
  func list(
    _ key: String, isRequired: Bool = false, _ mistakes: inout PlanMistakes
  ) -> ConfigurationEntry? {
    if let value = node(key) {
      return ConfigurationEntry(document: entry.document, key: Node(key), value: value)
    }
    if isRequired { mistakes.add(missing(key)) }
    return nil
  }

  /// A text that may be missing.
  func optional(_ key: String) -> String? { node(key)?.text.flatMap { $0.isEmpty ? nil : $0 } }

  /// A text that must be there.
  func text(_ key: String, _ mistakes: inout PlanMistakes) -> String? {
    optional(key) ?? mistakes.refuse(missing(key))
  }

  /// One of some words.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Word.Type, or standard: Word, _ mistakes: inout PlanMistakes
  ) -> Word {
    guard let text = optional(key) else { return standard }
    if let word = Word(rawValue: text) { return word }
    mistakes.add(
      .unknownName, place(key), key, NamedValue.shown(text),
      Nearest.hint(for: text, among: Word.allCases.map(\.rawValue)))
    return standard
  }

  /// What the text of a key is read as, which must have a form; `nil` without one, and after a mistake.
  private func value<Value>(
    _ key: String, _ form: String, _ mistakes: inout PlanMistakes, _ read: (String) -> Value?
  ) -> Value? {
    optional(key).flatMap { read($0) ?? mistakes.refuse(invalid(key, form)) }
  }

  /// A whole number from 1.
  func count(_ key: String, or standard: Int, _ mistakes: inout PlanMistakes) -> Int {
    value(key, "a whole number from 1", &mistakes) { Int($0).flatMap { $0 > 0 ? $0 : nil } }
      ?? standard
  }

  /// `true` or `false`; without a value `false`.
  func flag(_ key: String, _ mistakes: inout PlanMistakes) -> Bool {
    value(key, "true or false", &mistakes) { Bool($0) } ?? false
  }

  /// An instant with its zone.
  func instant(_ key: String, _ mistakes: inout PlanMistakes) -> Instant? {
    guard text(key, &mistakes) != nil else { return nil }
    return value(key, "a time with a zone, such as 2026-12-31T00:00:00Z", &mistakes) {
      Instant(zoned: $0)
    }
  }

  /// A day; `nil` without a value.
  func day(_ key: String, _ mistakes: inout PlanMistakes) -> CivilDate? {
    value(key, "a valid day, such as 2026-12-31", &mistakes) { CivilDate($0) }
  }

  /// A bound in the unit of its figure: a share such as 0.05 or 5%, a time such as 24h, a number.
  func bound(
    _ key: String, _ unit: ReportFigure.Unit, _ mistakes: inout PlanMistakes
  ) -> Double? {
    let (form, read): (String, (String) -> Double?) =
      switch unit {
      case .ratio: ("a share from 0 to 1, such as 0.05 or 5%", Self.share)
      case .duration:
        (ShortDuration.form, { ShortDuration.milliseconds(of: $0).map(Double.init) })
      case .count: ("a whole number from 0", { Int($0).flatMap { $0 >= 0 ? Double($0) : nil } })
      case .number:
        ("a number from 0", { Double($0).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil } })
      }
    return value(key, form, &mistakes, read)
  }

  private static func share(_ text: String) -> Double? {
    let isPercent = text.ends(with: "%")
    guard let number = Double(isPercent ? String(text.dropLast()) : text) else { return nil }
    let share = isPercent ? number / 100 : number
    return 0...1 ~= share ? share : nil
  }
}
