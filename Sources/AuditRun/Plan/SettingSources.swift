/// Where a setting may come from, the stronger source first: the environment, then the profile.
struct SettingSources {
  /// Variables, time, home and files.
  var environment: RunEnvironment
  /// The profile in force.
  var profile: Profile?

  /// A variable that is set.
  func variable(_ name: String) -> Setting? {
    environment.variable(name).map { Setting(value: $0, origin: name) }
  }

  /// A variable, or the key of the profile that means the same.
  func first(_ name: String, _ key: String) -> Setting? {
    variable(name) ?? profile?[key]
  }
}
