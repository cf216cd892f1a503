import AuditModel
import Yams

/// What the configuration file contains; it has no servers and no secrets.
struct Configuration {
  /// The file as read; `nil` when there is none.
  private(set) var bytes: [UInt8]?
  /// What each key contains, and each key within a mapping: `pageSize`, `serviceLevels.Revocation`.
  private(set) var entries: [String: ConfigurationEntry] = [:]  // text: keys of the configuration

  /// The keys, for messages.
  static let keys = Set(Settings.inFile.map { Name($0.declaration.keyParts.first ?? "") }).sorted()
    .map(\.string)

  /// Reads the file named by `--config`; an empty configuration when there is none or it cannot be used.
  static func read(
    _ path: String?, in environment: RunEnvironment, _ mistakes: inout PlanMistakes
  ) -> Configuration {
    var configuration = Configuration()
    if let path, let file = environment.file(path, namedBy: "--config", &mistakes) {
      configuration.bytes = file.bytes
      configuration.read(file.bytes, of: path, &mistakes)
    }
    return configuration
  }

  private mutating func read(_ bytes: [UInt8], of path: String, _ mistakes: inout PlanMistakes) {
    do throws(YAMLDocument.SyntaxError) {
      let document = try YAMLDocument(path: path, bytes: bytes)
      guard let root = document.root, root.scalar == nil || root.text != nil else { return }
      guard let mapping = root.mapping else {
        mistakes.add(
          .notAMapping, document.place(of: root), "a configuration", "timeZone: Europe/Berlin")
        return
      }
      for (key, value) in mapping {
        read(ConfigurationEntry(document: document, key: key, value: value), &mistakes)
      }
    } catch {
      mistakes.add(error.message)
    }
  }

  private mutating func read(_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) {
    let key = entry.key.text ?? ""
    entries[key] = entry
    for (part, value) in entry.value.mapping ?? [:] {
      entries["\(key).\(part.line)"] = ConfigurationEntry(
        document: entry.document, key: part, value: value)
    }
    let known = Settings.inFile.filter { $0.declaration.keyParts.first == key }
    guard let first = known.first?.declaration else {
      return entry.refuseKey(among: Self.keys, &mistakes)
    }
    guard first.keyParts.count == 2 else { return known[0].check(entry, &mistakes) }
    // A mapping whose keys are settings of their own.
    for part in entry.entries("\(first.keyParts[1]): \(first.fallback.shown)", &mistakes) {
      if let setting = known.first(where: { $0.declaration.keyParts[1] == part.key.text }) {
        setting.check(part, &mistakes)
      } else {
        part.refuseKey(
          among: known.map { Name($0.declaration.keyParts[1]) }.sorted().map(\.string), &mistakes)
      }
    }
  }
}

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
    guard let mapping = value.mapping else {
      mistakes.add(.invalidMapping, document.place(of: value), shownKey, example)
      return []
    }
    return mapping.map { ConfigurationEntry(document: document, key: $0.key, value: $0.value) }
  }

  /// Reports that a key is none of the known ones.
  func refuseKey(among keys: [String], _ mistakes: inout PlanMistakes) {
    let name = key.text ?? ""
    mistakes.add(
      .unknownKey, document.place(of: key), NamedValue.shown(name),
      Nearest.hint(for: name, among: keys))
  }
}
