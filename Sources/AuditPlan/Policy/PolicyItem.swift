import AuditModel
import AuditReduce
import Yams

/// A gate or an exception as it stands in the file.
struct PolicyItem {
  private let entry: ConfigurationEntry
  private let item: Node

  /// Takes an element of a list, whose keys are checked; `nil` when it is no mapping.
  init?(
    _ node: Node, of entry: ConfigurationEntry, keys: [String], _ mistakes: inout PlanMistakes
  ) {
    self.entry = entry
    item = node
    guard let mapping = node.mapping else {
      mistakes.configuration(
        entry.complaint(about: node, "this must be a mapping, such as id: completeness."))
      return nil
    }
    for (key, value) in mapping where !keys.contains(key.text ?? "") {
      ConfigurationEntry(document: entry.document, key: key, value: value)
        .refuseKey(among: keys, &mistakes)
    }
  }

  /// The value of a key.
  func node(_ key: String) -> Node? { item.mapping?[key] }

  /// What is wrong with the value of a key, or with the whole.
  func complaint(_ key: String?, _ problem: String) -> String {
    let node = key.flatMap { self.node($0) } ?? item
    return "\(entry.document.place(of: node)): \(key.map { "\($0): " } ?? "")\(problem)"
  }

  /// A text that may be missing.
  func optional(_ key: String) -> String? { node(key)?.text.flatMap { $0.isEmpty ? nil : $0 } }

  /// A text that must be there.
  func text(_ key: String, _ mistakes: inout PlanMistakes) -> String? {
    if let text = optional(key) { return text }
    mistakes.configuration(complaint(nil, "\(key) is missing; add it."))
    return nil
  }

  /// One of some words.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Word.Type, or standard: Word, _ mistakes: inout PlanMistakes
  ) -> Word {
    guard let text = optional(key) else { return standard }
    if let word = Word(rawValue: text) { return word }
    mistakes.configuration(
      complaint(key, "\(NamedValue.shown(text)) is not known")
        + Nearest.hint(for: text, among: Word.allCases.map(\.rawValue)))
    return standard
  }

  /// A whole number from 1.
  func count(_ key: String, or standard: Int, _ mistakes: inout PlanMistakes) -> Int {
    guard let text = optional(key) else { return standard }
    if let count = Int(text), count > 0 { return count }
    mistakes.configuration(
      complaint(key, "\(NamedValue.shown(text)) is no whole number from 1."))
    return standard
  }

  /// `true` or `false`; without a value `false`.
  func flag(_ key: String, _ mistakes: inout PlanMistakes) -> Bool {
    guard let text = optional(key) else { return false }
    if let flag = Bool(text) { return flag }
    mistakes.configuration(
      complaint(key, "\(NamedValue.shown(text)) is not known; write true or false."))
    return false
  }

  /// An instant with its zone.
  func instant(_ key: String, _ mistakes: inout PlanMistakes) -> Instant? {
    guard let text = text(key, &mistakes) else { return nil }
    if let instant = Instant(zoned: text) { return instant }
    mistakes.configuration(
      complaint(
        key,
        "\(NamedValue.shown(text)) is no instant with a zone; write 2026-12-31T00:00:00Z."))
    return nil
  }

  /// A bound in the unit of its figure: a share such as 0.05 or 5%, a time such as 24h, a number.
  func bound(
    _ key: String, _ unit: ReportFigure.Unit, _ mistakes: inout PlanMistakes
  ) -> Double? {
    guard let text = optional(key) else { return nil }
    let (bound, form): (Double?, String) =
      switch unit {
      case .ratio: (Self.share(text), "a share from 0 to 1, such as 0.05 or 5%")
      case .duration:
        (ShortDuration.milliseconds(of: text).map(Double.init), "a time such as 30m, 24h or 5d")
      case .count: (Int(text).flatMap { $0 >= 0 ? Double($0) : nil }, "a whole number from 0")
      case .number: (Double(text).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }, "a number from 0")
      }
    if bound == nil {
      mistakes.configuration(complaint(key, "\(NamedValue.shown(text)) is not \(form)."))
    }
    return bound
  }

  private static func share(_ text: String) -> Double? {
    let isPercent = text.ends(with: "%")
    guard let number = Double(isPercent ? String(text.dropLast()) : text) else { return nil }
    let share = isPercent ? number / 100 : number
    return 0...1 ~= share ? share : nil
  }
}
