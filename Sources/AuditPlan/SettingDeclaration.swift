import AuditModel

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
  /// Whether help lists the words that it is chosen from.
  var listsChoices = true
  /// The key of the configuration file, with a dot for a key within a mapping, and what it contains.
  var entry: ConfigurationKey?
  /// The environment variable.
  package var variable: String?
  /// The key of a profile, which means the same as the variable.
  var profileKey: String?
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
    _ variable: String, profile key: String? = nil, named name: String? = nil,
    default fallback: Default = .words(), help: String = ""
  ) -> SettingDeclaration {
    SettingDeclaration(
      name: name ?? key ?? variable, fallback: fallback, help: help, variable: variable,
      profileKey: key
    ).shown(WebAddress.redacted)
  }

  /// What the environment or a profile sets and nobody may see.
  static func secret(
    _ variable: String, profile key: String, help: String = ""
  ) -> SettingDeclaration {
    SettingDeclaration.variable(variable, profile: key, help: help).shown { _ in secret }
  }

  /// The same, shown in other words.
  func shown(_ shown: @escaping @Sendable (_ text: String) -> String) -> SettingDeclaration {
    var copy = self
    copy.shown = shown
    return copy
  }

  /// The key of the configuration file, at its dot.
  var keyParts: [String] { entry?.name.parts(at: ".") ?? [] }

  /// The entry of the configuration file that is shown: a setting of the file alone is called like it.
  var entryName: String? {
    if case .none = form { entry.map { _ in name } } else { entry?.name }
  }

  /// The words that it is chosen from.
  package var choices: [String] {
    switch form {
    case .option(_, .choice(let words)), .option(_, .choices(let words)): words
    default: []
    }
  }

  /// What help says, its values and its default included.
  package var abstract: String {
    var notes =
      choices.isEmpty || !listsChoices ? [] : ["values: \(choices.joined(separator: ", "))"]
    if let text = fallback.help { notes.append("default: \(text)") }
    return notes.isEmpty ? help : "\(help) (\(notes.joined(separator: "; ")))"
  }
}

extension SettingDeclaration.Default: ExpressibleByStringLiteral {
  /// Makes a default that is written as it is read.
  init(stringLiteral text: String) { self = .text(text) }
}
