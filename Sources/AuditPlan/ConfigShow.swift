import AuditModel
private import AuditReduce

/// Every setting of a run with its origin, and what a run would refuse of them.
package struct ConfigShow {
  /// A setting as a run would take it, and where it comes from.
  package struct Row: Encodable, Sendable, Equatable {
    /// Its name: the option's without dashes, or the configuration's key.
    package var name: String
    /// Its value; never a secret.
    package var value: String
    /// The option, the variable, the place in a file, or `default`.
    package var origin: String
  }

  /// The settings, in the order in which they are decided.
  package private(set) var rows: [Row] = []
  /// What a run would end with before its first request; `nil` when it would begin.
  package private(set) var failure: PlanError?
  private var sources: SettingSources

  /// Looks at what a run would look at.
  package init(of options: AuditOptions, in environment: RunEnvironment) {
    // Its mistakes are found again below, with all others.
    var mistakes = PlanMistakes()
    sources = SettingSources(options, in: environment, &mistakes)
    var plan: AuditPlan?
    do {
      plan = try AuditPlan(resolving: options, in: environment)
    } catch {
      failure = error
    }
    add(options.period == nil ? [Settings.from, Settings.to] : [Settings.period])
    if let window = plan?.window {
      add("window", "\(window.from) to \(window.to)", from: "resolved")
    }
    add([Settings.timeZone, Settings.asOf])
    addSource(&mistakes)
    add(Settings.shown)
    addLevels()
    if options.metrics == nil, let plan {
      let name = Settings.metrics.declaration.name
      for index in rows.indices where rows[index].name == name {
        rows[index].value = plan.metrics.map(\.rawValue).joined(separator: ",")
      }
    }
  }

  /// As a table to read: a line a setting.
  package var table: String {
    PlainTable.of(rows.map { ($0.name, $0.origin, $0.value) })
  }

  /// For machines: an array of objects.
  ///
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  package func json() throws -> String {
    String(decoding: try JSONFile.bytes(rows).dropLast(), as: UTF8.self)
  }

  private mutating func add(_ name: String, _ value: String, from origin: String) {
    rows.append(
      Row(name: name, value: TerminalText.sanitized(value), origin: TerminalText.sanitized(origin)))
  }

  /// A row for each of these settings.
  package mutating func add(_ settings: [any AnySetting]) {
    for setting in settings {
      let declaration = setting.declaration
      if let written = sources.written(setting) {
        let value = declaration.shown(written.value)
        add(declaration.name, NamedValue.shown(value), from: written.origin)
      } else if let entry = declaration.entryName.flatMap({ sources.configuration.entries[$0] }) {
        add(declaration.name, entry.value.line, from: entry.place)
      } else {
        add(declaration.name, declaration.fallback.shown, from: "default")
      }
    }
  }

  private mutating func addSource(_ mistakes: inout PlanMistakes) {
    switch sources.kind {
    case .pages: return add([Settings.pages])
    case .sandbox: return add([Settings.sandbox])
    default: sources = sources.withProfile(&mistakes)
    }
    if let profile = sources.profile {
      let choice = sources.environment.written(Settings.profile)
      add(
        Settings.profile.declaration.name,
        NamedValue.shown("\(profile.shownName) in \(profile.shownPath)"),
        from: choice?.origin ?? "default")
    }
    let address: [any AnySetting] = [Settings.host, Settings.port, Settings.apiPath]
    add(sources.options.server == nil ? address : [Settings.server])
    add(Settings.credentials.filter { sources.written($0) != nil })
    add([Settings.caFile, Settings.clientCertificate, Settings.clientKey])
    let proxy = ProxyResolver(sources: sources).written
    add(
      "proxy",
      proxy.map { NamedValue.shown(WebAddress.redacted($0.value)) } ?? SettingDeclaration.nothing,
      from: proxy?.origin ?? "default")
    add([Settings.timeout])
  }

  /// What is shown of certificates, which a variable may contain instead of naming their file.
  static func certificates(_ text: String) -> String {
    text.holds("-----BEGIN") ? "certificates in the variable" : text
  }

  /// Limits of workflow types that have none by default.
  private mutating func addLevels() {
    let levels = sources.configuration.entries.filter { name, _ in
      name.begins(with: "serviceLevels.") && !rows.contains { $0.name == name }
    }
    for (name, entry) in levels.sorted(by: { $0.key < $1.key }) {
      add(name, entry.value.line, from: entry.place)
    }
  }
}
