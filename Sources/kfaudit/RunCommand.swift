internal import ArgumentParser
private import AuditModel
internal import AuditPlan
private import AuditRun
private import CommandSandbox

/// `kfaudit run`: the main job.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Collect the workflow instances of a period and publish an evidence pack.",
    usage: """
      kfaudit run --server <url> --period <period> [<options>]
      kfaudit run --server <url> --from <when> --to <when> [<options>]
      kfaudit run --pages <folder> [<options>]
      kfaudit run --sandbox [<options>]
      """,
    discussion: """
      Prints one line to stdout, the path of the published pack. Credentials come from the environment \
      (KEYFACTOR_USERNAME and KEYFACTOR_PASSWORD, or KEYFACTOR_AUTH_CLIENT_ID, \
      KEYFACTOR_AUTH_CLIENT_SECRET and KEYFACTOR_AUTH_TOKEN_URL, or KEYFACTOR_AUTH_ACCESS_TOKEN) or \
      from the official tools' profile file, never from options.

      EXAMPLES:
        # With the built-in test server:
        kfaudit run --sandbox
        # A month of a real server, with days as in Berlin:
        kfaudit run --server https://keyfactor.example.com --period 2026-10 \\
          --time-zone Europe/Berlin --out /srv/audit
        # Saved responses, with a policy, a workbook and results for a pipeline:
        kfaudit run --pages saved --from 2026-10-01 --to 2026-11-01 \\
          --policy policy.yaml --format csv,json,html,xlsx,junit
        # Every night, signed:
        kfaudit run --server https://keyfactor.example.com --period yesterday \\
          --out /srv/audit --sign-key audit.pem --sign-cert audit-chain.pem --quiet
      """)

  @Flag(
    help:
      "Print one JSON object instead of the path: pack, verdict, policy checks, digests, bundle.")
  var json = false

  @OptionGroup var run: RunOptions

  func run() async throws {
    try await run.console.answering(leaving: remains) { log in
      let plan = try AuditPlan(resolving: run.options, in: .process)
      let result = try await SandboxRun.with(plan) { source in
        try await AuditRun(
          plan: plan, source: source, now: .now, observer: log.observer,
          workers: .processors, variables: .process
        ).run()
      }
      if result.verdict == .unproved, result.exitStatus == .unproved {
        log.warning(Message(.completenessNotProved, result.reason ?? "see its report."))
      }
      let line = json ? try result.line() : result.pack
      try StandardOutput.write(line: line)
      if let failure = result.bundleFailure { log.failure(failure) }
      if StandardOutput.isTerminal, !json {
        let page = plan.formats.contains(.html) ? "open \(result.pack)/report.html, or " : ""
        log.hint("next: \(page)check the pack with: kfaudit verify \(result.pack)")
      }
      return result.exitStatus
    }
  }

  /// What an interrupted run leaves: pages of a server that is there the next time too.
  private var remains: Interruption.Remains {
    run.options.pages == nil && !run.options.sandbox ? .pages : .noPack
  }
}

/// Starts the sandbox for the time of the work when it is a plan's source.
enum SandboxRun {
  /// Works on the source of a plan; a sandbox is a server like any other, over real HTTP on
  /// loopback.
  static func with<Value>(
    _ plan: AuditPlan, _ work: (InstanceSource) async throws -> Value
  ) async throws -> Value {
    let request: SandboxRequest
    switch plan.source {
    case .instances(let source): return try await work(source)
    case .sandbox(let asked): request = asked
    }
    let options = options(for: request, of: plan)
    let sandbox = try await Sandbox.start(options)
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await work(.server(connection(to: sandbox, options))))
    } catch {
      outcome = .failure(error)
    }
    try await sandbox.stop()
    return try outcome.get()
  }

  private static func options(for request: SandboxRequest, of plan: AuditPlan) -> SandboxOptions {
    var options = SandboxOptions()
    if let window = plan.window {
      options.from = window.from.milliseconds
      options.to = window.to.milliseconds
    }
    options.now = plan.asOf?.milliseconds
    if let instances = request.instances { options.instances = instances }
    if let seed = request.seed { options.seed = seed }
    if let percent = request.hostilePercent { options.hostilePercent = percent }
    return options
  }

  private static func connection(
    to sandbox: Sandbox, _ options: SandboxOptions
  ) throws -> Connection {
    let address = try WebAddress(sandbox.baseURL)
    return Connection(
      server: ServerAddress(
        scheme: address.scheme, host: address.host, port: address.port, path: address.path),
      credentials: .basic(user: options.userName, password: Secret(options.password)))
  }
}

/// The options of the main job; those that a first run needs come first.
struct RunOptions: ParsableArguments {
  @OptionGroup(title: "Common options") var common: SettingOptions<CommonSettings>
  @OptionGroup(title: "Period") var period: SettingOptions<PeriodSettings>
  @OptionGroup(title: "Source") var source: SettingOptions<SourceSettings>
  @OptionGroup(title: "Connection") var connection: SettingOptions<ConnectionSettings>
  @OptionGroup(title: "Reading") var reading: SettingOptions<ReadingSettings>
  @OptionGroup(title: "Report") var report: SettingOptions<ReportSettings>
  @OptionGroup(title: "Archive") var archive: SettingOptions<ArchiveSettings>
  @OptionGroup(title: "Signing") var signing: SettingOptions<SigningSettings>
  @OptionGroup(title: "Messages") var console: ConsoleOptions

  /// All of them.
  var options: AuditOptions {
    AuditOptions(
      common.options, period.options, source.options, connection.options, reading.options,
      report.options, archive.options, signing.options)
  }
}

/// What a first run needs.
enum CommonSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.server, Settings.sandbox, Settings.period, Settings.timeZone, Settings.out,
  ]
}

/// Which instances: by when they started.
enum PeriodSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.from, Settings.to, Settings.asOf, Settings.allowOpenWindow,
  ]
}

/// Where instances come from, besides a server, and what is set in a file.
enum SourceSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.config, Settings.pages, Settings.linkPages,
    Settings.sandboxInstances.defaulting(to: "\(SandboxOptions().instances)"),
    Settings.sandboxSeed.defaulting(to: "\(SandboxOptions().seed)"),
    Settings.sandboxHostile.defaulting(to: "\(SandboxOptions().hostilePercent)"),
  ]
}

/// How a server is reached.
enum ConnectionSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.caFile, Settings.clientCertificate, Settings.clientKey, Settings.proxy,
  ]
}

/// How a server is read.
enum ReadingSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.assurance, Settings.pageSize, Settings.concurrency, Settings.deadline,
    Settings.keepPartial, Settings.controlDesign,
  ]
}

/// What is computed and written.
enum ReportSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.format, Settings.metrics, Settings.policy, Settings.approvals, Settings.template,
    Settings.excel, Settings.acceptUnproved,
  ]
}

/// What the archive may be, and which pack is followed.
enum ArchiveSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.bundle, Settings.previous, Settings.restartChain, Settings.force,
    Settings.allowShared,
  ]
}

/// Who signs the pack.
enum SigningSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.signKey, Settings.signCertificate, Settings.signCommand, Settings.timestampURL,
  ]
}
