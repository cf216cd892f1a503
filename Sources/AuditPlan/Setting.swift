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
    key: String, _ form: ConfigurationForm, _ about: String, named name: String? = nil,
    shown: String? = nil,
    read:
      @escaping @Sendable (_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) -> Value?
  ) {
    let fallback = SettingDeclaration.Default.words(shown: shown ?? form.empty)
    self.init(SettingDeclaration(name: name ?? key, fallback: fallback)) { _, _ in nil }
    self = inFile(key, form, about, read: read)
  }

  /// The same, also to be set by a key of the configuration file.
  func inFile(
    _ key: String, _ form: ConfigurationForm, _ about: String,
    read:
      @escaping @Sendable (_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) -> Value?
  ) -> Setting {
    var copy = self
    copy.declaration.entry = ConfigurationKey(key, form, about)
    copy.readEntry = read
    return copy
  }

  /// The same with a default that only the command line knows.
  package func defaulting(to text: String) -> Setting {
    var copy = self
    copy.declaration.fallback = .text(text)
    return copy
  }

  /// The same option of a command that takes what a pack was made with: what help says there, and what else differs.
  package func ofPack(
    _ help: String? = nil, choices: [String]? = nil, listsChoices: Bool = true,
    default fallback: String? = nil
  ) -> Setting {
    var copy = self
    copy.declaration.help = help ?? declaration.help
    copy.declaration.fallback = .words(help: fallback)
    copy.declaration.listsChoices = listsChoices
    if let choices, case .option(let value, _) = declaration.form {
      copy.declaration.form = .option(value: value, .choices(choices))
    }
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
    of kind: String = "whole number", inFile key: String? = nil, about: String = ""
  ) {
    let form = "a \(kind) from \(bounds.lowerBound) to \(bounds.upperBound)"
    let number: @Sendable (String) -> Value? = { Value($0).flatMap { bounds ~= $0 ? $0 : nil } }
    self.init(declaration) { text, mistakes in
      number(text)
        ?? mistakes.refuse(.invalidNumber, "--\(declaration.name)", NamedValue.shown(text), form)
    }
    guard let key else { return }
    let range = Int64(bounds.lowerBound)...Int64(bounds.upperBound)
    self = inFile(key, .number(range), about) { entry, mistakes in
      entry.value.text.flatMap(number) ?? mistakes.refuse(entry.invalid(entry.value, form))
    }
  }
}

extension Setting<String> {
  /// Declares a setting that is taken as it is written.
  init(_ declaration: SettingDeclaration) {
    self.init(declaration) { text, _ in text }
  }

  /// Declares a folder's path.
  init(folder declaration: SettingDeclaration) {
    self.init(declaration) { path, mistakes in
      let isPath = !path.isEmpty && !path.utf8.contains(0)
      return isPath ? path : mistakes.refuse(.emptyPath, "--\(declaration.name)")
    }
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

/// Everything that a user can set: a declaration each, in the files of this folder that begin like this one.
package enum Settings {
  /// The numbers of the sandbox.
  static let ofSandbox: [any AnySetting] = [sandboxInstances, sandboxSeed, sandboxHostile]

  /// Who asks; what nobody may see comes last.
  static let credentials: [any AnySetting] = [
    userName, domain, clientID, tokenURL, audience, password, accessToken, clientSecret,
  ]

  /// What `kfaudit config show` shows after the window and the source.
  static let shown: [any AnySetting] =
    [
      out, previous, format, metrics, template, config, policy, approvals, pageSize, assurance,
      concurrency, deadline, controlDesign, acceptUnproved, keepPartial, allowOpenWindow,
      allowShared, bundle, restartChain, force, excel, linkPages, signKey, signCertificate,
      signCommand, timestampURL, preparedFor, statusMap, approvalDefinitions, calendar,
      serviceUsers, serviceLevels,
    ] + indicators.map(\.setting) + wordings

  /// How a site's own wordings are read.
  static let wordings: [any AnySetting] = [titleRules, failureClasses, rejectedBy]

  /// What the configuration file can set.
  static let inFile = ([timeZone] + shown).filter { $0.declaration.entry != nil }

  /// The environment variables that the program reads, in the order of help; those without a setting are declared here.
  package static let variables: [VariableMeaning] = [
    .init(host), .init(port), .init(apiPath, default: ServerAddress.standardPath),
    .init(userName, password), .init(domain), .init(clientID, clientSecret, tokenURL),
    .init(scopes, audience), .init(accessToken), .init(profileFile), .init(profile),
    .init(caFile, means: "\(moreTrust), like --\(caFile.declaration.name)."),
    .init(timeout), .init(skipVerify),
    .init(
      "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", means: "The proxy, without --proxy."),
    .init(
      "HTTP_PROXY", "http_proxy",
      means:
        "The proxy to a timestamp authority over plain http. If REQUEST_METHOD is set, only http_proxy counts."
    ),
    .init(
      "NO_PROXY", "no_proxy",
      means: "Hosts, addresses and networks such as 10.0.0.0/8 to reach without a proxy."),
    .init("NO_COLOR", means: "If it is not empty, messages are not coloured."),
    .init("TMPDIR", means: "Folder for temporary files. Default: /tmp."),
  ]
}

/// Environment variables that are explained together, in help and in the manual page.
package struct VariableMeaning {
  /// Their names.
  package let names: [String]
  /// A sentence or two.
  package let meaning: String

  fileprivate init(_ names: String..., means meaning: String) {
    (self.names, self.meaning) = (names, meaning)
  }

  /// What the first of some settings says of all of them, and its default.
  fileprivate init(
    _ settings: any AnySetting..., default fallback: String? = nil, means meaning: String? = nil
  ) {
    let declarations = settings.map(\.declaration)
    names = declarations.compactMap(\.variable)
    let standard = fallback ?? declarations[0].fallback.help
    self.meaning =
      meaning ?? declarations[0].help + (standard.map { " Default: \($0)." } ?? "")
  }
}
