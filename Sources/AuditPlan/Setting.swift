import AuditModel

/// A value and who gave it, for messages.
package struct Setting: Equatable {
  /// The value as written.
  package var value: String
  /// An option, a variable, or a key of a profile with its file.
  package var origin: String

  /// The value as a message may show it.
  package var shown: String { NamedValue.shown(value) }
}
