import AuditModel

/// A value and who gave it, for messages.
struct Setting: Equatable {
  /// The value as written.
  var value: String
  /// An option, a variable, or a key of a profile with its file.
  var origin: String

  /// The value as a message may show it.
  var shown: String { NamedValue.shown(value) }
}
