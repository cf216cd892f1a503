/// Where a setting may come from, the stronger source first: the environment, then the profile.
struct SettingSources {
  /// Variables, time, home and files.
  var environment: RunEnvironment
  /// The profile in force.
  var profile: Profile?
  /// Why there is no profile, in a sentence; `nil` when nothing is wrong with that.
  var absence: String?

  /// The variables, and the profile that they name.
  init(in environment: RunEnvironment, _ mistakes: inout PlanMistakes) {
    self.environment = environment
    (profile, absence) = Profile.read(in: environment, &mistakes)
  }

  /// The variables alone.
  init(variablesOf environment: RunEnvironment) {
    self.environment = environment
  }

  /// A message about what is missing, with why the profile file does not give it.
  func complaint(_ sentence: String) -> String {
    absence.map { "\(sentence) \($0)" } ?? sentence
  }

  /// A variable that is set.
  func variable(_ name: String) -> Setting? {
    environment.variable(name).map { Setting(value: $0, origin: name) }
  }

  /// A variable, or the key of the profile that means the same.
  func first(_ name: String, _ key: String) -> Setting? {
    variable(name) ?? profile?[key]
  }
}
