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
    guard let document = YAMLDocument(bytes, at: path, &mistakes),
      let root = document.root, root.scalar == nil || root.text != nil
    else { return }
    guard let entries = document.entries(of: root) else {
      return mistakes.add(
        .notAMapping, document.place(of: root), "a configuration", "timeZone: Europe/Berlin")
    }
    for entry in entries { read(entry, &mistakes) }
  }

  private mutating func read(_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) {
    let key = entry.key.text ?? ""
    entries[key] = entry
    for part in entry.document.entries(of: entry.value) ?? [] {
      entries["\(key).\(part.key.line)"] = part
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

/// A key of the configuration, or of a mapping in it, and what it contains.
package struct ConfigurationKey: Sendable {
  /// Its name.
  package let name: String
  /// What values it takes.
  package let form: ConfigurationForm
  /// What it is for, a sentence or two.
  package let about: String

  /// Declares a key.
  init(_ name: String, _ form: ConfigurationForm, _ about: String) {
    (self.name, self.form, self.about) = (name, form, about)
  }
}

/// What values a key of the configuration takes, as its schema tells an editor.
package indirect enum ConfigurationForm: Sendable {
  /// A text of so many characters that fits a regular expression and is none of some others.
  case text(ClosedRange<Int>? = nil, pattern: String? = nil, except: [String] = [])
  /// A whole number.
  case number(ClosedRange<Int64>)
  /// `true` or `false`.
  case flag
  /// One of some words.
  case choice([String])
  /// A list of so many elements.
  case list(of: ConfigurationForm, least: Int? = nil, most: Int? = nil)
  /// A mapping with these keys, some of them required, and with one of some more.
  case mapping([ConfigurationKey], required: [String] = [], oneOf: [String] = [])
  /// A mapping whose keys the user chooses, where they must fit a regular expression.
  case table(keys: String? = nil, of: ConfigurationForm, about: String? = nil)

  /// What is shown of a key that contains nothing.
  var empty: String {
    switch self {
    case .list: "[]"
    case .table: "{}"
    default: SettingDeclaration.nothing
    }
  }

  /// The keys of a mapping.
  var keys: [String] { if case .mapping(let keys, _, _) = self { keys.map(\.name) } else { [] } }

  /// A mapping of integers.
  static func integers(to form: ConfigurationForm, about: String? = nil) -> ConfigurationForm {
    .table(keys: "^-?[0-9]+$", of: form, about: about)
  }
}
