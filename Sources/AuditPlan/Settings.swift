package import AuditFetch
package import AuditModel

/// Everything that a user can set: a declaration each, in the files of this folder that begin like this one.
package enum Settings {
  /// The numbers of the sandbox.
  static let ofSandbox: [any AnySetting] = [sandboxInstances, sandboxSeed, sandboxHostile]

  /// Who asks; what nobody may see comes last.
  static let credentials: [any AnySetting] = [
    userName, domain, clientID, tokenURL, audience, password, accessToken, clientSecret,
  ]

  /// What `kfaudit config show` shows after the window and the source.
  package static let shown: [any AnySetting] =
    [
      out, previous, format, metrics, template, config, policy, approvals, pageSize, assurance,
      concurrency,
      deadline, controlDesign, acceptUnproved, keepPartial, allowOpenWindow, allowShared,
      bundle, restartChain, force,
      excel, linkPages, signKey, signCertificate, signCommand, timestampURL,
    ] + [
      preparedFor, statusMap, approvalDefinitions, calendar, serviceUsers, serviceLevels,
      ownRevocationDays, hastyApprovalSeconds, refusedThenObtainedDays, batchEndsInstances,
      batchEndsGapSeconds, manyRequestersUsers, manyRequestersDays, titleRules, failureClasses,
      rejectedBy,
    ]

  /// What the configuration file can set.
  package static let inFile = ([timeZone] + shown).filter { $0.declaration.key != nil }
}

/// The options of `kfaudit run` as the user wrote them, not yet checked.
///
/// ``AuditPlan/init(resolving:in:hasDefinitions:)`` turns them into what will be done. An option is a property by the name of its
/// declaration in ``Settings``, such as `options.period = "last-month"`.
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
    dynamicMember setting: KeyPath<OptionNames, Setting<Value>>
  ) -> String? {
    get { self[OptionNames()[keyPath: setting]] }
    set { self[OptionNames()[keyPath: setting]] = newValue }
  }

  /// Whether a declared flag is used.
  package subscript(dynamicMember setting: KeyPath<OptionNames, Setting<Bool>>) -> Bool {
    get { self[OptionNames()[keyPath: setting]] != nil }
    set { self[OptionNames()[keyPath: setting]] = newValue ? "yes" : nil }
  }

  /// Adds the options of another group.
  package mutating func add(_ others: AuditOptions) {
    texts.merge(others.texts) { $1 }
  }
}

/// The declared options as properties of a value, by whose key paths ``AuditOptions`` has them.
///
/// Key paths to the static properties of another module end the program with Swift 6.3.1.
package struct OptionNames {
  /// `--from`: the first instant or day of the window.
  package var from: Setting<WindowEdge> { Settings.from }
  /// `--to`: the first instant or day after the window.
  package var to: Setting<WindowEdge> { Settings.to }
  /// `--period`: the window by name, instead.
  package var period: Setting<String> { Settings.period }
  /// `--time-zone`: an IANA name.
  package var timeZone: Setting<CivilZone> { Settings.timeZone }
  /// `--as-of`: the frozen instant.
  package var asOf: Setting<Instant> { Settings.asOf }
  /// `--allow-open-window`: the window may still be filling.
  package var allowOpenWindow: Setting<Bool> { Settings.allowOpenWindow }
  /// `--server`: the address of the API.
  package var server: Setting<String> { Settings.server }
  /// `--pages`: a folder of saved pages, instead of a server.
  package var pages: Setting<String> { Settings.pages }
  /// `--link-pages`: hard-link saved pages rather than copy them.
  package var linkPages: Setting<Bool> { Settings.linkPages }
  /// `--sandbox`: the embedded stand-in server, instead of a real one.
  package var sandbox: Setting<Bool> { Settings.sandbox }
  /// Its default is the sandbox's, as are those of the next two.
  package var sandboxInstances: Setting<Int> { Settings.sandboxInstances }
  /// `--sandbox-seed`: what its data is drawn from.
  package var sandboxSeed: Setting<UInt64> { Settings.sandboxSeed }
  /// `--sandbox-hostile`: the percentage of hostile names.
  package var sandboxHostile: Setting<Int> { Settings.sandboxHostile }
  /// `--page-size`: how many instances a request asks for.
  package var pageSize: Setting<Int> { Settings.pageSize }
  /// `--config`: the configuration file.
  package var config: Setting<String> { Settings.config }
  /// `--assurance`: `proved` or `counted`.
  package var assurance: Setting<FetchPlan.Assurance> { Settings.assurance }
  /// `--control-design`: the definitions are read too.
  package var controlDesign: Setting<Bool> { Settings.controlDesign }
  /// `--concurrency`: how many requests may be under way at the same time.
  package var concurrency: Setting<Int> { Settings.concurrency }
  /// In seconds: `90s`, `30m`, `2h`, or whole seconds.
  package var deadline: Setting<Int64> { Settings.deadline }
  /// `--keep-partial`: what was read before a fetch failed is kept.
  package var keepPartial: Setting<Bool> { Settings.keepPartial }
  /// `--previous`: the earlier pack to compare with.
  package var previous: Setting<String> { Settings.previous }
  /// `--out`: the archive.
  package var out: Setting<String> { Settings.out }
  /// `--format`: a comma-separated list.
  package var format: Setting<Set<OutputFormat>> { Settings.format }
  /// `--metrics`: a comma-separated list.
  package var metrics: Setting<[String]> { Settings.metrics }
  /// `--template`: a folder of templates.
  package var template: Setting<String> { Settings.template }
  /// `--policy`: gates and exceptions.
  package var policy: Setting<String> { Settings.policy }
  /// `--approvals`: decisions from elsewhere.
  package var approvals: Setting<String> { Settings.approvals }
  /// `--excel`: a byte order mark before CSV.
  package var excel: Setting<Bool> { Settings.excel }
  /// `--accept-unproved`: an unproved population is no failure.
  package var acceptUnproved: Setting<Bool> { Settings.acceptUnproved }
  /// `--allow-shared`: others than this user may be able to write to the archive.
  package var allowShared: Setting<Bool> { Settings.allowShared }
  /// `--bundle`: also one file beside the pack.
  package var bundle: Setting<Bool> { Settings.bundle }
  /// `--restart-chain`: begin a new chain of packs.
  package var restartChain: Setting<Bool> { Settings.restartChain }
  /// `--force`: publish after a pack that is not what was published.
  package var force: Setting<Bool> { Settings.force }
  /// `--sign-key`: the key that signs the pack.
  package var signKey: Setting<String> { Settings.signKey }
  /// `--sign-cert`: its certificate, in PEM.
  package var signCertificate: Setting<String> { Settings.signCertificate }
  /// `--sign-command`: instead, a shell command that signs what it reads.
  package var signCommand: Setting<String> { Settings.signCommand }
  /// `--timestamp-url`: an RFC 3161 authority.
  package var timestampURL: Setting<String> { Settings.timestampURL }
  /// `--ca-file`: certificates to trust, in PEM.
  package var caFile: Setting<String> { Settings.caFile }
  /// `--client-cert`: the client's certificate chain, in PEM.
  package var clientCertificate: Setting<String> { Settings.clientCertificate }
  /// `--client-key`: the key of the client's certificate, in PEM.
  package var clientKey: Setting<String> { Settings.clientKey }
  /// `--proxy`: an HTTP proxy; `ProxyResolver` knows the variables that name one.
  package var proxy: Setting<String> { Settings.proxy }
}
