import AuditModel

/// Something that a user can set, declared once: its name, its default, its help, how it is read and how it is shown.
///
/// Options of the command line, their help and completion, the manual page, the plan and `kfaudit config show` follow
/// from the declaration. This one adds a limit on retries:
///
/// ```swift
/// static var retries: Setting<Int> {
///   Setting(
///     .option("retries", "n", default: "3", help: "Attempts after the first one, 0 to 9."),
///     within: 0...9)
/// }
/// ```
///
/// Options are computed properties: a key path to a stored one of an extension in another module, by which
/// ``AuditOptions`` has it, ends the program with Swift 6.3.1.
package struct Setting<Value: Sendable>: AnySetting {
  /// What is declared of it.
  package private(set) var declaration: SettingDeclaration
  /// Reads what an option, a variable or a profile contains; `nil` after a mistake.
  let read: @Sendable (_ text: String, _ mistakes: inout PlanMistakes) -> Value?
  /// Reads what the configuration file contains; `nil` after a mistake.
  private(set) var readEntry:
    (@Sendable (_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) -> Value?)?

  /// Declares a setting that is read from text.
  init(
    _ declaration: SettingDeclaration,
    read: @escaping @Sendable (_ text: String, _ mistakes: inout PlanMistakes) -> Value?
  ) {
    self.declaration = declaration
    self.read = read
  }

  /// Declares a setting that only the configuration file has; `shown` is its default in `kfaudit config show`, and
  /// `name` its name there.
  init(
    key: String, named name: String? = nil, shown: String = SettingDeclaration.nothing,
    read:
      @escaping @Sendable (_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) -> Value?
  ) {
    self.init(SettingDeclaration(name: name ?? key, fallback: .words(shown: shown))) { _, _ in nil }
    self = inFile(key, read: read)
  }

  /// The same, also to be set by a key of the configuration file.
  func inFile(
    _ key: String,
    read:
      @escaping @Sendable (_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) -> Value?
  ) -> Setting {
    var copy = self
    copy.declaration.key = key
    copy.readEntry = read
    return copy
  }

  /// The same with a default that only the command line knows.
  package func defaulting(to text: String) -> Setting {
    var copy = self
    copy.declaration.fallback = .text(text)
    return copy
  }

  /// Checks an entry of the configuration file.
  package func check(_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) {
    _ = readEntry?(entry, &mistakes)
  }
}

extension Setting where Value: FixedWidthInteger {
  /// Declares a whole number within bounds, which the configuration file may also set by a key.
  init(
    _ declaration: SettingDeclaration, within bounds: ClosedRange<Value>,
    of kind: String = "whole number", inFile key: String? = nil
  ) {
    let form = "a \(kind) from \(bounds.lowerBound) to \(bounds.upperBound)"
    let number: @Sendable (String) -> Value? = { Value($0).flatMap { bounds ~= $0 ? $0 : nil } }
    self.init(declaration) { text, mistakes in
      number(text)
        ?? mistakes.refuse(.invalidNumber, "--\(declaration.name)", NamedValue.shown(text), form)
    }
    self.declaration.bounds = Int64(bounds.lowerBound)...Int64(bounds.upperBound)
    guard let key else { return }
    self = inFile(key) { entry, mistakes in
      entry.value.text.flatMap(number) ?? mistakes.refuse(entry.invalid(entry.value, form))
    }
  }
}

extension Setting<String> {
  /// Declares a setting that is taken as it is written.
  init(_ declaration: SettingDeclaration) {
    self.init(declaration) { text, _ in text }
  }
}

extension Setting<Bool> {
  /// Declares a flag.
  init(flag name: String, help: String) {
    self.init(
      SettingDeclaration(name: name, form: .flag, fallback: .words(shown: "no"), help: help)
    ) { _, _ in true }
  }
}

/// A setting whatever the type of its values.
package protocol AnySetting: Sendable {
  /// What is declared of it.
  var declaration: SettingDeclaration { get }
  /// Finds the mistakes in what the configuration file contains for it.
  func check(_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes)
}

