import AuditModel
import AuditReduce
import Yams

/// Reads the rules of a policy: which rows each of them is about.
struct RuleReader {
  static let keys = ["id", "title", "where"]
  /// How deep conditions may be nested.
  static let deepest = 8
  /// What joins conditions, beside the columns.
  static let joining = ["all", "any", "not"]

  private let document: YAMLDocument
  private var mistakes: PlanMistakes

  private init(_ document: YAMLDocument, _ mistakes: PlanMistakes) {
    self.document = document
    self.mistakes = mistakes
  }

  /// The rules under a key; one with a mistake is among them, so that gates find it.
  static func rules(
    _ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes
  ) -> [RowRule] {
    var rules: [RowRule] = []
    for node in entry.list(&mistakes) {
      guard let item = ListItem(node, of: entry, keys: keys, &mistakes) else { continue }
      let id = id(of: item, &mistakes)
      if let id, rules.contains(where: { $0.id.isSame(as: id) }) {
        mistakes.add(.repeatedName, item.place("id"), "the rule", id)
      }
      var condition = RowCondition.all([])
      if let node = item.node("where") {
        var reader = RuleReader(entry.document, mistakes)
        condition = reader.condition(node, of: "where", depth: 1)
        mistakes = reader.mistakes
      } else {
        mistakes.add(item.missing("where"))
      }
      guard let id else { continue }
      rules.append(RowRule(id: id, title: item.optional("title") ?? id, condition: condition))
    }
    return rules
  }

  /// An id is a part of the name of a figure.
  private static func id(of item: ListItem, _ mistakes: inout PlanMistakes) -> String? {
    guard let id = item.text("id", &mistakes) else { return nil }
    let isName =
      id.utf8.first?.isASCIILetter == true
      && id.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
    if isName { return id }
    return mistakes.refuse(item.invalid("id", "letters, digits and hyphens, a letter first"))
  }

  /// The conditions of a mapping, which must all hold.
  private mutating func condition(_ node: Node, of key: String, depth: Int) -> RowCondition {
    if depth > Self.deepest {
      mistakes.add(.conditionsTooDeep, document.place(of: node), "\(Self.deepest)")
      return .all([])
    }
    guard let entries = document.entries(of: node) else {
      mistakes.add(
        .invalidMapping, document.place(of: node), key, "common_name: {startsWith: \"*.\"}")
      return .all([])
    }
    if entries.isEmpty { refuseEmpty(node, key) }
    return .all(entries.map { part($0, depth: depth) })
  }

  /// One condition: others joined, or what is asked of a column.
  private mutating func part(_ entry: ConfigurationEntry, depth: Int) -> RowCondition {
    switch entry.key.text {
    case "all": return .all(parts(entry, depth: depth))
    case "any": return .any(parts(entry, depth: depth))
    case "not": return .not(condition(entry.value, of: "not", depth: depth + 1))
    default: break
    }
    guard let column = entry.key.text.flatMap({ InstanceColumn(rawValue: $0) }) else {
      let columns = InstanceColumn.allCases.map(\.rawValue)
      let isNear = Nearest.best(for: entry.key.text ?? "", among: columns + Self.joining) != nil
      entry.refuseKey(among: isNear ? columns + Self.joining : columns, &mistakes)
      return .all([])
    }
    guard let tests = document.entries(of: entry.value) else {
      mistakes.add(
        .invalidMapping, document.place(of: entry.value), column.rawValue,
        "\(column.operators[0]): …")
      return .all([])
    }
    if tests.isEmpty { refuseEmpty(entry.value, column.rawValue) }
    return .all(tests.map { test(of: column, $0) })
  }

  private mutating func parts(_ entry: ConfigurationEntry, depth: Int) -> [RowCondition] {
    list(entry).map { condition($0, of: entry.shownKey, depth: depth + 1) }
  }

  /// The elements of a list, which must have some.
  private mutating func list(_ entry: ConfigurationEntry) -> [Node] {
    let nodes = entry.list(&mistakes)
    if nodes.isEmpty, entry.value.sequence != nil { refuseEmpty(entry.value, entry.shownKey) }
    return nodes
  }

  /// What an operator asks of a column.
  private mutating func test(
    of column: InstanceColumn, _ entry: ConfigurationEntry
  ) -> RowCondition {
    let known = RowOperator.allCases.map(\.rawValue)
    guard let operation = entry.key.text.flatMap({ RowOperator(rawValue: $0) }) else {
      entry.refuseKey(among: known, &mistakes)
      return .all([])
    }
    guard column.operators.contains(operation) else {
      mistakes.add(
        .operatorDoesNotFit, entry.place, column.rawValue, operation.rawValue,
        column.operators.map(\.rawValue).joined(separator: ", "))
      return .all([])
    }
    switch operation {
    case .equals: return isOne(of: [entry.value], column, entry)
    case .in: return isOne(of: list(entry), column, entry)
    case .startsWith: return .text(column, .begins(with: text(entry.value, entry)))
    case .endsWith: return .text(column, .ends(with: text(entry.value, entry)))
    case .contains: return .text(column, .contains(text(entry.value, entry)))
    case .exists:
      guard let flag = entry.value.flag else {
        mistakes.add(entry.invalid(entry.value, "true or false"))
        return .all([])
      }
      return flag ? .exists(column) : .not(.exists(column))
    case .olderThan: return .older(column, than: time(entry))
    case .longerThan: return .number(column, .exceeds(time(entry)))
    }
  }

  private mutating func isOne(
    of nodes: [Node], _ column: InstanceColumn, _ entry: ConfigurationEntry
  ) -> RowCondition {
    guard column.isNumeric else {
      return .text(column, .isOne(of: nodes.map { word($0, column, entry) }))
    }
    return .number(column, .isOne(of: Set(nodes.map { number($0, entry) })))
  }

  /// A number as files of the report write it: `010` is 8 to some readers of YAML and 10 to others.
  private mutating func number(_ node: Node, _ entry: ConfigurationEntry) -> Int64 {
    if let text = node.text, let number = Int64(text), "\(number)".isSame(as: text) {
      return number
    }
    mistakes.add(entry.invalid(node, "a whole number in plain digits"))
    return 0
  }

  /// A text that can be in the column.
  private mutating func word(
    _ node: Node, _ column: InstanceColumn, _ entry: ConfigurationEntry
  ) -> Name {
    let name = text(node, entry)
    guard let words = column.words, node.text?.isEmpty == false,
      !words.contains(where: { Name($0) == name })
    else { return name }
    // Rules of titles go on to config:100.
    let listed = Array(words.prefix(9))
    mistakes.add(
      .unknownName, document.place(of: node), column.rawValue, NamedValue.shown(name.string),
      Nearest.hint(for: name.string, among: listed))
    return name
  }

  private mutating func text(_ node: Node, _ entry: ConfigurationEntry) -> Name {
    if let text = node.text, !text.isEmpty { return Name(text) }
    mistakes.add(entry.invalid(node, "a text; for an empty cell use exists: false"))
    return Name("?")
  }

  /// A time in milliseconds, as bounds are written.
  private mutating func time(_ entry: ConfigurationEntry) -> Int64 {
    if let time = entry.value.text.flatMap({ ShortDuration.milliseconds(of: $0) }) { return time }
    mistakes.add(entry.invalid(entry.value, ShortDuration.form))
    return 0
  }

  private mutating func refuseEmpty(_ node: Node, _ key: String) {
    mistakes.add(.emptyCondition, document.place(of: node), key)
  }
}
