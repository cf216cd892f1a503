import AuditModel

/// The options of `kfaudit run` as the user wrote them, not yet checked.
///
/// ``AuditPlan/init(resolving:in:)`` turns them into what will be done. An option is a property by the name of its
/// declaration in ``Settings``:
///
/// ```swift
/// var options = AuditOptions()
/// options.period = "last-month"
/// options.excel = true
/// ```
@dynamicMemberLookup
package struct AuditOptions: Sendable, Equatable {
  private var texts: [String: String] = [:]  // text: names of settings

  /// Sets nothing.
  package init() {}

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

  /// Adds the options of another group.
  package mutating func add(_ others: AuditOptions) {
    texts.merge(others.texts) { $1 }
  }
}