/// What is declared of a setting besides how its values are read.
package struct SettingDeclaration: Sendable {
  /// How the command line takes a setting.
  package enum Form: Sendable {
    /// As an option with a value.
    case option(value: String, Completion)
    /// As an option without a value.
    case flag
    /// Not at all.
    case none
  }

  /// What a shell completes a value with.
  package enum Completion: Sendable {
    /// With nothing.
    case nothing
    /// With folders.
    case folder
    /// A file with one of these extensions; any file when there are none.
    case file([String] = [])
    /// One of some words, among others.
    case words([String])
    /// One of these words.
    case choice([String])
    /// Some of these words, separated by commas.
    case choices([String])
  }

  /// What a setting is when nobody sets it.
  struct Default: Sendable {
    /// What a user would write to the same effect; `nil` when nothing has it.
    var text: String?
    /// What help says.
    var help: String?
    /// What `kfaudit config show` shows.
    var shown: String

    /// A value as a user would write it.
    static func text(_ text: String) -> Default {
      Default(text: text, help: text, shown: text)
    }

    /// Words for what cannot be written.
    static func words(
      help: String? = nil, shown: String = SettingDeclaration.nothing
    ) -> Default {
      Default(text: nil, help: help, shown: shown)
    }
  }

  /// What a secret is shown as.
  static let secret = "(set, not shown)"
  /// What is shown where nothing is set.
  static let nothing = "(none)"

  /// The option without its dashes, and the name that `kfaudit config show` shows.
  package var name: String
  /// How the command line takes it.
  package var form = Form.none
  /// What it is when nobody sets it.
  var fallback = Default.words()
  /// What it does, without values and default.
  var help = ""
  /// The key of the configuration file; with a dot for a key within a mapping.
  var key: String?
  /// The environment variable.
  var variable: String?
  /// The key of a profile, which means the same as the variable.
  var profileKey: String?
  /// The least and the greatest number; `nil` for other values.
  fileprivate(set) var bounds: ClosedRange<Int64>?
  /// What is shown of a value.
  var shown: @Sendable (_ text: String) -> String = { $0 }

  /// An option with a value; a variable or a key of a profile may set it too.
  static func option(
    _ name: String, _ value: String, _ completion: Completion = .nothing,
    default fallback: Default = .words(), help: String, variable: String? = nil,
    profile key: String? = nil
  ) -> SettingDeclaration {
    SettingDeclaration(
      name: name, form: .option(value: value, completion), fallback: fallback, help: help,
      variable: variable, profileKey: key)
  }

  /// What the environment or a profile sets, shown without a password that may be part of an address.
  static func variable(
    _ variable: String, profile key: String?, named name: String? = nil,
    default fallback: Default = .words()
  ) -> SettingDeclaration {
    SettingDeclaration(
      name: name ?? key ?? variable, fallback: fallback, variable: variable, profileKey: key
    ).shown(WebAddress.redacted)
  }

  /// What the environment or a profile sets and nobody may see.
  static func secret(_ variable: String, profile key: String) -> SettingDeclaration {
    SettingDeclaration.variable(variable, profile: key).shown { _ in secret }
  }

  /// The same, shown in other words.
  func shown(_ shown: @escaping @Sendable (_ text: String) -> String) -> SettingDeclaration {
    var copy = self
    copy.shown = shown
    return copy
  }

  /// The key of the configuration file, at its dot.
  var keyParts: [String] { key?.parts(at: ".") ?? [] }

  /// The entry of the configuration file that is shown: a setting of the file alone is called like it.
  var entryName: String? { if case .none = form { key.map { _ in name } } else { key } }

  /// The words that it is chosen from.
  package var choices: [String] {
    switch form {
    case .option(_, .choice(let words)), .option(_, .choices(let words)): words
    default: []
    }
  }

  /// What help says, its values and its default included.
  package var abstract: String {
    var notes = choices.isEmpty ? [] : ["values: \(choices.joined(separator: ", "))"]
    if let text = fallback.help { notes.append("default: \(text)") }
    return notes.isEmpty ? help : "\(help) (\(notes.joined(separator: "; ")))"
  }
}

extension SettingDeclaration.Default: ExpressibleByStringLiteral {
  /// Makes a default that is written as it is read.
  init(stringLiteral text: String) { self = .text(text) }
}

/// A value and who gave it, for messages.
struct WrittenValue: Equatable {
  /// The value as written.
  var value: String
  /// An option, a variable, or a key of a profile with its file.
  var origin: String

  /// The value as a message may show it.
  var shown: String { NamedValue.shown(value) }
}
