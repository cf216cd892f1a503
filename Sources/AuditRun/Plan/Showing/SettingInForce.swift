/// A setting as a run would take it, and where it comes from.
public struct SettingInForce: Encodable, Sendable, Equatable {
  /// Its name: the option's without dashes, or the configuration's key.
  public var name: String
  /// Its value; never a secret.
  public var value: String
  /// The option, the variable, the place in a file, or `default`.
  public var origin: String

  /// What a secret is shown as.
  static let secret = "(set, not shown)"
  /// What is shown where nothing is set.
  static let nothing = "(none)"
}
