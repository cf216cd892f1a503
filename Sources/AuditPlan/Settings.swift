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
    ] + indicators.map(\.setting) + [titleRules, failureClasses, rejectedBy]

  /// What the configuration file can set.
  static let inFile = ([timeZone] + shown).filter { $0.declaration.key != nil }
}

/// The options of `kfaudit run` as the user wrote them, not yet checked.
///
/// ``AuditPlan/init(resolving:in:hasDefinitions:)`` turns them into what will be done. An option is a property by the name of its
/// declaration in ``Settings``, such as `options.period = "last-month"`.
@dynamicMemberLookup
package struct AuditOptions: Sendable, Equatable {
  private var texts: [String: String] = [:]  // text: names of settings

  /// Joins the options of several groups.
  package init(_ groups: AuditOptions...) {
    for group in groups { texts.merge(group.texts) { $1 } }
  }

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
