import AuditModel

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
    return inEnvironment(setting) ?? inProfile(setting)
  }

  /// What a variable sets.
  func inEnvironment(_ setting: some AnySetting) -> WrittenValue? {
    guard let name = setting.declaration.variable else { return nil }
    return environment.variable(name).map { WrittenValue(value: $0, origin: name) }
  }

  /// What a profile sets.
  func inProfile(_ setting: some AnySetting) -> WrittenValue? {
    setting.declaration.profileKey.flatMap { profile?[$0] }
  }

  /// The value of a setting, or its default; `nil` after a mistake, and when there is no default.
  func value<Value>(of setting: Setting<Value>, _ mistakes: inout PlanMistakes) -> Value? {
    if let written = written(setting) { return setting.read(written.value, &mistakes) }
    if let entry = setting.declaration.key.flatMap({ configuration.entries[$0] }) {
      // Its mistakes are those that reading the file found.
      var known = PlanMistakes()
      return setting.readEntry?(entry, &known)
    }
    return setting.declaration.fallback.text.flatMap { setting.read($0, &mistakes) }
  }
}

extension Setting {
  /// Its value in the configuration file that the options name; `nil` when there is none that can be used.
  package func configured(by options: AuditOptions, in environment: RunEnvironment) -> Value? {
    // What is wrong with the file is reported when a plan is made of it.
    var mistakes = PlanMistakes()
    let sources = SettingSources(options, in: environment, &mistakes)
    guard let key = declaration.key, sources.configuration.entries[key] != nil else { return nil }
    return sources.value(of: self, &mistakes)
  }
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
