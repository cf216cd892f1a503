package import AuditFetch
package import AuditModel
package import AuditReduce

/// What will be done: everything decided and checked, so that nothing is found wrong after the first request.
package struct AuditPlan: Sendable {
  /// Where the instances come from.
  package enum Source: Sendable, Equatable {
    /// A server over the network.
    case server(Connection)
    /// The stand-in server, which the caller starts; it then puts its connection here.
    case sandbox(SandboxRequest)
    /// A folder of saved pages; `link` hard-links them into the pack.
    case pages(folder: String, link: Bool)
  }

  /// The archive when nobody names one.
  static let standardArchive = "kfaudit-archive"

  /// Where the instances come from.
  package var source: Source
  /// `server`, `sandbox` or `pages`, for the report; it stays when the sandbox's connection replaces the source.
  package let sourceKind: String
  /// The window on the start of instances; `nil` only for saved pages, whose rows then say it.
  package var window: Window?
  /// The zone of days, weeks and printed local times.
  package var zone: CivilZone
  /// The folder that packs are published in.
  package var archive: String
  /// Whether others than this user may be able to write to the archive.
  package var allowShared: Bool
  /// Whether the pack begins a new chain although the archive holds others.
  package var restartsChain: Bool
  /// Whether a pack may follow one that is not what was published.
  package var force: Bool
  /// What to write.
  package var formats: Set<OutputFormat>
  /// The metrics to compute, in the order in which the program knows them.
  package var metrics: [String]
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
  /// What signs and time-stamps the pack; empty when nothing does.
  package var sealing: Sealing
  /// The configuration file as read, kept as evidence.
  package var configurationBytes: [UInt8]?

  /// Decides what will be done, from nothing but its arguments.
  ///
  /// - Parameters:
  ///   - options: What the user said.
  ///   - environment: Variables, time, home and files.
  ///   - knownMetrics: The metrics that `--metrics` may name, in the order of the report.
  /// - Throws: All mistakes at once.
  package init(
    resolving options: AuditOptions, in environment: RunEnvironment, knownMetrics: [MetricKey]
  ) throws(PlanError) {
    var mistakes = PlanMistakes()
    let configuration = Configuration.read(options.config, in: environment, &mistakes)
    let times = TimeResolver(options: options, now: environment.now)
    let zone = times.zone(configured: configuration.timeZone, &mistakes)
    let source = SourceResolver(options: options, environment: environment).source(&mistakes)
    if source.kind == .server || options.timestampURL != nil {
      for name in environment.unusable { mistakes.undecodable(name) }
    }
    asOf = times.asOf(&mistakes)
    window = times.window(zone: zone ?? .utc, source: source.kind, &mistakes)
    let lists = ListResolver(options: options)
    formats = lists.formats(configured: configuration.formats, &mistakes)
    metrics = lists.metrics(
      known: knownMetrics, hasCalendar: configuration.calendar != nil, &mistakes)
    pageSize = lists.pageSize(configured: configuration.pageSize, &mistakes)
    let reading = ReadResolver(options: options)
    assurance = reading.assurance(&mistakes)
    concurrency = reading.concurrency(&mistakes)
    deadlineSeconds = reading.deadlineSeconds(&mistakes)
    keepsPartial = options.keepPartial
    previous = lists.previous(&mistakes)
    archive = lists.folder(options.out, of: "--out", &mistakes) ?? Self.standardArchive
    templateFolder = lists.folder(options.template, of: "--template", &mistakes)
    policy = PolicyReader.read(options.policy, in: environment, &mistakes)
    sealing = SealingResolver(options: options, environment: environment).sealing(&mistakes)
    guard let zone, let decided = source.decided, mistakes.isEmpty else {
      throw PlanError(mistakes: mistakes.all)
    }
    self.zone = zone
    self.source = decided
    sourceKind = source.kind.rawValue
    acceptUnproved = options.acceptUnproved
    excel = options.excel
    allowShared = options.allowShared
    restartsChain = options.restartChain
    force = options.force
    allowOpenWindow = options.allowOpenWindow
    statusMap = configuration.statusMap
    settings = configuration.metrics
    settings.calendar = configuration.calendar?.calendar(in: zone)
    preparedFor = configuration.preparedFor
    configurationBytes = configuration.bytes
  }
}
