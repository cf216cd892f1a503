package import AuditFetch
package import AuditModel
package import AuditReduce

/// What will be done: everything decided and checked, so that nothing is found wrong after the first request.
package struct AuditPlan: Sendable {
  /// Where the instances come from.
  package enum Source: Sendable, Equatable {
    /// From where they can be read at once.
    case instances(InstanceSource)
    /// From the stand-in server, which the caller starts first.
    case sandbox(SandboxRequest)
  }

  /// Where the instances come from.
  package let source: Source
  /// The window on the start of instances; `nil` only for saved pages, whose rows then say it.
  package var window: Window?
  /// The zone of days, weeks and printed local times.
  package var zone: CivilZone
  /// The folder that packs are published in.
  package var archive: String
  /// Whether others than this user may be able to write to the archive.
  package var allowShared: Bool
  /// Whether the pack is also written as one file beside it.
  package var bundle: Bool
  /// Whether the pack begins a new chain although the archive holds others.
  package var restartsChain: Bool
  /// Whether a pack may follow one that is not what was published.
  package var force: Bool
  /// What to write.
  package var formats: Set<OutputFormat>
  /// The metrics to compute, in the order in which the program knows them.
  package var metrics: [MetricKey]
  /// A folder of templates; `nil` for the built-in ones.
  package var templateFolder: String?
  /// The frozen as-of instant; `nil` for the server's own.
  package var asOf: Instant?
  /// How many instances a request asks for, 1 to 1000.
  package var pageSize: Int
  /// How sure the population shall be.
  package var assurance: FetchPlan.Assurance
  /// How many requests may be under way at the same time, 1 to 16.
  package var concurrency: Int
  /// Whether the definitions are read too.
  package var controlDesign: Bool
  /// How long the fetch may take, in seconds.
  package var deadlineSeconds: Int64
  /// Whether what was read before a fetch failed is kept.
  package var keepsPartial: Bool
  /// The earlier pack to compare with; `nil` for the newest in the archive.
  package var previous: String?
  /// Whether an unproved population is no failure.
  package var acceptUnproved: Bool
  /// Whether CSV files begin with a byte order mark.
  package var excel: Bool
  /// Whether the window may still be filling.
  package var allowOpenWindow: Bool
  /// What a server's integer statuses mean.
  package var statusMap: [Int64: Status]
  /// What the configuration says about metrics.
  package var settings: MetricSettings
  /// Whom the report is for; `nil` when the configuration names nobody.
  package var preparedFor: String?
  /// What the report must fulfil; `nil` when nobody says.
  package var policy: Policy?
  /// Decisions from elsewhere; `nil` when nobody brings any.
  package var approvals: DecisionFile?
  /// What signs and time-stamps the pack; empty when nothing does.
  package var sealing: Sealing
  /// Whether the policy is another one than that of the pack, as `render` allows.
  package var replacesPolicy = false
  /// The configuration file as read, kept as evidence.
  package var configurationBytes: [UInt8]?

  /// Whether the policy has rules over rows.
  package var hasRules: Bool { policy.map { !$0.rules.isEmpty } ?? false }

  /// Decides what will be done, from nothing but its arguments.
  ///
  /// - Parameters:
  ///   - options: The options as the user wrote them.
  ///   - environment: Variables, time, home and files.
  ///   - hasDefinitions: Whether saved pages come with the definitions, as those of a pack may.
  /// - Throws: All mistakes at once.
  package init(
    resolving options: AuditOptions, in environment: RunEnvironment, hasDefinitions: Bool = false
  ) throws(PlanError) {
    var mistakes = PlanMistakes()
    let sources = SettingSources(options, in: environment, &mistakes)
    let zone = sources.value(of: Settings.timeZone, &mistakes)
    let kind = sources.kind
    let source = sources.source(&mistakes)
    if kind == .server || options.timestampURL != nil {
      for name in environment.unusable { mistakes.add(.variableNotUTF8, name) }
    }
    asOf = sources.value(of: Settings.asOf, &mistakes)
    window = WindowResolver(sources: sources, zone: zone ?? .utc, asOf: asOf)
      .window(of: kind, &mistakes)
    let formats = sources.value(of: Settings.format, &mistakes)
    // Saved pages have no server; the configuration may be one for both.
    let asksForDefinitions = sources.value(of: Settings.controlDesign, &mistakes) == true
    controlDesign = kind == .pages ? hasDefinitions : asksForDefinitions
    metrics = Self.metrics(sources, readsDefinitions: controlDesign, &mistakes)
    let pageSize = sources.value(of: Settings.pageSize, &mistakes)
    let assurance = sources.value(of: Settings.assurance, &mistakes)
    let concurrency = sources.value(of: Settings.concurrency, &mistakes)
    let deadline = sources.value(of: Settings.deadline, &mistakes)
    if options.restartChain, options.previous != nil {
      mistakes.add(
        .optionsConflict, "--restart-chain and --previous",
        "A new chain follows no pack: use one of them.")
    }
    previous = sources.value(of: Settings.previous, &mistakes)
    let archive = sources.value(of: Settings.out, &mistakes)
    templateFolder = sources.value(of: Settings.template, &mistakes)
    approvals = sources.decisions(&mistakes)
    let policy = PolicyReader.read(
      options.policy, in: environment, needsTokens: formats?.contains(.oscal) == true, &mistakes)
    // Asked for by name, the report says why they are not there.
    if options.metrics == nil, policy?.rules.isEmpty ?? true {
      metrics.removeAll(where: \.needsRules)
    }
    self.policy = policy
    sealing = sources.sealing(&mistakes)
    statusMap = sources.value(of: Settings.statusMap, &mistakes) ?? [:]
    preparedFor = sources.value(of: Settings.preparedFor, &mistakes)
    guard let zone, let source, let formats, let pageSize, let assurance, let concurrency,
      let deadline, let archive, mistakes.isEmpty
    else { throw PlanError(mistakes: mistakes.all) }
    (self.zone, self.source, self.formats, self.archive) = (zone, source, formats, archive)
    (self.pageSize, self.assurance) = (pageSize, assurance)
    (self.concurrency, deadlineSeconds) = (concurrency, deadline)
    keepsPartial = options.keepPartial
    acceptUnproved = options.acceptUnproved
    excel = options.excel
    allowShared = options.allowShared
    bundle = options.bundle
    restartsChain = options.restartChain
    force = options.force
    allowOpenWindow = options.allowOpenWindow
    settings = MetricSettings(sources, in: zone)
    configurationBytes = sources.configuration.bytes
  }

  /// The metrics to compute, in the order of the report; all that the configuration allows when none is chosen.
  private static func metrics(
    _ sources: SettingSources, readsDefinitions: Bool, _ mistakes: inout PlanMistakes
  ) -> [MetricKey] {
    let hasCalendar = sources.value(of: Settings.calendar, &mistakes) != nil
    guard let names = sources.value(of: Settings.metrics, &mistakes) else {
      let hasDecisions = sources.options.approvals != nil
      return MetricKey.allCases.filter {
        (hasCalendar || !$0.needsCalendar) && (hasDecisions || !$0.needsDecisions)
          && (readsDefinitions || !$0.needsDefinitions)
      }
    }
    for name in names {
      guard let metric = MetricKey(rawValue: name) else {
        mistakes.add(
          .unknownMetric, NamedValue.shown(name),
          Nearest.hint(for: name, among: MetricKey.allCases.map(\.rawValue)))
        continue
      }
      if metric.needsCalendar, !hasCalendar {
        mistakes.add(.metricNeedsCalendar, name)
      }
      if metric.needsDefinitions, !readsDefinitions {
        mistakes.add(
          .optionIncomplete, "--metrics \(name)", "--control-design",
          "Add it, or remove the metric.")
      }
    }
    return MetricKey.allCases.filter { names.contains($0.rawValue) }
  }

  /// Refuses a format that could not be written, before anything is read for it.
  package func checkFormats() throws(PlanError) {
    guard formats.contains(.oscal) else { return }
    var mistakes = PlanMistakes()
    if policy == nil {
      mistakes.add(
        .optionIncomplete, "--format oscal", "--policy",
        "Add the policy whose checks become findings, or leave oscal out.")
    } else if policy?.gates.isEmpty == true {
      mistakes.add(
        .optionsConflict, "--format oscal and a policy without checks",
        "Add a check to gates in the policy, or leave oscal out.")
    }
    if let asOf, asOf >= .endOfOSCAL {
      mistakes.add(
        .optionsConflict, "--format oscal and --as-of \(asOf)",
        "OSCAL has no time from the year 3000 on: use an earlier one, or leave oscal out.")
    }
    guard mistakes.isEmpty else { throw PlanError(mistakes: mistakes.all) }
  }

  /// What is to be fetched, from this plan's server; `now` is this machine's time.
  package func fetch(of window: Window, from connection: Connection, now: Instant) -> FetchPlan {
    var fetch = FetchPlan(
      connection: connection, window: window, pageSize: pageSize, assurance: assurance,
      concurrency: concurrency, deadlineSeconds: deadlineSeconds)
    // The sandbox keeps the time that it is told to keep.
    let isSandbox = source.kind == .sandbox
    fetch.hostTime = isSandbox ? nil : now
    fetch.allowsOpenWindow = allowOpenWindow || isSandbox
    let integers = statusMap.filter { [.running, .suspended].contains($0.value) }.keys.sorted()
    fetch.openStatuses += integers.map(String.init)
    return fetch
  }
}
