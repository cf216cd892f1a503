/// A setting as a run would take it, and where it comes from.
package struct SettingInForce: Encodable, Sendable, Equatable {
  /// Its name: the option's without dashes, or the configuration's key.
  package var name: String
  /// Its value; never a secret.
  package var value: String
  /// The option, the variable, the place in a file, or `default`.
  package var origin: String

  /// What a secret is shown as.
  package static let secret = "(set, not shown)"
  /// What is shown where nothing is set.
  package static let nothing = "(none)"
}
