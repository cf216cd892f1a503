internal import ArgumentParser
private import AuditModel
internal import AuditPlan
private import AuditRun

/// `kfaudit check`: what a run would find out before its first page, and nothing more.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Test the connection, the credentials and the server's paging; collect nothing.",
    usage: """
      kfaudit check --server <url> [<options>]
      kfaudit check --sandbox [<options>]
      """,
    discussion: """
      Prints a table to stdout: what was tested, the result, and details. The exit status is the one that \
      kfaudit run would end with. Without a period it uses yesterday. Credentials are those of kfaudit run.

      EXAMPLES:
        kfaudit check --server https://keyfactor.example.com
        kfaudit check --server https://keyfactor.example.com --ca-file company-ca.pem
        kfaudit check --sandbox
        # Whether the portal's audit log download can be linked to instances:
        kfaudit check --server https://keyfactor.example.com \\
          --audit 9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1
      """)

  @OptionGroup(title: "Common options") var common: SettingOptions<CheckSettings>
  @OptionGroup(title: "Period") var period: SettingOptions<PeriodSettings>
  @OptionGroup(title: "Source") var source: SettingOptions<SourceSettings>
  @OptionGroup(title: "Connection") var connection: SettingOptions<ConnectionSettings>
  @OptionGroup(title: "Messages") var console: ConsoleOptions

  @Option(
    help: ArgumentHelp(
      "Also look in the server's audit log, around the times of this instance, for rows that name it; needs /auditing/read/.",
      valueName: "id"))
  var audit: String?

  private static let noServer = CommandError(.noServerToCheck)

  func run() async throws {
    try await console.answering { log in
      if source.options.pages != nil { throw Self.noServer }
      let asked = try audit.map { text in
        guard let id = InstanceID(text) else {
          throw CommandError(.invalidInstance, "--audit", NamedValue.shown(text))
        }
        return id
      }
      let plan = try AuditPlan(resolving: options, in: .process)
      try await SandboxRun.with(plan) { source in
        guard case .server(let connection) = source else { throw Self.noServer }
        let check = ServerCheck(
          plan: plan, connection: connection, now: .now, observer: log.observer)
        try StandardOutput.write(line: try await check.run())
        if let id = asked {
          try StandardOutput.write(line: try await check.auditLog(about: id))
        }
      }
      return .complete
    }
  }

  /// All of them.
  private var options: AuditOptions {
    var options = AuditOptions(
      common.options, period.options, source.options, connection.options)
    // Nothing is read, so that nothing need have settled.
    options.allowOpenWindow = true
    let hasWindow = options.from != nil || options.to != nil || options.period != nil
    if !hasWindow { options.period = "yesterday" }
    return options
  }
}

/// Which server is tested, and with what period.
enum CheckSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.server, Settings.sandbox, Settings.period, Settings.timeZone, Settings.pageSize,
    Settings.controlDesign,
  ]
}
