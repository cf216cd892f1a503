import AuditModel
package import AuditReduce

/// Every setting of a run with its origin, and what a run would refuse of them.
package struct SettingsInForce: Sendable {
  /// The settings, in the order of the command's options.
  package private(set) var settings: [SettingInForce] = []
  /// What a run would end with before its first request; `nil` when it would begin.
  package private(set) var failure: PlanError?

  /// Looks at what a run would look at.
  package init(
    of options: AuditOptions, in environment: RunEnvironment, knownMetrics: [MetricKey]
  ) {
    // Its mistakes are found again below, with all others.
    var mistakes = PlanMistakes()
    let configuration = Configuration.read(options.config, in: environment, &mistakes)
    var plan: AuditPlan?
    do {
      plan = try AuditPlan(resolving: options, in: environment, knownMetrics: knownMetrics)
    } catch {
      failure = error
    }
    addWindow(options, configuration, plan)
    addSource(options, environment)
    addOutput(options, configuration, plan)
    addSealing(options)
    addMetrics(configuration)
  }

  /// As a table to read: a line a setting.
  package var table: String {
    TextTable.of(settings.map { ($0.name, $0.origin, $0.value) })
  }

  /// For machines: an array of objects.
  ///
  /// - Throws: what JSONEncoder throws, which it has no reason to.
  package func json() throws -> String {
    String(decoding: try JSONFile.bytes(settings).dropLast(), as: UTF8.self)
  }

  private mutating func add(_ name: String, _ value: String?, from origin: String) {
    settings.append(
      SettingInForce(
        name: name, value: value.map { TerminalText.clean($0) } ?? SettingInForce.nothing,
        origin: TerminalText.clean(origin)))
  }

  /// An option, or what holds without it.
  private mutating func add(_ name: String, _ option: String?, or fallback: String?) {
    if let option {
      add(name, NamedValue.shown(option), from: "--\(name)")
    } else {
      add(name, fallback, from: "default")
    }
  }

  /// An option, or a key of the configuration file, or what holds without both.
  private mutating func add(
    _ name: String, _ option: String?, _ key: String, of configuration: Configuration,
    or fallback: String?
  ) {
    if option == nil, let entry = configuration.entries[key] {
      add(name, entry.value, from: entry.place)
    } else {
      add(name, option, or: fallback)
    }
  }

  private mutating func addWindow(
    _ options: AuditOptions, _ configuration: Configuration, _ plan: AuditPlan?
  ) {
    if let period = options.period {
      add("period", NamedValue.shown(period), from: "--period")
    } else {
      add("from", options.from, or: nil)
      add("to", options.to, or: nil)
    }
    if let window = plan?.window {
      add("window", "\(window.from) to \(window.to)", from: "resolved")
    }
    add("time-zone", options.timeZone, "timeZone", of: configuration, or: "UTC")
    add("as-of", options.asOf, or: "the server's clock at the end of the read")
  }

  private mutating func addSource(_ options: AuditOptions, _ environment: RunEnvironment) {
    if let pages = options.pages {
      return add("pages", NamedValue.shown(pages), from: "--pages")
    }
    if options.sandbox { return add("sandbox", "yes", from: "--sandbox") }
    for row in ConnectionInForce(options, environment).settings {
      add(row.name, row.value, from: row.origin)
    }
  }

  private mutating func addOutput(
    _ options: AuditOptions, _ configuration: Configuration, _ plan: AuditPlan?
  ) {
    let standard = OutputFormat.allCases.filter(OutputFormat.standard.contains).map(\.rawValue)
    add("out", options.out, or: AuditPlan.standardArchive)
    add("previous", options.previous, or: "the newest pack in the archive")
    add(
      "format", options.format, "formats", of: configuration,
      or: standard.joined(separator: ","))
    add("metrics", options.metrics, or: plan?.metrics.joined(separator: ",") ?? "all")
    add("template", options.template, or: "built-in")
    add("config", options.config, or: nil)
    add("policy", options.policy, or: nil)
    add("page-size", options.pageSize, "pageSize", of: configuration, or: "500")
    add("assurance", options.assurance, or: "proved")
    add("concurrency", options.concurrency, or: "4")
    add("deadline", options.deadline, or: "30m")
    let flags = [
      ("accept-unproved", options.acceptUnproved), ("keep-partial", options.keepPartial),
      ("allow-open-window", options.allowOpenWindow), ("allow-shared", options.allowShared),
      ("restart-chain", options.restartChain), ("force", options.force), ("excel", options.excel),
      ("link-pages", options.linkPages),
    ]
    for (name, isSet) in flags { add(name, isSet ? "yes" : nil, or: "no") }
  }

  private mutating func addSealing(_ options: AuditOptions) {
    add("sign-key", options.signKey, or: nil)
    add("sign-cert", options.signCertificate, or: nil)
    add("sign-command", options.signCommand.map { _ in SettingInForce.secret }, or: nil)
    add("timestamp-url", options.timestampURL.map(WebAddress.redacted), or: nil)
  }

  private mutating func addMetrics(_ configuration: Configuration) {
    let standard = MetricSettings()
    let fallbacks: [(key: String, value: String?)] = [
      ("preparedFor", nil), ("statusMap", "{}"), ("approvalDefinitions", "[]"), ("calendar", nil),
      ("serviceUsers", "[]"), ("serviceLevels.Revocation", "[24h, 5d]"),
      ("indicators.ownRevocationDays", String(standard.ownRevocationDays)),
      ("indicators.hastyApprovalSeconds", String(standard.hastyApprovalSeconds)),
    ]
    let levels = configuration.entries.keys.filter { key in
      key.begins(with: "serviceLevels.") && !fallbacks.contains { $0.key == key }
    }
    for (key, fallback) in fallbacks + levels.sorted().map({ ($0, nil) }) {
      add(key, nil, key, of: configuration, or: fallback)
    }
  }
}
