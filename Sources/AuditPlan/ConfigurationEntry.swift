import AuditModel
import Yams

/// A key of the configuration with its value and their places.
package struct ConfigurationEntry {
  var document: YAMLDocument
  var key: Node
  var value: Node

  /// What is wrong with a node under this key.
  func complaint(about node: Node, _ problem: String) -> String {
    "\(document.place(of: node)): \(key.text.map { NamedValue.shown($0) } ?? "?"): \(problem)"
  }

  /// The elements of a list, which may be empty.
  func list(_ mistakes: inout PlanMistakes) -> [Node] {
    guard let sequence = value.sequence else {
      mistakes.configuration(complaint(about: value, "this must be a list, such as [a, b]."))
      return []
    }
    return Array(sequence)
  }

  /// The entries of a mapping; `example` shows one for the message.
  func entries(_ example: String, _ mistakes: inout PlanMistakes) -> [ConfigurationEntry] {
    guard let mapping = value.mapping else {
      mistakes.configuration(complaint(about: value, "this must be a mapping, such as \(example)."))
      return []
    }
    return mapping.map { ConfigurationEntry(document: document, key: $0.key, value: $0.value) }
  }

  /// Tells that a key is none of those that may stand here.
  func refuseKey(among keys: [String], _ mistakes: inout PlanMistakes) {
    let name = key.text ?? ""
    mistakes.configuration(
      "\(document.place(of: key)): there is no key \(NamedValue.shown(name))"
        + Nearest.hint(for: name, among: keys))
  }
}
