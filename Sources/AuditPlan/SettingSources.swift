import AuditModel

/// The options of `kfaudit run` as the user wrote them, not yet checked.
///
/// ``AuditPlan/init(resolving:in:hasDefinitions:)`` turns them into what will be done. An option is a property by the name of its
/// declaration in ``Settings``, such as `options.period = "last-month"`.
@dynamicMemberLookup
package struct AuditOptions: Sendable, Equatable {
  private var texts: [String: String] = [:]  // text: names of settings
  private var fallbacks: [String: String] = [:]  // text: names of settings

  /// Joins the options of several groups.
  package init(_ groups: AuditOptions...) {
    for group in groups { texts.merge(group.texts) { $1 } }
  }

  /// Has an option hold only where the configuration file sets nothing else.
  package mutating func yield(_ setting: some AnySetting) {
    let name = setting.declaration.name
    fallbacks[name] = texts.removeValue(forKey: name)
  }

  /// What holds instead of a default.
  func fallback(of setting: some AnySetting) -> String? { fallbacks[setting.declaration.name] }

  /// The text of an option; `nil` when it is not used.
  package subscript(setting: some AnySetting) -> String? {
    get { texts[setting.declaration.name] }
    set { texts[setting.declaration.name] = newValue }
  }

  /// The text of a declared option; `nil` when it is not used.
  package subscript<Value>(
    dynamicMember setting: KeyPath<Settings.Type, Setting<Value>>
  ) -> String? {
    get { self[Settings.self[keyPath: setting]] }
    set { self[Settings.self[keyPath: setting]] = newValue }
  }

  /// Whether a declared flag is used.
  package subscript(dynamicMember setting: KeyPath<Settings.Type, Setting<Bool>>) -> Bool {
    get { self[Settings.self[keyPath: setting]] != nil }
    set { self[Settings.self[keyPath: setting]] = newValue ? "yes" : nil }
  }
}

/// Where settings come from, the strongest source first: the options, the environment, a profile, the configuration file.
struct SettingSources {
  /// The options of the command line.
  let options: AuditOptions
  /// Variables, time, home and files.
  let environment: RunEnvironment
  /// The configuration file.
  let configuration: Configuration
  /// The profile that is used; `nil` for none, and until it is read.
  private(set) var profile: Profile?
  /// Why there is no profile, in a sentence; `nil` when nothing is wrong with that.
  private var absence: String?

  /// Takes the options and the environment, and reads the configuration file that they name.
  init(
    _ options: AuditOptions, in environment: RunEnvironment, _ mistakes: inout PlanMistakes
  ) {
    self.options = options
    self.environment = environment
    configuration = Configuration.read(options.config, in: environment, &mistakes)
  }

  /// The same with the profile that the environment names, which is read for a server only.
  func withProfile(_ mistakes: inout PlanMistakes) -> SettingSources {
    var copy = self
    (copy.profile, copy.absence) = Profile.read(in: environment, &mistakes)
    return copy
  }

  /// Why the profile file does not give what is missing, as the end of a message; empty where there is nothing to say.
  var note: String { absence.map { " \($0)" } ?? "" }

  /// What an option, a variable or a profile sets, as it is written.
  func written(_ setting: some AnySetting) -> WrittenValue? {
    if let text = options[setting] {
      return WrittenValue(value: text, origin: "--\(setting.declaration.name)")
    }
    return environment.written(setting) ?? inProfile(setting)
  }

  /// What a profile sets.
  func inProfile(_ setting: some AnySetting) -> WrittenValue? {
    setting.declaration.profileKey.flatMap { profile?[$0] }
  }

  /// The value of a setting, or its default; `nil` after a mistake, and when there is no default.
  func value<Value>(of setting: Setting<Value>, _ mistakes: inout PlanMistakes) -> Value? {
    if let written = written(setting) { return setting.read(written.value, &mistakes) }
    if let entry = setting.declaration.entry.flatMap({ configuration.entries[$0.name] }) {
      // Its mistakes are those that reading the file found.
      var known = PlanMistakes()
      return setting.readEntry?(entry, &known)
    }
    return (options.fallback(of: setting) ?? setting.declaration.fallback.text)
      .flatMap { setting.read($0, &mistakes) }
  }
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

extension SettingSources {
  /// Reads the file named by `--approvals`; `nil` when there is none, or it cannot be used.
  func decisions(_ mistakes: inout PlanMistakes) -> DecisionFile? {
    guard let path = options.approvals else { return nil }
    do throws(NamedFileError) {
      let bytes = try environment.readFile(path, DecisionFile.sizeLimit).bytes
      let (file, found) = DecisionFileReader.read(bytes, path: path)
      for mistake in found { mistakes.add(.brokenDecisions, mistake) }
      return file
    } catch .tooLarge {
      mistakes.add(.decisionsTooLarge, NamedValue.shown(path), "\(DecisionFile.sizeLimit >> 20)")
    } catch {
      mistakes.file(path, namedBy: "--approvals", error)
    }
    return nil
  }
}
